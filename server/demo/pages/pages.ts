import { type Locale, locales } from '../../../shared/locale.ts'
import type { Page } from '../layout.ts'
import { kinds, slugs } from '../shop.ts'
import { cartPage } from './cart.ts'
import { collectionPage } from './collection.ts'
import { homePage } from './home.ts'
import { productPage } from './product.ts'
import { shippingPage } from './shipping.ts'
import { workshopsPage } from './workshops.ts'

const inLanguage = (locale: Locale): Page[] => [
  homePage(locale),
  collectionPage(locale, null),
  ...kinds.map((kind) => collectionPage(locale, kind)),
  ...slugs.map((slug) => productPage(locale, slug)),
  cartPage(locale),
  shippingPage(locale),
  workshopsPage(locale),
]

/** Every page of the shop. */
export const allPages = (): Page[] => locales.flatMap(inLanguage)
