import { offsetAt } from '../../shared/calendar/zone.ts'
import type { StaffedHour } from '../../shared/metrics/staffing.ts'

const hour = 3_600_000

export interface TypicalHour {
  hour: number
  waiting: number
  online: number
}

/** The mean of each hour of the day over all days; hours that were not are left out. */
export function typicalDay(hours: readonly StaffedHour[], zone: string): TypicalHour[] {
  const sums = Array.from({ length: 24 }, (_, one) => ({ hour: one, days: 0, waiting: 0, online: 0 }))
  for (const { at, waiting, online } of hours) {
    const sum = sums[new Date(at + offsetAt(zone, at)).getUTCHours()]
    if (!sum) continue
    sum.days++
    sum.waiting += waiting.mean
    sum.online += online.mean
  }
  return sums.flatMap(({ days, ...sum }) =>
    days === 0 ? [] : [{ hour: sum.hour, waiting: sum.waiting / days, online: sum.online / days }],
  )
}

/** Where more waited at once than were there, most for each of them first. */
export const shortHours = (hours: readonly StaffedHour[], atMost: number): StaffedHour[] =>
  hours
    .filter(({ waiting, online }) => waiting.max > 0 && waiting.mean > online.mean)
    .sort((a, b) => b.waiting.mean - b.online.mean - (a.waiting.mean - a.online.mean) || a.at - b.at)
    .slice(0, atMost)

export const hourSpan = (at: number): { from: number; to: number } => ({ from: at, to: at + hour })

/** What an hour is called in an address. */
export const hourOf = (at: number, zone: string): { day: string; hour: string } => {
  const local = new Date(at + offsetAt(zone, at))
  return { day: local.toISOString().slice(0, 10), hour: `${local.getUTCHours()}` }
}
