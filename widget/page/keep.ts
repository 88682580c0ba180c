import type { Page } from './host.ts'
import { letterBoxName, openMemory, type Remembered } from './memory.ts'
import { randomName, randomSecret } from './random.ts'
import { mint } from './settings.ts'

/** Begins to remember this visitor, or adds to what is remembered; where nothing can be stored, for this page. */
export function keep({ memory }: Page, change: Partial<Remembered> = {}): void {
  const { held } = openMemory(memory.key)
  // Signed out in another tab, and the news of it is on its way: nothing may bring that person back.
  if (memory.stored && held?.token !== memory.held?.token) return
  memory.held = { token: mint(randomSecret()), box: randomName(8), ...memory.held, ...held, ...change }
  const text = JSON.stringify(memory.held)
  memory.stored = attempt(() => localStorage.setItem(memory.key, text))
}

/** Wipes this visitor and the letters that wait. Whoever another tab has begun to remember since is left alone. */
export function forget({ memory }: Page): void {
  const letters = letterBoxName(memory)
  const same = openMemory(memory.key).held?.token === memory.held?.token
  attempt(() => indexedDB.deleteDatabase(letters))
  attempt(() => {
    for (const key of Object.keys(localStorage))
      if (key.startsWith(letters) || (same && key === memory.key)) localStorage.removeItem(key)
  })
  Object.assign(memory, { held: null, stored: false })
}

function attempt(action: () => void): boolean {
  try {
    action()
    return true
  } catch {
    return false
  }
}
