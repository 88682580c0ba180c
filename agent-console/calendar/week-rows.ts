import type { Shift } from '../../shared/calendar/hours.ts'

export type Times = Pick<Shift, 'from' | 'to'>

/** Days that are worked alike: with breaks between, where there are several times. */
export interface WeekRow {
  days: Shift['days']
  times: Times[]
}

/** Shifts of the same days, one after the other, are one row. */
export function rowsOf(weekly: readonly Shift[]): WeekRow[] {
  const rows: WeekRow[] = []
  for (const { days, from, to } of weekly) {
    const held = rows.at(-1)
    if (held && held.days.join() === days.join()) held.times.push({ from, to })
    else rows.push({ days, times: [{ from, to }] })
  }
  return rows
}

export const weeklyOf = (rows: readonly WeekRow[]): Shift[] =>
  rows.flatMap(({ days, times }) => times.map((time) => ({ days, ...time })))

const dayMinutes = 1_440
const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
const two = (number: number): string => String(number).padStart(2, '0')
const timeOf = (minutes: number): string => `${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}`

/** The last of these times with an hour of rest about its middle; null where it is too short for one. */
export function withBreak(times: readonly Times[]): Times[] | null {
  const last = times.at(-1)
  if (!last) return null
  const from = minutesOf(last.from)
  const length = (minutesOf(last.to) - from + dayMinutes) % dayMinutes || dayMinutes
  if (length < 120) return null
  const rest = from + Math.floor((length - 60) / 60) * 30
  return [
    ...times.slice(0, -1),
    { from: last.from, to: timeOf(rest) },
    { from: timeOf(rest + 60), to: last.to },
  ]
}

const everyDay: Shift['days'] = [1, 2, 3, 4, 5, 6, 7]
const office: Shift['days'] = [1, 2, 3, 4, 5]

/** For the days that have no hours yet; for working days where all or none have. */
export function freshRow(rows: readonly WeekRow[]): WeekRow {
  const left = everyDay.filter((day) => !rows.some(({ days }) => days.includes(day)))
  const some = left.length > 0 && left.length < everyDay.length
  return { days: some ? left : office, times: [{ from: '09:00', to: '17:00' }] }
}

/** The days of a week that begins with this one. */
export const daysFrom = (first: number): Shift['days'] => [
  ...everyDay.filter((day) => day >= first),
  ...everyDay.filter((day) => day < first),
]
