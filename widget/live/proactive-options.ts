import type { Ask } from '../connection/link.ts'
import type { Host } from '../page/host.ts'
import type { Store } from '../state/store.ts'
import type { Language } from '../ui/language.ts'
import type { Client } from './client.ts'
import type { Usage } from './usage.ts'

export interface ProactiveOptions {
  host: Host
  store: Store
  ask: Ask
  language(): Promise<Language>
  /** Calls `run` once after `ms`; the returned function cancels it. */
  after(ms: number, run: () => void): () => void
  /** The visitor wants no more of it. */
  dismiss(): void
  client(): Client
  /** How the page is used, once somebody counts it. */
  usage: Promise<Usage | undefined>
}
