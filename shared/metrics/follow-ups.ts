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

/** What the report has figures of; `decided` are those of which it is known whether they were in time. */
export const followUpFigures = ['opened', 'done', 'overdue', 'inTime', 'decided'] as const
export type FollowUpFigure = (typeof followUpFigures)[number]

/** Which of those behind a figure are to be looked at; null for those of which nobody has said. */
export interface FollowUpsWanted {
  figure: FollowUpFigure
  cause?: string | null
  category?: string | null
}

/** @property within the house's time, ms */
export interface Measure {
  within: number
  now: number
}

const tookAtMost = ({ openedAt, doneAt }: FollowUp, { within, now }: Measure): boolean =>
  (doneAt ?? now) - openedAt <= within

const counts: Record<FollowUpFigure, (one: FollowUp, measure: Measure) => boolean> = {
  opened: () => true,
  done: ({ doneAt }) => doneAt !== null,
  overdue: ({ doneAt, dueAt }, { now }) => doneAt === null && dueAt < now,
  inTime: (one, measure) => one.doneAt !== null && tookAtMost(one, measure),
  decided: (one, measure) => one.doneAt !== null || !tookAtMost(one, measure),
}

export function followUpReport(all: readonly FollowUp[], measure: Measure): FollowUpReport {
  const count = (figure: FollowUpFigure) => all.filter((one) => counts[figure](one, measure)).length
  const [inTime, decided] = [count('inTime'), count('decided')]
  return {
    ...{ opened: all.length, done: count('done'), overdue: count('overdue') },
    inTime: { n: inTime, of: decided, ...shareOf(inTime, decided) },
    causes: recurring(all.map(({ cause }) => cause)),
    categories: recurring(all.map(({ category }) => category)),
  }
}

function recurring(keys: readonly (string | null)[]): Recurring[] {
  const found = new Map<string | null, number>()
  for (const key of keys) found.set(key, (found.get(key) ?? 0) + 1)
  return [...found]
    .map(([key, n]) => ({ key, n }))
    .sort((a, b) => b.n - a.n || Number(`${a.key}` > `${b.key}`) - 0.5)
}

/** Those that a figure counts, the latest first. */
export const followUpsBehind = (
  all: readonly FollowUp[],
  { figure, cause, category }: FollowUpsWanted,
  measure: Measure,
): FollowUp[] =>
  all
    .filter(
      (one) =>
        counts[figure](one, measure) &&
        (cause === undefined || one.cause === cause) &&
        (category === undefined || one.category === category),
    )
    .sort((a, b) => b.openedAt - a.openedAt || (a.id < b.id ? 1 : -1))
