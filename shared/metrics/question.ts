import { offsetAt, weekdayOf } from '../calendar/zone.ts'
import type { AgentId } from '../ids.ts'
import { day } from '../limits.ts'
import type { Clock } from './clocks.ts'
import type { LengthId } from './definitions.ts'

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
  /** ms on the clock; null for none. */
  target(id: LengthId): number | null
  teamOf(agentId: AgentId): string | null
}

/** What is known of how an episode began; null where it was not noted. */
export interface About {
  language: string | null
  page: string | null
  proactive: boolean | null
}

export const within = ({ from, to }: Question, at: number | null): at is number =>
  at !== null && at >= from && at < to

/** The days of a period by the calendar of its place. */
export interface Days {
  count: number
  /** From 0. */
  indexOf(at: number): number
  /** `YYYY-MM-DD` */
  nameOf(index: number): string
}

export function daysOf({ from, to, timeZone }: Question): Days {
  const dayAt = (at: number): number => Math.floor((at + offsetAt(timeZone, at)) / day)
  const first = dayAt(from)
  return {
    count: to > from ? dayAt(to - 1) - first + 1 : 0,
    indexOf: (at) => dayAt(at) - first,
    nameOf: (index) => new Date((first + index) * day).toISOString().slice(0, 10),
  }
}

export const hoursOfWeek = 168
const hour = day / 24

/** From Monday 00:00, 0, to Sunday 23:00, by the clock of the place. */
export function hourOfWeek(timeZone: string, at: number): number {
  const local = at + offsetAt(timeZone, at)
  const today = Math.floor(local / day)
  return (weekdayOf(today) - 1) * 24 + Math.floor((local - today * day) / hour)
}

/** @returns days from Monday, 1, to Sunday, 7 */
export const weekHour = (index: number): { weekday: number; hour: number } => ({
  weekday: Math.floor(index / 24) + 1,
  hour: index % 24,
})
