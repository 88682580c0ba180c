import type { PageId } from '../../shared/ids.ts'
import type { Consent, PageView, SiteAnswer } from '../../shared/visitor.ts'
import type { Memory } from './memory.ts'
import type { Settings } from './settings.ts'

/** The page as the loader knows it. */
export interface Page {
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
  /** What the server answered, or will, to the last report; not set before the first. */
  told?: Promise<SiteAnswer>
  live?: Live
  /** When the page was shown, on the clock of `performance.now`; not set for the first. */
  viewedAt?: number
  /** Signalled when the page wants no trace of us. */
  gone: AbortSignal
  consent(): Consent
  /** The page as it stands; null where it has no web address. */
  view(): PageView | null
  /** Counts a view as if the address had changed. */
  visit(url: string, title?: string): void
  /** Tells the page as it stands, if that may be told, and asks for the site's settings. */
  report(): void
  destroy(): void
  /** Set by the first chunk. */
  host?: Host
}

/** The page with all that stands in it; made by the first chunk and lent to the others. */
export interface Host extends Page {
  answer?: SiteAnswer
  /** The answer to the first report has come, or will not come. */
  started: boolean
  chat?: Chat
  /** What the launcher is called, where its usual name will not do. */
  label?: string
  button?: HTMLElement
  /** The shadow root on `<html>`, made when first asked for. */
  root(): ShadowRoot
  emit(event: string, detail?: unknown): void
  /** Brings the launcher to what stands here. */
  draw(): void
  /** Does a command of the page. Never rejects. */
  run(command: string, ...values: unknown[]): Promise<void>
}

/** The chunk of the socket, as the others know it. */
export interface Live {
  /** Rejects for what cannot be done. */
  run(command: string, values: unknown[]): Promise<void>
  /** True when the socket takes the view, so that no beacon is needed. */
  takeView(): boolean
  /** Language, theme or consent has changed. */
  refresh(): void
  stop(): void
}

/** The chunk of the panel, as the others know it. */
export interface Chat {
  open(view?: unknown): void
  close(): void
  refresh(): void
  stop(): void
}
