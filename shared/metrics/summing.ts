import type { Stretch } from './clocks.ts'
import type { Episode, Turn } from './ledger.ts'
import type { About, Question } from './question.ts'

/**
 * A report that can be made of parts: what it has taken within one stretch of time and what another has taken within
 * the next come to what one would have taken within both.
 */
export interface Summing<Self> {
  /** Only what lies within it counts from now on. */
  look(within: Stretch): void
  turn(turn: Turn): void
  episode(episode: Episode, about: About): void
  /** All that another of the same question has taken. */
  add(other: Self): void
  /** It is to be kept and only added to others: leaves no room for more, and lets go of the question. */
  trim(): void
  readonly bytes: number
}

/** Nothing that is measured of it depends on what comes after that moment. */
export const isSettledTurn = ({ end }: Turn, by: number): boolean => end.by !== 'nothing' && end.at <= by

export const isSettledEpisode = ({ closedAt, leftAt, agents }: Episode, by: number): boolean =>
  closedAt !== null && closedAt <= by && leftAt === null && agents.every(({ to }) => to !== null)

/** Of a report that is not trimmed yet. */
export function stillAsked(question: Question | null): Question {
  if (!question) throw new Error('A sum that is kept takes nothing more.')
  return question
}
