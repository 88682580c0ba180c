import { type CalendarKind, intlCalendar, ordinalOn } from '../../shared/calendar/dates.ts'
import { dayMs } from '../../shared/calendar/zone.ts'
import type { Words } from '../ui/words.ts'

/** From here on every month of every calendar comes within a year and a bit. */
const anchor = Date.UTC(2024, 0, 1) / dayMs

/** The months of a calendar in the language of the reader. */
export function monthNames({ tag }: Words, kind: CalendarKind): string[] {
  const locale = new Intl.Locale(tag, { calendar: intlCalendar[kind] })
  const format = new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' })
  return Array.from({ length: 12 }, (_, i) => format.format(firstDayOf(kind, i + 1) * dayMs))
}

function firstDayOf(kind: CalendarKind, month: number): number {
  let day = anchor
  while (ordinalOn(kind, day) !== month * 32 + 1) day++
  return day
}

/** A day counted from 1970-01-01, as the reader's own calendar has it. In one, Persian would get the year first. */
export const dayWords = ({ tag }: Words, day: number): { weekday: string; day: string } => {
  const say = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(tag, { ...options, timeZone: 'UTC' }).format(day * dayMs)
  return { weekday: say({ weekday: 'long' }), day: say({ day: 'numeric', month: 'long', year: 'numeric' }) }
}

export const today = (): number => Math.floor(Date.now() / dayMs)
