import type { Invitation } from '../../shared/protocol.ts'
import type { Host } from '../page/host.ts'
import { addSheet } from '../page/launcher.ts'
import { accentOf, isDark } from '../page/theme.ts'
import type { Language } from '../ui/language.ts'
import css from './bubble.css'
import { action, element, own } from './elements.ts'

export interface BubbleOptions {
  reply(): void
  dismiss(): void
  after(ms: number, run: () => void): () => void
}

/** What there is below the text, instead of Reply and Dismiss. */
export type Below = (text: HTMLElement) => HTMLElement

const farewellLasts = 4_000

/** The proactive message: a small card by the launcher that never takes the focus. */
export class Bubble {
  readonly card = element('div', 'invite')
  #region = element('div', 'invites')
  #host
  #options
  #shown = ''
  #leaving: (() => void) | null = null

  constructor(host: Host, options: BubbleOptions) {
    this.#host = host
    this.#options = options
    this.#region.role = 'status'
    // Of what is asked below a text only what changes is told, not all of it again.
    this.#region.ariaAtomic = 'false'
  }

  /** The region stands in the page before its content, so that the content is announced. */
  prepare(): void {
    this.#region.hidden = false
    if (this.#region.isConnected) return
    addSheet(this.#host.root(), css)
    this.#host.root().append(this.#region)
  }

  show(invitation: Invitation, language: Language, below?: Below): void {
    this.#leaving?.()
    this.#leaving = null
    this.#dress()
    const showing = invitation.inviteId + language.locale
    // Filled again it would be announced again.
    if (this.#shown !== showing) this.#fill(invitation, language, below)
    this.#shown = showing
    if (!this.card.isConnected) this.#region.append(this.card)
  }

  /** With the panel open there is nothing to announce here. */
  hide(panelOpen: boolean): void {
    if (!this.#leaving || panelOpen) this.card.remove()
    this.#region.hidden = panelOpen
  }

  /** A last word for a moment, where the text stood. */
  farewell(text: string): void {
    // As large as it was: what shrinks would move under the pointer.
    this.card.style.minBlockSize = `${this.card.offsetHeight}px`
    this.card.replaceChildren(own('p', 'say', text))
    this.#shown = ''
    this.#leaving = this.#options.after(farewellLasts, () => {
      this.#leaving = null
      this.card.remove()
    })
  }

  stop(): void {
    this.#leaving?.()
    this.#region.remove()
  }

  #dress(): void {
    const { settings, answer } = this.#host
    const { accent, onAccent } = accentOf(this.#host)
    this.#region.className = `invites on-${settings.side ?? answer?.site.side}`
    this.card.className = `invite ${isDark(this.#host) ? 'dark' : ''}`
    this.card.style.setProperty('--accent', accent)
    this.card.style.setProperty('--on-accent', onAccent)
  }

  #fill({ from, text }: Invitation, language: Language, below?: Below): void {
    this.card.style.minBlockSize = ''
    const said = own('p', 'say', text)
    said.id = 'ahlan-say'
    const rest = below?.(said) ?? this.#choices(language)
    rest.lang = language.locale
    rest.dir = language.dir
    this.card.replaceChildren(fromLine(from), said, rest)
    this.card.ariaLabel = language.texts.messageFrom.replace('{name}', () => from)
  }

  #choices({ texts }: Language): HTMLElement {
    const row = element('div', 'choices')
    const { reply, dismiss } = this.#options
    row.append(action('reply', texts.reply, reply), action('dismiss', texts.dismiss, dismiss))
    return row
  }
}

/** Stands where the card's language begins, whatever script the name is in. */
function fromLine(name: string): HTMLElement {
  const line = element('div', 'from')
  line.append(own('bdi', '', name))
  return line
}
