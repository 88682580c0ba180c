import type { Host } from './host.ts'
import type { Remembered } from './memory.ts'
import { randomSecret } from './random.ts'
import { mint } from './settings.ts'

/** Begins to remember this visitor, or adds to what is remembered; where nothing can be stored, for this page. */
export function keep({ memory, settings }: Host, change: Partial<Remembered> = {}): void {
  memory.held = { token: mint(randomSecret()), ...memory.held, ...change }
  const text = JSON.stringify(memory.held)
  attempt(() => localStorage.setItem(`ahlan:${settings.site}`, text))
}

export function forget({ memory, settings }: Host): void {
  memory.held = null
  attempt(() => localStorage.removeItem(`ahlan:${settings.site}`))
}

function attempt(action: () => void): void {
  try {
    action()
  } catch {
    return
  }
}
