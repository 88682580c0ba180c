import * as v from 'valibot'
import { limits } from './limits.ts'
import { withoutOverrides } from './text/unseen.ts'

/** The languages whose texts are complete. */
export const locales = ['en', 'ar', 'fa'] as const
export type Locale = (typeof locales)[number]
export const Locale = /* @__PURE__ */ v.picklist(locales)

export type Direction = 'ltr' | 'rtl'
export const direction = (locale: Locale): Direction => (locale === 'en' ? 'ltr' : 'rtl')

/** The nearest language we have for a BCP 47 tag such as `fa-IR`; English for all others. */
export function nearestLocale(tag: string | null | undefined): Locale {
  const language = (tag ?? '').toLowerCase().split(/[-_]/)[0]
  return locales.find((locale) => locale === language) ?? 'en'
}

/** Any tag a browser may have, taken for the nearest language we have; so the page need not know which those are. */
export const NearestLocale = /* @__PURE__ */ nearestLocaleSchema()

/** The tag that `Intl` formats with: Persian dates are Jalali in Persian digits, Arabic ones Gregorian. */
export const formatTag = (locale: Locale): string =>
  ({ en: 'en', ar: 'ar-SA-u-ca-gregory', fa: 'fa-IR' })[locale]

/** A text that an admin may give per language. English is the fallback for a language left out. */
export const LocalText = /* @__PURE__ */ localTextSchema()
export type LocalText = v.InferOutput<typeof LocalText>

/** The text in `locale`, else in English, else whatever language there is. */
export const localText = (text: LocalText, locale: Locale): string =>
  text[locale] ?? text.en ?? text.ar ?? text.fa ?? ''

// Calls of their own, so that a browser which never checks such a value need not download the schema.
function nearestLocaleSchema() {
  return v.pipe(
    v.string(),
    v.maxLength(limits.localeCharacters),
    v.transform((tag) => nearestLocale(tag)),
  )
}

function localTextSchema() {
  const written = v.pipe(v.string(), v.transform(withoutOverrides))
  return v.partial(v.strictObject({ en: written, ar: written, fa: written }))
}
