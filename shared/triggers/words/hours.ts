import type { Schedule } from '../../calendar/hours.ts'
import { formatTag, type Locale } from '../../locale.ts'

type Shift = Schedule['weekly'][number]

/** The hours of a week, such as `Mon–Fri 09:00–17:00`, and their first and last day. */
export function sayHours({ weekly, first, last }: Schedule, locale: Locale, always: string): string {
  const shifts = rowsOf(weekly).map(([shift, ...more]) => {
    const times = [shift, ...more].map(({ from, to }) => aside(inDigits(`${from}–${to}`, formatTag(locale))))
    return `${sayDays(shift, locale)} ${listed(times, locale)}`
  })
  const hours = shifts.length > 0 ? listed(shifts, locale) : always
  return first || last ? `${hours}, ${season({ first, last }, formatTag(locale))}` : hours
}

/** In the digits of the language. */
function inDigits(text: string, tag: string): string {
  const { format } = new Intl.NumberFormat(tag)
  return text.replace(/\d/g, (digit) => format(Number(digit)))
}

/** By the calendar and in the digits of the language. @param date such as `2026-03-21` */
export const sayDay = (date: string, tag: string): string =>
  new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(
    Date.parse(`${date}T12:00Z`),
  )

/** Each day by itself keeps its direction. */
const season = ({ first, last }: Pick<Schedule, 'first' | 'last'>, tag: string): string =>
  [first, last].map((day) => (day ? `\u2068${sayDay(day, tag)}\u2069` : '…')).join(' – ')

/** Shifts of the same days, one after the other, are said together. */
function rowsOf(weekly: readonly Shift[]): [Shift, ...Shift[]][] {
  const rows: [Shift, ...Shift[]][] = []
  for (const shift of weekly) {
    const held = rows.at(-1)
    if (held && held[0].days.join() === shift.days.join()) held.push(shift)
    else rows.push([shift])
  }
  return rows
}

const listed = (parts: readonly string[], locale: Locale): string =>
  new Intl.ListFormat(formatTag(locale), { type: 'conjunction' }).format(parts)

/** Days that follow each other are said by the first and the last of them. */
function sayDays({ days }: Shift, locale: Locale): string {
  const runs: number[][] = []
  for (const day of [...days].sort((a, b) => a - b)) {
    const run = runs.at(-1)
    if (run?.at(-1) === day - 1) run.push(day)
    else runs.push([day])
  }
  return listed(
    runs.flatMap((run) => {
      const names = run.map((day) => weekdayName(formatTag(locale), day, 'short'))
      return run.length > 2 ? [`${names[0]}–${names.at(-1)}`] : names
    }),
    locale,
  )
}

/** A Monday at noon, so that no zone makes another day of it. */
const monday = Date.UTC(2024, 0, 1, 12)
const dayMs = 86_400_000

/** @param day from Monday, 1, to Sunday, 7 */
export const weekdayName = (tag: string, day: number, weekday: 'long' | 'short'): string =>
  new Intl.DateTimeFormat(tag, { weekday, timeZone: 'UTC' }).format(monday + (day - 1) * dayMs)

/** Digits and dashes run from left to right, whatever stands around them. */
const aside = (text: string): string => `\u2066${text}\u2069`
