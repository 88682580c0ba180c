import { type CalendarKind, intlCalendar } from '../../shared/calendar/dates.ts'
import type { Locale } from '../../shared/locale.ts'
import type { Words } from './words.ts'

/** The same words, with dates of a calendar at a place. */
export const inCalendar = (words: Words, calendar: CalendarKind, zone: string): Words => ({
  ...words,
  tag: new Intl.Locale(words.tag, { calendar: intlCalendar[calendar] }).toString(),
  zone,
})

/** Where weeks begin, 1 for Monday; by country where the device names one. */
const firstDays: Record<Locale, number> = { en: 1, ar: 6, fa: 6 }
const sundayCountries = new Set(['US', 'CA', 'IL', 'IN', 'JP', 'BR', 'MX', 'SA', 'PH', 'ZA', 'AU'])

export const weekStartOf = ({ locale, weekStart }: Words): number =>
  weekStart ?? firstDayOfWeek(locale, navigator.language)

/** The days of a week, in their order. @param first 1 for Monday */
export const weekFrom = (first: number): number[] =>
  Array.from({ length: 7 }, (_, i) => ((first - 1 + i) % 7) + 1)

/** Where an hour stands in a week that begins with that day. */
export const hourInWeek = (words: Words, { weekday, hour }: { weekday: number; hour: number }): number =>
  ((weekday - weekStartOf(words) + 7) % 7) * 24 + hour

export function firstDayOfWeek(locale: Locale, device: string): number {
  const [language, region] = device.split('-')
  if (language !== locale || !region) return firstDays[locale]
  return sundayCountries.has(region.toUpperCase()) ? 7 : firstDays[locale]
}
