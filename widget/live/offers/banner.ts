import type { Invitation, Offer } from '../../../shared/invitation.ts'
import type { Host } from '../../page/host.ts'
import { addSheet } from '../../page/launcher.ts'
import { accentOf } from '../../page/theme.ts'
import type { Elements } from '../elements.ts'
import { linkTo } from './buttons.ts'
import css from './offers.css'
import type { OfferParts } from './parts.ts'

/** A slim bar over an edge of the window. The page stays as it is laid out; what has the focus is never under it. */
export class Banner {
  readonly bar
  #host
  #elements
  #said
  #shown = ''
  #edge: 'top' | 'bottom' = 'top'
  #listening: AbortController | null = null

  constructor(host: Host, elements: Elements) {
    this.#host = host
    this.#elements = elements
    this.bar = elements.element('section', 'banner')
    this.bar.role = 'region'
    this.#said = elements.element('div', 'said')
    // In the page before its content, so that this is announced.
    this.#said.ariaLive = 'polite'
    addSheet(host.root(), css)
  }

  show(invitation: Invitation, offer: Extract<Offer, { kind: 'banner' }>, parts: OfferParts): void {
    this.#dress(invitation, parts)
    const showing = invitation.inviteId + parts.language.locale
    const isNew = this.#shown !== showing
    if (isNew) this.#fill(offer, parts)
    if (!this.bar.isConnected) this.#host.root().append(this.bar)
    if (isNew) this.#said.replaceChildren(this.#elements.own('p', 'say', invitation.text))
    this.#shown = showing
    this.#place(this.#edge)
    this.#listening ??= this.#listen()
  }

  hide(): void {
    this.#listening?.abort()
    this.#listening = null
    this.bar.remove()
    this.#lift(0)
  }

  #dress({ from }: Invitation, { language }: OfferParts): void {
    const { accent, onAccent } = accentOf(this.#host)
    this.bar.style.setProperty('--accent', accent)
    this.bar.style.setProperty('--on-accent', onAccent)
    this.bar.lang = language.locale
    this.bar.dir = language.dir
    this.bar.ariaLabel = language.texts.messageFrom.replace('{name}', () => from)
  }

  #fill({ at, link }: Extract<Offer, { kind: 'banner' }>, parts: OfferParts): void {
    const { deeds, language } = parts
    this.#edge = at
    this.bar.replaceChildren(
      this.#said,
      ...(link ? [linkTo(link, 'follow', parts)] : []),
      this.#elements.action('dismiss', language.texts.dismiss, deeds.dismiss),
    )
  }

  #listen(): AbortController {
    const end = new AbortController()
    const options = { capture: true, signal: end.signal }
    const focused = ({ target }: Event) => requestAnimationFrame(() => this.#stepAside(target))
    document.addEventListener('focusin', focused, options)
    addEventListener('resize', () => this.#place(this.#edge), options)
    return end
  }

  /** To the other edge, where it lies over what the focus has come to. */
  #stepAside(target: EventTarget | null): void {
    const { bar } = this
    if (!(target instanceof Element) || !bar.isConnected) return
    const [focused, own] = [target.getBoundingClientRect(), bar.getBoundingClientRect()]
    const isOfPage = focused.height > 0 && focused.height < innerHeight / 2
    if (isOfPage && focused.top < own.bottom && focused.bottom > own.top)
      this.#place(this.#edge === 'top' ? 'bottom' : 'top')
  }

  #place(edge: 'top' | 'bottom'): void {
    this.#edge = edge
    this.bar.dataset.at = edge
    this.#lift(edge === 'bottom' ? this.bar.offsetHeight : 0)
  }

  /** The launcher steps up; moved so, it shifts nothing. */
  #lift(height: number): void {
    const { button } = this.#host
    if (button) button.style.transform = height ? `translateY(${-height}px)` : ''
  }
}
