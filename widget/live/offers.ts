import type { Offer } from '../../shared/invitation.ts'
import type { Below } from './bubble.ts'
import { buttonsBelow } from './offers/buttons.ts'
import { formBelow } from './offers/form.ts'
import type { OfferParts } from './offers/parts.ts'
import { questionBelow } from './offers/question.ts'

export { Banner } from './offers/banner.ts'

/** What stands below the text of the card; undefined for what it needs nothing else for. */
export function below(offer: Offer, parts: OfferParts): Below | undefined {
  switch (offer.kind) {
    case 'buttons':
      return () => buttonsBelow(offer, parts)
    case 'form':
      return (text) => formBelow(offer, text, parts)
    case 'survey':
      return (text) => questionBelow(offer, text, parts)
    case 'open':
    case 'banner':
      return undefined
  }
}
