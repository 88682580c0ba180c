import type { PageId } from '../../shared/ids.ts'
import type { Consent, PageView, SiteAnswer } from '../../shared/visitor.ts'
import type { Memory } from './memory.ts'
import type { Settings } from './settings.ts'

/** What the loader lends to the chunks it loads. */
export interface Host {
  /** Origin of the script: everything is asked there and nowhere else. */
  base: string
  page: PageId
  settings: Settings
  memory: Memory
  device: 'desktop' | 'phone'
  /** These four are what `Ahlan('get', …)` answers. */
  state: 'closed' | 'open'
  unread: number
  online: boolean
  visitorId: string | null
  answer?: SiteAnswer
  /** The answer to the first report has come, or will not come. */
  started?: boolean
  live?: Live
  chat?: Chat
  /** When the page was shown, on the clock of `performance.now`; not set for the first. */
  viewedAt?: number
  /** What the launcher is called, once a language has been loaded. */
  label?: string
  /** Signalled when the page wants no trace of us. */
  gone: AbortSignal
  button?: HTMLElement
  consent(): Consent
  /** The page as it stands; null where it has no web address. */
  view(): PageView | null
  /** Counts a view as if the address had changed. */
  visit(url: string, title?: string): void
  /** The shadow root on `<html>`, made when first asked for. */
  root(): ShadowRoot
  emit(event: string, detail?: unknown): void
  /** Brings the launcher to what stands here. */
  draw(): void
  /** Tells the page as it stands, and learns the site's settings. */
  report(): Promise<void>
  load: LoadChunk
  /** Opens the panel; from now on the visitor is remembered. */
  open(view?: unknown): Promise<void>
  destroy(): void
}

/** The chunk of the socket, as the loader knows it. */
export interface Live {
  run(command: string, values: unknown[]): void
  /** True when the socket takes the view, so that no beacon is needed. */
  takeView(): boolean
  /** Language, theme or consent has changed. */
  refresh(): void
  /** Wipes what waits to be sent. */
  forget(): void
  stop(): void
}

/** The chunk of the panel, as the loader knows it. */
export interface Chat {
  open(view?: unknown): void
  close(): void
  refresh(): void
  stop(): void
}

/** What the loader's chunks give; loaded by address, since the loader is a plain script. */
export interface Chunks {
  live: {
    /** The socket and all beside it, made when first asked for. */
    start(host: Host): Live
    /** Downloads the panel. */
    prepare(): void
    open(host: Host, view: unknown): Promise<void>
  }
  api: { run(host: Host, command: string, values: unknown[]): Promise<void> }
}

export type LoadChunk = <Name extends keyof Chunks>(name: Name) => Promise<Chunks[Name]>
