import type { Invitation, Offer } from '../../../shared/invitation.ts'
import type { Host } from '../../page/host.ts'
import { addSheet } from '../../page/launcher.ts'
import { accentOf } from '../../page/theme.ts'
import type { Elements } from '../elements.ts'
import { linkTo } from './buttons.ts'
import css from './offers.css'
import type { OfferParts } from './parts.ts'

export type Banner = ReturnType<typeof createBanner>

/** A slim bar over an edge of the window. The page stays as it is laid out; what has the focus is never under it. */
export function createBanner(host: Host, { element, own, action }: Elements) {
  addSheet(host.root(), css)
  const bar = element('section', 'banner')
  bar.role = 'region'
  const said = element('div', 'said')
  // In the page before its content, so that this is announced.
  said.ariaLive = 'polite'
  let shown = ''
  let edge: 'top' | 'bottom' = 'top'
  let listening: AbortController | null = null

  function show(invitation: Invitation, offer: Extract<Offer, { kind: 'banner' }>, parts: OfferParts): void {
    const { locale, dir, texts } = parts.language
    const { accent, onAccent } = accentOf(host)
    bar.style.setProperty('--accent', accent)
    bar.style.setProperty('--on-accent', onAccent)
    bar.lang = locale
    bar.dir = dir
    bar.ariaLabel = texts.messageFrom.replace('{name}', () => invitation.from)
    const showing = invitation.inviteId + locale
    if (shown !== showing) {
      const { link } = offer
      edge = offer.at
      bar.replaceChildren(
        said,
        ...(link ? [linkTo(link, 'follow', parts)] : []),
        action('dismiss', texts.dismiss, parts.deeds.dismiss),
      )
    }
    if (!bar.isConnected) host.root().append(bar)
    if (shown !== showing) said.replaceChildren(own('p', 'say', invitation.text))
    shown = showing
    place(edge)
    listening ??= listen()
  }

  function listen(): AbortController {
    const end = new AbortController()
    const options = { capture: true, signal: end.signal }
    document.addEventListener(
      'focusin',
      ({ target }) => requestAnimationFrame(() => stepAside(target)),
      options,
    )
    addEventListener('resize', () => place(edge), options)
    return end
  }

  /** To the other edge, where it lies over what the focus has come to. */
  function stepAside(target: EventTarget | null): void {
    if (!(target instanceof Element) || target === bar.getRootNode() || !bar.isConnected) return
    const [focused, own] = [target, bar].map((one) => one.getBoundingClientRect())
    if (!focused || !own || focused.height > innerHeight / 2) return
    const isUnder = focused.height > 0 && focused.top < own.bottom && focused.bottom > own.top
    if (isUnder) place(edge === 'top' ? 'bottom' : 'top')
  }

  function place(at: typeof edge): void {
    edge = at
    bar.dataset.at = at
    // The launcher steps up; moved so, it shifts nothing.
    lift(at === 'bottom' ? bar.offsetHeight : 0)
  }

  function lift(height: number): void {
    if (host.button) host.button.style.transform = height ? `translateY(${-height}px)` : ''
  }

  function hide(): void {
    listening?.abort()
    listening = null
    bar.remove()
    lift(0)
  }

  return { bar, show, hide, stop: hide }
}
