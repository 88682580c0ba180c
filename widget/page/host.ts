import type { PageId } from '../../shared/ids.ts'
import type { Consent, PageView, SiteAnswer } from '../../shared/visitor.ts'
import type { Memory } from './memory.ts'
import type { Settings } from './settings.ts'

/** What the loader makes, and lends to the chunks it loads. */
export interface Host {
  /** Origin of the script: everything is asked there and nowhere else. */
  base: string
  page: PageId
  settings: Settings
  memory: Memory
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
  /** What the launcher is called, where its usual name will not do. */
  label?: string
  /** When the page within the document was shown, on the clock of `performance.now`. */
  viewedAt?: number | undefined
  button?: HTMLElement
  /** Signalled when the page wants no trace of us. */
  gone: AbortSignal
  consent(): Consent
  /** The page as it stands; null where it has no web address. */
  view(): PageView | null
  /** Counts a view as if the address had changed. */
  visit(url: string): void
  /** The shadow root on `<html>`, made when first asked for. */
  root(): ShadowRoot
  emit(event: string, detail?: unknown): void
  /** Brings the launcher to what stands here. */
  draw(): void
  /** Tells the page as it stands, if that may be told, and learns the site's settings. */
  report(): Promise<void>
  /**
   * What `get` imports, however long the server is out of reach: asked again within half a minute, at no moment
   * more likely than at another, and when the network is back. Never rejects; never settles once `gone` is signalled.
   */
  load<Part>(get: () => Promise<Part>): Promise<Part>
  /** Does a command of the page, loading what it takes, and answers what it asks for. Never rejects. */
  run(command: string, ...values: unknown[]): Promise<unknown>
  destroy(): void
}

/** The chunk of the socket, as the others know it. */
export interface Live {
  /** Rejects for what cannot be done. */
  run(command: string, values: unknown[]): Promise<unknown>
  /** True when the socket takes the view, so that no beacon is needed. */
  takeView(): boolean
  /** Language, theme or consent has changed. */
  refresh(): void
  stop(): void
}

/** The chunk of the panel, as the others know it. */
export interface Chat {
  open(view?: unknown): Promise<void>
  close(): void
  refresh(): void
  stop(): void
}
