import type { Keep } from './ports.ts'
import { createStore } from './store.ts'

/** What of the browser's `Storage` is used. */
export interface Shelf {
  readonly length: number
  key(index: number): string | null
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
}

/**
 * Storage that never throws. It may be forbidden or full: what it refuses is remembered as long as the
 * page is open, and comes before the older value that may still stand on the disk.
 */
export function createKeep(shelf: () => Shelf): Keep {
  const refused = new Map<string, string>()
  const lasting = createStore(true)
  const attempt = <T>(act: (shelf: Shelf) => T, otherwise: T): T => {
    try {
      return act(shelf())
    } catch {
      lasting.set(false)
      return otherwise
    }
  }
  return {
    lasting,
    read: (key) => refused.get(key) ?? attempt((held) => held.getItem(key), null),
    write: (key, value) => {
      refused.delete(key)
      if (value === null) return attempt((held) => held.removeItem(key), undefined)
      const kept = attempt((held) => {
        held.setItem(key, value)
        return true
      }, false)
      if (!kept) refused.set(key, value)
    },
    keys: (prefix) =>
      [...new Set([...refused.keys(), ...attempt(keysOf, [])])].filter((key) => key.startsWith(prefix)),
  }
}

const keysOf = (shelf: Shelf): string[] =>
  Array.from({ length: shelf.length }, (_, i) => shelf.key(i)).filter((key) => key !== null)
