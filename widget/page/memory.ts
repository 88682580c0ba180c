import type { VisitorToken } from '../../shared/ids.ts'
import type { Consent } from '../../shared/visitor.ts'
import { mint, randomCharacters } from './settings.ts'

/** What this browser remembers of its visitor. */
export interface Remembered {
  token: VisitorToken
  consent?: Consent
  /** A conversation is open: worth a socket on the next page. */
  talking?: boolean
  /** The panel stood open when the page was left. */
  open?: boolean
  draft?: string
}

/** Kept in localStorage; where that is forbidden, full or spoilt, only as long as the page lives. */
export class Memory {
  #key
  /** Null before the visitor opened the chat or consented. */
  held: Remembered | null = null

  constructor(site: string) {
    this.#key = `ahlan:${site}`
    this.#attempt(() => {
      const stored = JSON.parse(localStorage[this.#key])
      if (/^[\w-]{43}$/.test(stored.token)) this.held = stored
    })
  }

  /** Begins to remember, or adds to what is remembered. Null forgets. */
  keep(change?: Partial<Remembered> | null): void {
    this.held = change === null ? null : { token: mint(randomCharacters(43)), ...this.held, ...change }
    this.#attempt(() => {
      if (this.held) localStorage[this.#key] = JSON.stringify(this.held)
      else delete localStorage[this.#key]
    })
  }

  #attempt(action: () => void): void {
    try {
      action()
    } catch {
      return
    }
  }
}
