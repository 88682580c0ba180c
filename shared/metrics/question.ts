import { offsetAt, weekdayOf } from '../calendar/zone.ts'
import { day } from '../limits.ts'
import type { Aiming } from './aiming.ts'
import type { Clock } from './clocks.ts'

/** What a report is asked: which time, by which clock, as things stand when. */
export interface Question {
  /** Inclusive, ms. */
  from: number
  /** Exclusive, ms. */
  to: number
  now: number
  /** Days and hours are those of this place. */
  timeZone: string
  clock: Clock
  aiming: Aiming
}

/** What is known of how an episode began; null where it was not noted. */
export interface About {
  language: string | null
  page: string | null
  proactive: boolean | null
}

export const within = ({ from, to }: Pick<Question, 'from' | 'to'>, at: number | null): at is number =>
  at !== null && at >= from && at < to

/** The days and hours of a period by the clock of its place. */
export interface LocalTime {
  /** Days that the period touches. */
  days: number
  /** `YYYY-MM-DD`, from 0. */
  nameOf(day: number): string
  /** Which day of the period, and which hour of the week: from Monday 00:00, 0, to Sunday 23:00. */
  at(at: number): { day: number; hourOfWeek: number }
}

export const hoursOfWeek = 168
const hour = day / 24
/** Nowhere are clocks changed at other moments than these. */
const step = hour / 4

export function localTime({ from, to, timeZone }: Pick<Question, 'from' | 'to' | 'timeZone'>): LocalTime {
  const offsets = new Map<number, number>()
  const localOf = (at: number): number => {
    const key = Math.floor(at / step)
    let offset = offsets.get(key)
    if (offset === undefined) {
      offset = offsetAt(timeZone, at)
      offsets.set(key, offset)
    }
    return at + offset
  }
  const dayAt = (local: number): number => Math.floor(local / day)
  const first = dayAt(localOf(from))
  return {
    days: to > from ? dayAt(localOf(to - 1)) - first + 1 : 0,
    nameOf: (index) => new Date((first + index) * day).toISOString().slice(0, 10),
    at(at) {
      const local = localOf(at)
      const today = dayAt(local)
      const hourOfWeek = (weekdayOf(today) - 1) * 24 + Math.floor((local - today * day) / hour)
      return { day: today - first, hourOfWeek }
    },
  }
}

/** @returns days from Monday, 1, to Sunday, 7 */
export const weekHour = (index: number): { weekday: number; hour: number } => ({
  weekday: Math.floor(index / 24) + 1,
  hour: index % 24,
})
