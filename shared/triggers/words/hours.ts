import type { Schedule } from '../../calendar/hours.ts'
import { formatTag, type Locale } from '../../locale.ts'

type Shift = Schedule['weekly'][number]

/** The hours of a week, such as `Mon–Fri 09:00–17:00`, and their first and last day. */
export function sayHours({ weekly, first, last }: Schedule, locale: Locale, always: string): string {
  const shifts = rowsOf(weekly).map(([shift, ...more]) => {
    const times = [shift, ...more].map(({ from, to }) => aside(`${from}–${to}`))
    return `${sayDays(shift, locale)} ${listed(times, locale)}`
  })
  const hours = shifts.length > 0 ? listed(shifts, locale) : always
  return first || last ? `${hours}, ${aside(`${first ?? '…'} – ${last ?? '…'}`)}` : hours
}

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
