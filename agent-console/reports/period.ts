import { day } from '../../shared/limits.ts'

export type Choice = 'today' | 'week' | 'month' | 'custom'

/** A stretch of whole days in UTC, as reports count them. `from` inclusive, `to` exclusive, ms. */
export interface Period {
  from: number
  to: number
}

const dayStart = (at: number): number => Math.floor(at / day) * day

/** The period of a choice, today included. */
export function periodOf(choice: Exclude<Choice, 'custom'>, now: number): Period {
  const to = dayStart(now) + day
  const days = { today: 1, week: 7, month: 30 }[choice]
  return { from: to - days * day, to }
}

/** The period between two dates of date fields, both included; null when they make none. */
export function periodBetween(first: string, last: string): Period | null {
  const from = Date.parse(`${first}T00:00:00Z`)
  const to = Date.parse(`${last}T00:00:00Z`) + day
  return Number.isFinite(from) && Number.isFinite(to) && from < to ? { from, to } : null
}

/** The date of a date field. */
export const isoDay = (at: number): string => new Date(at).toISOString().slice(0, 10)
