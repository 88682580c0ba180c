import type { FollowUp } from '../follow-up.ts'
import { type Share, shareOf } from './surveys.ts'

/** What was opened in a period to be made right, as it stands. */
export interface FollowUpReport {
  opened: number
  done: number
  /** Not done, and their time is over. */
  overdue: number
  /** Done within the house's time, of the `of` whose time is over or that are done. */
  inTime: Share & { n: number; of: number }
  /** The most frequent first; null where nobody has said. */
  causes: Recurring[]
  categories: Recurring[]
}

export interface Recurring {
  key: string | null
  n: number
}

/** @param within the house's time, ms */
export function followUpReport(all: readonly FollowUp[], within: number, now: number): FollowUpReport {
  const took = ({ openedAt, doneAt }: FollowUp): number => (doneAt ?? now) - openedAt
  const decided = all.filter((one) => one.doneAt !== null || took(one) > within)
  const inTime = decided.filter((one) => one.doneAt !== null && took(one) <= within).length
  return {
    opened: all.length,
    done: all.filter(({ doneAt }) => doneAt !== null).length,
    overdue: all.filter(({ doneAt, dueAt }) => doneAt === null && dueAt < now).length,
    inTime: { n: inTime, of: decided.length, ...shareOf(inTime, decided.length) },
    causes: recurring(all.map(({ cause }) => cause)),
    categories: recurring(all.map(({ category }) => category)),
  }
}

function recurring(keys: readonly (string | null)[]): Recurring[] {
  const counts = new Map<string | null, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return [...counts]
    .map(([key, n]) => ({ key, n }))
    .sort((a, b) => b.n - a.n || Number(`${a.key}` > `${b.key}`) - 0.5)
}
