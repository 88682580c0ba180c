import type { Offer, OfferedLink } from '../../../shared/invitation.ts'
import type { OfferParts } from './parts.ts'

/** Answers and links one below the other, and the way out beside none of them. */
export function buttonsBelow(offer: Extract<Offer, { kind: 'buttons' }>, parts: OfferParts): HTMLElement {
  const { elements, deeds, language } = parts
  const list = elements.element('div', 'offers')
  for (const [i, one] of offer.buttons.entries()) {
    const className = i === 0 ? 'reply' : 'offer'
    list.append(
      'href' in one
        ? linkTo(one, className, parts)
        : labelled(elements.action(className, one.text, () => deeds.say(one.says))),
    )
  }
  list.append(elements.action('dismiss', language.texts.dismiss, deeds.dismiss))
  return list
}

/** Followed in the page itself, as the visitor's browser does it: a middle click opens a tab of their own. */
export function linkTo({ text, href }: OfferedLink, className: string, { elements, deeds }: OfferParts) {
  const link = elements.own('a', className, text)
  link.href = href
  link.rel = 'noopener'
  link.onclick = () => deeds.follow()
  return link
}

function labelled(button: HTMLButtonElement): HTMLButtonElement {
  button.dir = 'auto'
  return button
}
