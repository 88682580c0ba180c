import { bury } from './grave.ts'
import type { Host } from './host.ts'
import { openMemory, type Remembered } from './memory.ts'
import { randomSecret } from './random.ts'
import { mint } from './settings.ts'

/** Under what name this browser remembers its visitor. */
export const memoryKey = ({ settings }: Host): string => `ahlan:${settings.site}`

/** Where letters wait: named by their visitor, so that nobody else sends them, and by nothing that can be lost. */
export const letterBoxName = (host: Host): string => `${memoryKey(host)}:${host.memory.held?.token}`

/** Where the bytes of files wait. */
export const parcelBoxName = (host: Host): string => `files:${letterBoxName(host)}`

/** Begins to remember this visitor, or adds to what is remembered; where nothing can be stored, for this page. */
export function keep(host: Host, change: Partial<Remembered> = {}): void {
  const { memory } = host
  const { held } = openMemory(memoryKey(host))
  // Signed out in another tab, and the news of it is on its way: nothing may bring that person back.
  if (memory.held && !memory.unstored && held?.token !== memory.held.token) return
  memory.held = {
    token: mint(randomSecret()),
    pollUntil: memory.pollUntil,
    ...memory.held,
    ...held,
    ...change,
  }
  const text = JSON.stringify(memory.held)
  memory.unstored = !attempt(() => localStorage.setItem(memoryKey(host), text))
}

/** Wipes this visitor and the letters that wait. Whoever another tab has begun to remember since is left alone. */
export function forget(host: Host): void {
  const { memory } = host
  const letters = letterBoxName(host)
  const own = memoryKey(host)
  const same = openMemory(own).held?.token === memory.held?.token
  bury(letters)
  attempt(() => indexedDB.deleteDatabase(parcelBoxName(host)))
  attempt(() => {
    for (const key of Object.keys(localStorage))
      if (key.startsWith(letters) || (same && key === own)) localStorage.removeItem(key)
  })
  memory.held = null
}

function attempt(action: () => void): boolean {
  try {
    action()
    return true
  } catch {
    return false
  }
}
