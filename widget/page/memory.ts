import type { VisitorToken } from '../../shared/ids.ts'
import type { Consent } from '../../shared/visitor.ts'

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

export interface Memory {
  /** Null before the visitor opened the chat or consented. */
  held: Remembered | null
  /** The device would not take it. */
  unstored?: boolean
}

/** What an earlier page has kept; nothing where storage is forbidden or spoilt. */
export function openMemory(key: string): Memory {
  let held: Remembered | null = null
  try {
    const stored = JSON.parse(localStorage[key])
    if (/^[\w-]{43}$/.test(stored.token)) held = stored
  } catch {
    held = null
  }
  return { held }
}
