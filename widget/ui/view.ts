import type { Client } from '../live/client.ts'
import type { Host } from '../page/host.ts'
import type { Place, WidgetState } from '../state/state.ts'
import type { Language } from './language.ts'
import type { FilesKit } from './load-files.ts'

/** What every part of the panel is drawn from. */
export interface View {
  host: Host
  client: Client
  state: WidgetState
  language: Language
  screen: Screen
  go(screen: Screen): void
  close(): void
  /** The end of the conversation waits to be confirmed. */
  ending: boolean
  askToEnd(asking: boolean): void
  now(): number
  /** All about files, once it is needed. */
  kit: FilesKit | undefined
  loadKit(): Promise<FilesKit>
}

export type Screen = { name: 'home' } | { name: 'conversation'; place: Place }
