import type { Language } from '../../ui/language.ts'
import type { Deeds } from '../deeds.ts'
import type { Elements } from '../elements.ts'

/** What an offer is drawn with. */
export interface OfferParts {
  language: Language
  deeds: Deeds
  elements: Elements
}
