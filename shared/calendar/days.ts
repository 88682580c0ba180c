import { type CalendarKind, calendarKinds, dayOf, ordinal, ordinalOn } from './dates.ts'
import type { Holiday, HoursException, OfficeHours, Shift } from './hours.ts'
import { weekdayOf } from './zone.ts'

/** Which shifts begin on a day; days are counted from 1970-01-01, by the calendar of the place. */
export type ShiftsOn = (day: number) => readonly Shift[]

const none: readonly Shift[] = []
const wholeDay: Shift = { days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '00:00' }

export function shiftsOn(hours: OfficeHours): ShiftsOn {
  const isClosed = closedDays(hours)
  const usual = byWeekday(hours.weekly.length > 0 ? hours.weekly : [wholeDay])
  const exceptions = (hours.exceptions ?? []).map((one) => ({
    holds: holdsDay(one),
    week: byWeekday(one.weekly),
  }))
  return (day) => {
    if (isClosed(day)) return none
    const week = exceptions.find(({ holds }) => holds(day))?.week ?? usual
    return week[weekdayOf(day)] ?? none
  }
}

const byWeekday = (shifts: readonly Shift[]): (readonly Shift[])[] =>
  [0, 1, 2, 3, 4, 5, 6, 7].map((weekday) => shifts.filter(({ days }) => days.some((day) => day === weekday)))

function closedDays({ first, last, except = [], holidays = [] }: OfficeHours): (day: number) => boolean {
  const from = first === undefined ? Number.NEGATIVE_INFINITY : dayOf(first)
  const to = last === undefined ? Number.POSITIVE_INFINITY : dayOf(last)
  const once = new Set([...except.map(dayOf), ...holidays.flatMap(daysOf)])
  const yearly = calendarKinds.flatMap((kind) => yearlyOf(kind, holidays))
  return (day) => day < from || day > to || once.has(day) || yearly.some((closes) => closes(day))
}

function daysOf(holiday: Holiday): number[] {
  if (holiday.on !== 'date') return []
  const first = dayOf(holiday.date)
  return Array.from({ length: holiday.days ?? 1 }, (_, i) => first + i)
}

/** Whether a holiday of this calendar began on the day, or so shortly before that it lasts. */
function yearlyOf(kind: CalendarKind, holidays: readonly Holiday[]): ((day: number) => boolean)[] {
  const lasting = new Map<number, number>()
  for (const holiday of holidays) {
    if (holiday.on !== kind) continue
    const start = ordinal(holiday)
    lasting.set(start, Math.max(lasting.get(start) ?? 0, holiday.days ?? 1))
  }
  if (lasting.size === 0) return []
  const longest = Math.max(...lasting.values())
  const closes = (day: number) => {
    for (let ago = 0; ago < longest; ago++)
      if ((lasting.get(ordinalOn(kind, day - ago)) ?? 0) > ago) return true
    return false
  }
  return [closes]
}

function holdsDay(exception: HoursException): (day: number) => boolean {
  if (exception.on === 'date') {
    const [from, to] = [dayOf(exception.from), dayOf(exception.to)]
    return (day) => day >= from && day <= to
  }
  const { on } = exception
  const [from, to] = [ordinal(exception.from), ordinal(exception.to)]
  return (day) => {
    const at = ordinalOn(on, day)
    return from <= to ? at >= from && at <= to : at >= from || at <= to
  }
}
