import { type CalendarKind, dayOf, intlCalendar, type MonthDay, ordinal, ordinalOn } from './dates.ts'
import { dayMs } from './zone.ts'

/** A day of one year, by the calendar it is told in. */
export interface WholeDate extends MonthDay {
  year: number
}

const formats = new Map<CalendarKind, Intl.DateTimeFormat>()

/** @param day counted from 1970-01-01 */
export function wholeDateOn(kind: CalendarKind, day: number): WholeDate {
  const found = ordinalOn(kind, day)
  return { year: yearOn(kind, day), month: Math.floor(found / 32), day: found % 32 }
}

function yearOn(kind: CalendarKind, day: number): number {
  if (kind === 'gregorian') return new Date(day * dayMs).getUTCFullYear()
  const known = formats.get(kind)
  const format =
    known ?? new Intl.DateTimeFormat(`en-US-u-ca-${intlCalendar[kind]}`, { year: 'numeric', timeZone: 'UTC' })
  if (!known) formats.set(kind, format)
  return Number(format.formatToParts(day * dayMs).find(({ type }) => type === 'year')?.value)
}

/** Years of the calendar that are as long as one of ours, and its first year in ours. */
const eras = {
  gregorian: { perYear: 1, first: 0 },
  jalali: { perYear: 1, first: 621 },
  hijri: { perYear: 0.970_224, first: 621.57 },
} as const satisfies Record<CalendarKind, { perYear: number; first: number }>

/** @returns days counted from 1970-01-01; null where that year has no such day */
export function dayOfWholeDate(kind: CalendarKind, wanted: WholeDate): number | null {
  const { perYear, first } = eras[kind]
  const about = Math.floor(wanted.year * perYear + first)
  const sought = ordinal(wanted)
  const [from, to] = [dayOf(`${about - 1}-12-01`), dayOf(`${about + 2}-01-31`)]
  for (let day = from; day <= to; day++)
    if (ordinalOn(kind, day) === sought && yearOn(kind, day) === wanted.year) return day
  return null
}
