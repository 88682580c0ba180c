import { type Direction, direction, formatTag, type Locale } from '../../shared/locale.ts'
import { ar } from './texts/ar.ts'
import { en } from './texts/en.ts'
import { fa } from './texts/fa.ts'
import type { PluralKey, TextKey, Texts } from './texts/texts.ts'

export type { PluralKey, TextKey } from './texts/texts.ts'

export const catalogues: Record<Locale, Texts> = { en, ar, fa }

export type Slots = Record<string, string | number>

/** What the console says in one language. */
export interface Words {
  locale: Locale
  direction: Direction
  /** The tag that `Intl` formats with. */
  tag: string
  /** Where times are told; the device's place where none is named. */
  zone?: string
  /** The day that weeks begin with, 1 for Monday; as usual in the language where none is named. */
  weekStart?: number
  t(key: TextKey, slots?: Slots): string
  /** The text in the form that `n` asks for. */
  count(key: PluralKey, n: number, slots?: Slots): string
}

export function createWords(locale: Locale): Words {
  const texts = catalogues[locale]
  const tag = formatTag(locale)
  const rules = new Intl.PluralRules(tag)
  const figures = new Intl.NumberFormat(tag)
  const put = (text: string, slots: Slots): string =>
    text.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = slots[name]
      return typeof value === 'number' ? figures.format(value) : (value ?? whole)
    })
  return {
    locale,
    direction: direction(locale),
    tag,
    t: (key, slots = {}) => put(texts[key], slots),
    count: (key, n, slots = {}) => {
      const forms = texts[key]
      // None at all is often said in other words, also where the language has no form for it.
      const form = (n === 0 && forms.zero) || (forms[rules.select(n)] ?? forms.other)
      return put(form, { ...slots, n })
    },
  }
}

/** A text cut at its slots: words and slot names in turn, for slots that are elements. */
export const cutAtSlots = (text: string): { words: string; slot: string | null }[] =>
  text.split(/(?<=\})|(?=\{)/).map((piece) => {
    const slot = /^\{(\w+)\}$/.exec(piece)
    return slot?.[1] ? { words: '', slot: slot[1] } : { words: piece, slot: null }
  })
