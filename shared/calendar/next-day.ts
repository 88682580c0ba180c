import { type CalendarKind, dayOf, type MonthDay, ordinal, ordinalOn } from './dates.ts'
import type { Holiday } from './hours.ts'

/** The 30th of a Hijri month and 29 February may stay away for years. */
const farthest = 9 * 366

/** The first day from `today` on, both counted from 1970-01-01, that is this one of its calendar; null for none. */
export function nextDay(kind: CalendarKind, wanted: MonthDay, today: number): number | null {
  const sought = ordinal(wanted)
  for (let day = today; day < today + farthest; day++) if (ordinalOn(kind, day) === sought) return day
  return null
}

/** When a holiday begins next, or began if it lasts still; null when it is over. */
export function nextHoliday(holiday: Holiday, today: number): number | null {
  const from = today - (holiday.days ?? 1) + 1
  if (holiday.on !== 'date') return nextDay(holiday.on, holiday, from)
  const day = dayOf(holiday.date)
  return day >= from ? day : null
}
