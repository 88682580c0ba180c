import type { VisitorToken } from '../../shared/ids.ts'
import type { Consent } from '../../shared/visitor.ts'

/** What this browser remembers of its visitor. */
export interface Remembered {
  token: VisitorToken
  consent?: Consent
  /** A conversation is open: worth a socket on the next page. */
  talking?: boolean
  /** The panel was opened, here or on an earlier page. */
  opened?: boolean
  /** The panel stood open when the page was left. */
  open?: boolean
  draft?: string
  /** The network lets no WebSocket through, as far as is known until then. */
  pollUntil?: number
}

export interface Memory {
  /** Null before the visitor opened the chat or consented. */
  held: Remembered | null
  /** Found out before anybody was to be remembered. */
  pollUntil?: number
  /** The device would not take it. */
  unstored?: boolean
}

/** What an earlier page has kept; nothing where storage is forbidden or spoilt. */
export function openMemory(key: string): Memory {
  try {
    const held = JSON.parse(localStorage[key])
    return { held: /^[\w-]{43}$/.test(held.token) ? held : null }
  } catch {
    return { held: null }
  }
}
