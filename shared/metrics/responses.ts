import { type Summary, summarise } from './statistics.ts'
import type { Turn } from './turns.ts'

export interface ResponseMeasure extends Summary {
  /** Of `n`, those nobody answered: their wait so far counts as "at least". */
  censored: number
  /**
   * Share answered within the target, of the turns that are decided: who still waits and may yet be
   * answered in time is not counted. Null when there is none.
   */
  withinTarget: number | null
}

export interface ResponseReport {
  measures: Record<'firstResponse.customer' | 'firstResponse.human' | 'response', ResponseMeasure>
  unit: 'ms'
  /** Turns by length of wait; `upTo` null for those longer than all bounds. */
  distribution: { upTo: number | null; n: number }[]
}

const minute = 60_000
const bounds = [minute, 5 * minute, 60 * minute, 24 * 60 * minute]

/** Length of the wait in ms; for an unanswered turn what it has come to by `now`. */
export const waited = (turn: Turn, now: number): number =>
  Math.max(0, (turn.end.by === 'nothing' ? now : turn.end.at) - turn.openedAt)

export const answered = (turn: Turn): boolean => turn.end.by === 'reply'

/**
 * The response measures of a set of turns.
 * @param target in ms
 */
export function responseReport(turns: readonly Turn[], target: number, now: number): ResponseReport {
  const first = measure(
    turns.filter((turn) => turn.first),
    target,
    now,
  )
  return {
    measures: {
      'firstResponse.customer': first,
      // Equal until a bot can answer first: no entry hands over yet.
      'firstResponse.human': first,
      response: measure(turns, target, now),
    },
    unit: 'ms',
    distribution: distribute(turns, now),
  }
}

function measure(turns: readonly Turn[], target: number, now: number): ResponseMeasure {
  const decided = turns.filter((turn) => turn.end.by !== 'nothing' || waited(turn, now) > target)
  const within = decided.filter((turn) => answered(turn) && waited(turn, now) <= target).length
  return {
    ...summarise(turns.map((turn) => waited(turn, now))),
    censored: turns.filter((turn) => !answered(turn)).length,
    withinTarget: decided.length === 0 ? null : within / decided.length,
  }
}

function distribute(turns: readonly Turn[], now: number): ResponseReport['distribution'] {
  const waits = turns.map((turn) => waited(turn, now))
  const uppers = [...bounds, Number.POSITIVE_INFINITY]
  return uppers.map((upTo, i) => ({
    upTo: Number.isFinite(upTo) ? upTo : null,
    n: waits.filter((wait) => wait <= upTo && (i === 0 || wait > (uppers[i - 1] ?? 0))).length,
  }))
}
