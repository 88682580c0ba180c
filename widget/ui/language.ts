import { type Direction, direction, formatTag, type Locale, nearestLocale } from '../../shared/locale.ts'
import type { Plural, Texts } from './texts/texts.ts'

/** A language as it is used: its words, its numbers, its dates. */
export interface Language {
  locale: Locale
  dir: Direction
  texts: Texts
  plural(forms: Plural, count: number): string
  number(count: number): string
  time(at: number): string
  day(at: number, now: number): string
  /** From when somebody is there again. */
  back(at: number, now: number): string
}

/** The nearest language to a tag such as `fa-IR`. Only the one that is needed is downloaded. */
export async function loadLanguage(tag: string): Promise<Language> {
  const locale = nearestLocale(tag)
  const { texts } = await catalogue(locale)
  return speak(locale, texts)
}

function catalogue(locale: Locale): Promise<{ texts: Texts }> {
  switch (locale) {
    case 'ar':
      return import('./texts/ar.ts')
    case 'fa':
      return import('./texts/fa.ts')
    case 'en':
      return import('./texts/en.ts')
  }
}

export function speak(locale: Locale, texts: Texts): Language {
  const tag = formatTag(locale)
  const number = new Intl.NumberFormat(tag)
  const rules = new Intl.PluralRules(locale)
  const time = new Intl.DateTimeFormat(tag, { hour: 'numeric', minute: '2-digit' })
  const date = (length?: 'long') =>
    new Intl.DateTimeFormat(tag, { weekday: 'long', day: length && 'numeric', month: length })
  const day = date('long')
  const near = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' })
  return {
    locale,
    dir: direction(locale),
    texts,
    plural: (forms, count) => (forms[rules.select(count)] ?? forms.other).replace('#', number.format(count)),
    number: (count) => number.format(count),
    time: (at) => time.format(at),
    day(at, now) {
      const days = daysUntil(at, now)
      return days > -2 ? near.format(days, 'day') : day.format(at)
    },
    back(at, now) {
      const days = daysUntil(at, now)
      const when = days < 2 ? near.format(days, 'day') : (days < 7 ? date() : day).format(at)
      return texts.backAt.replace('#', when).replace('#', time.format(at))
    },
  }
}

const daysUntil = (at: number, now: number): number => Math.round((midnight(at) - midnight(now)) / 86_400_000)

const midnight = (at: number): number => new Date(at).setHours(0, 0, 0, 0)
