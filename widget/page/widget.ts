import type { PageId } from '../../shared/ids.ts'
import type { Consent, PageView, SiteAnswer } from '../../shared/visitor.ts'
import { trackPages } from '../tracker/tracking.ts'
import type { Chat, Host, Live, LoadChunk } from './host.ts'
import { whenIdle } from './idle.ts'
import { mountRoot, paintLauncher } from './launcher.ts'
import { Memory } from './memory.ts'
import { mint, randomCharacters, readSettings } from './settings.ts'

/** How long the launcher waits for the site's colour before it is drawn without. */
const colourWait = 2_000

/** The chat in one page: what it knows, its launcher, and the way to the chunks. */
export class Widget implements Host {
  page: PageId = mint(randomCharacters(22))
  device = /Mobi/.test(navigator.userAgent) ? ('phone' as const) : ('desktop' as const)
  state: Host['state'] = 'closed'
  unread = 0
  online = false
  visitorId: string | null = null
  viewedAt = 0
  undo: (() => void)[] = []
  settings
  memory
  // Declared only: fields that begin undefined need no byte.
  declare answer?: SiteAnswer
  declare started?: boolean
  declare live?: Live
  declare chat?: Chat
  declare label?: string
  declare button?: HTMLElement
  declare gone?: boolean
  declare view: () => PageView | null
  declare visit: Host['visit']
  #report
  #root?: ShadowRoot

  constructor(
    public base: string,
    given: Record<string, string | undefined>,
    public load: LoadChunk,
  ) {
    this.settings = readSettings(given)
    this.memory = new Memory(this.settings.site)
    this.#report = trackPages(this)
    if (this.consent() === 'granted') this.memory.keep()
  }

  /** Reports the page and draws the launcher, in idle time and once `queue` has had its say. */
  start(queue: Promise<unknown>): void {
    whenIdle(async () => {
      setTimeout(() => this.draw(), colourWait)
      await queue
      await this.report()
      if (this.gone) return
      this.started = true
      this.draw()
      this.emit('ready')
      const { open, talking } = this.memory.held ?? {}
      if (open && this.device === 'desktop') this.open('restored')
      else if (this.answer?.live || talking) this.load('live').then((chunk) => chunk.start(this))
    })
  }

  consent(): Consent {
    // What the browser itself was told to refuse is refused, whatever the page says.
    if (navigator.doNotTrack === '1' || Reflect.get(navigator, 'globalPrivacyControl')) return 'denied'
    const { consent } = this.settings
    return consent === 'granted' || consent === 'denied' ? consent : (this.memory.held?.consent ?? 'essential')
  }

  emit(event: string, detail?: unknown): void {
    document.dispatchEvent(new CustomEvent(`ahlan:${event}`, { detail }))
  }

  root(): ShadowRoot {
    this.#root ??= mountRoot()
    return this.#root
  }

  draw(): void {
    if (this.gone) return
    this.button ??= this.#launcher()
    paintLauncher(this.button, this)
  }

  async report(): Promise<void> {
    try {
      this.answer = await this.#report()
      this.online = this.answer.site.online
    } catch (error) {
      this.emit('error', error)
    }
  }

  async open(view?: unknown): Promise<void> {
    const chunk = await this.load('live')
    chunk.open(this, view)
  }

  /** Leaves the page as it was found. */
  destroy(): void {
    this.gone = true
    this.chat?.stop()
    this.live?.stop()
    for (const one of this.undo) one()
    this.#root?.host.remove()
  }

  #launcher(): HTMLElement {
    const button = document.createElement('button')
    button.onclick = () => this.open()
    button.onpointerenter = button.onfocus = () => this.load('live').then((chunk) => chunk.prepare())
    this.root().append(button)
    return button
  }
}
