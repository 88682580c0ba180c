import type { PageId } from '../../shared/ids.ts'
import type { Consent, SiteAnswer } from '../../shared/visitor.ts'
import { trackPages } from '../tracker/tracking.ts'
import type { Chat, Host, Live, LoadChunk } from './host.ts'
import { whenIdle } from './idle.ts'
import { mountRoot, paintLauncher } from './launcher.ts'
import { Memory } from './memory.ts'
import { mint, randomCharacters, readSettings } from './settings.ts'

/** How long the launcher waits for the site's colour before it is drawn without. */
const colourWait = 2_000

/** The chat in one page: what it knows, its launcher, and the chunks it loads when they are needed. */
export class Widget implements Host {
  base
  page: PageId = mint(randomCharacters(22))
  settings
  memory
  device = /Mobi/.test(navigator.userAgent) ? ('phone' as const) : ('desktop' as const)
  state: Host['state'] = 'closed'
  unread = 0
  online = false
  visitorId: string | null = null
  answer?: SiteAnswer
  started?: boolean
  live?: Live
  chat?: Chat
  viewedAt = 0
  label?: string
  undo: (() => void)[] = []
  button?: HTMLElement
  visit: Host['visit']
  view: Host['view']

  #load
  #report
  #gone = false
  #root?: ShadowRoot
  #liveComing?: Promise<Live>
  #chatComing?: Promise<Chat>

  constructor(base: string, given: Record<string, string | undefined>, load: LoadChunk) {
    this.base = base
    this.settings = readSettings(given)
    this.memory = new Memory(this.settings.site)
    this.#load = load
    const { report, views } = trackPages(this)
    this.#report = report
    this.visit = views.visit
    this.view = views.current
    if (this.consent() === 'granted') this.memory.keep()
  }

  /** Reports the page and draws the launcher, in idle time and once `queue` has had its say. */
  start(queue: Promise<unknown>): void {
    whenIdle(async () => {
      setTimeout(() => this.draw(), colourWait)
      await queue
      await this.report()
      if (this.#gone) return
      this.started = true
      this.draw()
      this.emit('ready')
      const { open, talking } = this.memory.held ?? {}
      if (open && this.device === 'desktop') this.open('restored')
      else if (this.answer?.live || talking) this.loadLive()
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
    if (this.#gone) return
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

  loadLive(): Promise<Live> {
    this.#liveComing ??= this.#load('live').then((chunk) => {
      this.live = chunk.start(this)
      return this.live
    })
    return this.#liveComing
  }

  async open(view?: unknown): Promise<void> {
    this.memory.keep()
    const chat = await this.#loadChat()
    chat.open(view)
  }

  unload(): void {
    this.chat?.stop()
    this.live?.stop()
    this.chat = this.live = this.#chatComing = this.#liveComing = undefined
  }

  /** Leaves the page as it was found. */
  destroy(): void {
    this.#gone = true
    this.unload()
    for (const one of this.undo) one()
    this.#root?.host.remove()
  }

  #loadChat(): Promise<Chat> {
    this.#chatComing ??= Promise.all([this.#load('chat'), this.loadLive()]).then(([chunk, live]) => {
      this.chat = chunk.mount(this, live)
      return this.chat
    })
    return this.#chatComing
  }

  #launcher(): HTMLElement {
    const button = document.createElement('button')
    button.onclick = () => this.open()
    button.onpointerenter = button.onfocus = () => this.#loadChat()
    this.root().append(button)
    return button
  }
}
