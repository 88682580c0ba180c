import type { Host } from './host.ts'
import type { Remembered } from './memory.ts'
import { randomSecret } from './random.ts'
import { mint } from './settings.ts'

/** Begins to remember this visitor, or adds to what is remembered; where nothing can be stored, for this page. */
export function keep({ memory }: Host, change: Partial<Remembered> = {}): void {
  memory.held = { token: mint(randomSecret()), ...memory.held, ...change }
  const text = JSON.stringify(memory.held)
  attempt(() => localStorage.setItem(memory.key, text))
}

export function forget({ memory }: Host): void {
  memory.held = null
  attempt(() => localStorage.removeItem(memory.key))
}

function attempt(action: () => void): void {
  try {
    action()
  } catch {
    return
  }
}
