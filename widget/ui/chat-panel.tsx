import { render } from 'preact'
import type { Client } from '../live/client.ts'
import type { Chat, Host } from '../page/host.ts'
import { keep } from '../page/keep.ts'
import { addSheet } from '../page/launcher.ts'
import {
  currentPlace,
  latestFirst,
  placeToShow,
  timelineAt,
  unstarted,
  type WidgetState,
} from '../state/state.ts'
import formsSheet from './forms.css'
import type { Language } from './language.ts'
import { type FilesKit, loadFiles } from './load-files.ts'
import logSheet from './log.css'
import panelSheet from './panel.css'
import { Panel } from './panel.tsx'
import { dress, followKeyboard, isPhone, keepKeys } from './stage.ts'
import surroundingsSheet from './surroundings.css'
import type { Screen, View } from './view.ts'

/** The panel in the page: opened, closed, and drawn anew whenever something it shows has changed. */
export class ChatPanel implements Chat {
  #host
  #client
  #root = document.createElement('div')
  #language: Language | null = null
  #screen: Screen = { name: 'home' }
  #ending = false
  /** Chosen by hand; until then the panel follows the current conversation. */
  #chosen = false
  #undo: (() => void)[]
  #due = false
  #kit: FilesKit | undefined

  constructor(host: Host, client: Client) {
    this.#host = host
    this.#client = client
    this.#root.hidden = true
    addSheet(host.root(), panelSheet + logSheet + formsSheet + surroundingsSheet)
    host.root().append(this.#root)
    keepKeys(this.#root, () => this.close())
    const scheme = matchMedia('(prefers-color-scheme: dark)')
    const draw = () => this.#drawSoon()
    scheme.addEventListener('change', draw)
    document.addEventListener('visibilitychange', draw)
    host.gone.addEventListener('abort', () => this.stop())
    this.#undo = [
      client.store.subscribe(draw),
      followKeyboard(this.#root),
      () => scheme.removeEventListener('change', draw),
      () => document.removeEventListener('visibilitychange', draw),
    ]
  }

  /**
   * `restored`: it stood open on the page before, and the visitor has not asked for it here. `invited`: a rule has
   * opened it, and nothing is stored for that.
   */
  async open(view?: unknown): Promise<void> {
    const host = this.#host
    const client = this.#client
    this.#language = await client.language()
    const prefill = wordOf(view, 'prefill')
    if (prefill) keep(host, { draft: prefill })
    this.#showConversation(view)
    if (host.state === 'open') return this.#write(prefill)
    host.state = 'open'
    const invited = view === 'invited'
    if (!invited) {
      keep(host, { open: true })
      client.keep()
    }
    this.#root.hidden = false
    this.#draw()
    host.draw()
    client.repaint()
    host.emit('opened')
    if (view !== 'restored' && !invited) this.#focus()
  }

  /** Into the field that stands there, as if by hand. */
  #write(text: string): void {
    this.#focus()
    const field = this.#root.querySelector<HTMLTextAreaElement>('.composer textarea')
    if (!field || !text) return
    field.value = text
    field.dispatchEvent(new Event('input'))
  }

  #showConversation(view: unknown): void {
    const wanted = wordOf(view, 'conversation')
    const found = latestFirst(this.#client.store.get()).find(({ id }) => id === wanted)
    this.#chosen = false
    if (found) this.#go({ name: 'conversation', place: found.id })
  }

  close(): void {
    const host = this.#host
    if (host.state !== 'open') return
    const hadFocus = this.#root.contains(host.root().activeElement)
    host.state = 'closed'
    if (host.memory.held) keep(host, { open: false })
    this.#root.hidden = true
    this.#ending = false
    this.#draw()
    host.draw()
    this.#client.repaint()
    if (hadFocus) host.button?.focus()
    host.emit('closed')
  }

  async refresh(): Promise<void> {
    this.#language = await this.#client.language()
    this.#draw()
  }

  stop(): void {
    for (const one of this.#undo) one()
    // A drawing that was due already shall not happen any more.
    this.#language = null
    render(null, this.#root)
    this.#root.remove()
  }

  /** Once for all that changes in this turn, and never within a drawing that is under way. */
  #drawSoon(): void {
    if (this.#due) return
    this.#due = true
    queueMicrotask(() => this.#draw())
  }

  #draw(): void {
    this.#due = false
    const language = this.#language
    if (!language) return
    dress(this.#root, this.#host)
    const open = this.#host.state === 'open'
    render(open ? <Panel view={this.#view(language)} modal={isPhone()} /> : null, this.#root)
  }

  #view(language: Language): View {
    return {
      host: this.#host,
      client: this.#client,
      state: this.#client.store.get(),
      language,
      screen: this.#currentScreen(),
      ending: this.#ending,
      go: (screen) => this.#go(screen),
      close: () => this.close(),
      askToEnd: (asking) => {
        this.#ending = asking
        this.#draw()
      },
      now: Date.now,
      kit: this.#kit,
      loadKit: async () => {
        this.#kit = await loadFiles()
        this.#drawSoon()
        return this.#kit
      },
    }
  }

  #go(screen: Screen): void {
    this.#chosen = screen.name === 'home'
    this.#screen = screen
    this.#ending = false
    this.#draw()
    this.#focus()
  }

  /** An open conversation is shown by itself; the first message moves into the one it has begun. */
  #currentScreen(): Screen {
    const state = this.#client.store.get()
    const place = placeToShow(state)
    const { name } = this.#screen
    if (name === 'home') {
      if (place && !this.#chosen) this.#screen = { name: 'conversation', place }
    } else if (isMoved(state, this.#screen))
      this.#screen = { name: 'conversation', place: currentPlace(state) }
    return this.#screen
  }

  #focus(): void {
    const target = isPhone() ? '[role=dialog]' : '.composer textarea'
    this.#root.querySelector<HTMLElement>(target)?.focus()
  }
}

/** What waited under no conversation has become part of one. */
const isMoved = (state: WidgetState, screen: Screen): boolean =>
  screen.name === 'conversation' &&
  screen.place === unstarted &&
  timelineAt(state, unstarted).pending.length === 0 &&
  !state.invitation &&
  latestFirst(state).length + Number(state.timelines.has(unstarted)) > 1

/** What the page asked to see, by its name there. */
const wordOf = (view: unknown, name: string): string =>
  typeof view === 'object' && view !== null ? `${Reflect.get(view, name) ?? ''}` : ''
