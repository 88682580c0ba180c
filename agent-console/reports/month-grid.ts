import { type CalendarKind, ordinalOn } from '../../shared/calendar/dates.ts'
import { weekdayOf } from '../../shared/calendar/zone.ts'

/** Days are counted from 1970-01-01; months and years are those of a calendar. */
export const dayOfMonth = (kind: CalendarKind, day: number): number => ordinalOn(kind, day) % 32

export const monthStart = (kind: CalendarKind, day: number): number => day - dayOfMonth(kind, day) + 1

/** The first day of the month that is `by` months further, or back. */
export function monthFrom(kind: CalendarKind, day: number, by: number): number {
  let start = monthStart(kind, day)
  for (let left = Math.abs(by); left > 0; left--) start = monthStart(kind, by > 0 ? start + 32 : start - 1)
  return start
}

/** The same day of another month, or its last where it has fewer. */
export function dayInMonthFrom(kind: CalendarKind, day: number, by: number): number {
  const start = monthFrom(kind, day, by)
  return Math.min(start + dayOfMonth(kind, day) - 1, monthFrom(kind, start, 1) - 1)
}

/** The first day of the week that a day is in. @param first 1 for Monday to 7 for Sunday */
export const weekStart = (day: number, first: number): number => day - ((weekdayOf(day) - first + 7) % 7)

/** The weeks of the month that `day` is in; null where a day belongs to another month. */
export function weeksOf(kind: CalendarKind, day: number, first: number): (number | null)[][] {
  const start = monthStart(kind, day)
  const end = monthFrom(kind, day, 1)
  const weeks: (number | null)[][] = []
  for (let week = weekStart(start, first); week < end; week += 7)
    weeks.push(Array.from({ length: 7 }, (_, i) => (week + i >= start && week + i < end ? week + i : null)))
  return weeks
}

/** Where a key leads in the grid; null for one that leads nowhere. */
export function dayByKey(
  key: string,
  day: number,
  { kind, first, mirrored }: { kind: CalendarKind; first: number; mirrored: boolean },
): number | null {
  switch (key) {
    case 'ArrowLeft':
      return day + (mirrored ? 1 : -1)
    case 'ArrowRight':
      return day + (mirrored ? -1 : 1)
    case 'ArrowUp':
      return day - 7
    case 'ArrowDown':
      return day + 7
    case 'Home':
      return weekStart(day, first)
    case 'End':
      return weekStart(day, first) + 6
    case 'PageUp':
      return dayInMonthFrom(kind, day, -1)
    case 'PageDown':
      return dayInMonthFrom(kind, day, 1)
    default:
      return null
  }
}
