import { formatTag, type Locale } from '../../shared/locale.ts'
import { formatMoney } from './money.ts'

export const kinds = ['bowl', 'vase', 'plate', 'tea'] as const
export type Kind = (typeof kinds)[number]
export type Glaze = 'cobalt' | 'turquoise' | 'saffron' | 'pomegranate' | 'chalk'

type Price = Record<Locale, number>

interface Ware {
  kind: Kind
  glaze: Glaze
  price: Price
}

/** What the shop sells; its words are in `texts/`. */
export const wares = {
  'dawn-bowl': { kind: 'bowl', glaze: 'cobalt', price: { en: 48, ar: 180, fa: 4_800_000 } },
  'cypress-vase': { kind: 'vase', glaze: 'turquoise', price: { en: 96, ar: 360, fa: 9_600_000 } },
  'pomegranate-plate': { kind: 'plate', glaze: 'pomegranate', price: { en: 64, ar: 240, fa: 6_400_000 } },
  'caravan-tea-set': { kind: 'tea', glaze: 'cobalt', price: { en: 148, ar: 555, fa: 14_800_000 } },
  'moon-jar': { kind: 'vase', glaze: 'chalk', price: { en: 120, ar: 450, fa: 12_000_000 } },
  'saffron-bowl': { kind: 'bowl', glaze: 'saffron', price: { en: 52, ar: 195, fa: 5_200_000 } },
} as const satisfies Record<string, Ware>

export type Slug = keyof typeof wares
export const slugs: readonly Slug[] = [
  'dawn-bowl',
  'cypress-vase',
  'pomegranate-plate',
  'caravan-tea-set',
  'moon-jar',
  'saffron-bowl',
]

export const currencies: Record<Locale, string> = { en: 'USD', ar: 'SAR', fa: 'IRR' }

/** Written as its readers write money, in their own currency and digits. */
export const formatPrice = (amount: number, locale: Locale): string =>
  formatMoney(amount, formatTag(locale), currencies[locale])

/** Where a page of the shop stands: English at the root, the others below their code. */
export const address = (locale: Locale, page = ''): string =>
  `/demo/${locale === 'en' ? '' : `${locale}/`}${page === '' ? '' : `${page}/`}`
