import type { LookUps } from '../engine.ts'
import { foldNumbers } from './fold.ts'
import { dayOf, type Facts, joined, momentsOf, unpacked, without } from './part.ts'

interface Span {
  from: number
  to: number
}

/** Days read at a time, so that other reads get their turn in between. */
const daysAtOnce = 31

/**
 * The turns that opened within the span, and the episodes that began, were first written in or were closed within it, as the entries have it
 * now: what is not packed yet is folded.
 */
export async function readFacts(queries: LookUps, span: Span): Promise<Facts> {
  // First: who is packed meanwhile is then in both, and the part gives way.
  const numbers = await changedWithin(queries, span)
  const fresh = joined(await foldNumbers(queries, numbers))
  const changed = new Set(numbers)
  const facts: Facts = {
    turns: fresh.turns.filter(({ openedAt }) => within(span, openedAt)),
    episodes: fresh.episodes.filter((episode) => firstWithin(span, episode) !== undefined),
  }
  for (let day = dayOf(span.from); day <= dayOf(span.to - 1); day += daysAtOnce)
    for (const part of await partsOf(queries, day, Math.min(day + daysAtOnce - 1, dayOf(span.to - 1))))
      take(facts, without(unpacked(part.body), changed), { span, day: part.day })
  return facts
}

/** A conversation to which nothing was added within the span, or after it, has nothing new to say of it. */
async function changedWithin(queries: LookUps, { from, to }: Span): Promise<number[]> {
  const rows = await queries.all<{ number: number }>(
    `SELECT number FROM conversations JOIN ledger_changes ON conversation = number
     WHERE changed_at >= ? AND started_at < ?`,
    [from, to],
  )
  return rows.map(({ number }) => number)
}

const partsOf = (queries: LookUps, first: number, last: number) =>
  queries.all<{ day: number; body: string }>(
    'SELECT day, body FROM ledger_parts WHERE day >= ? AND day <= ? ORDER BY day, block',
    [first, last],
  )

/** An episode that stands with several days is taken from the first that is asked for. */
function take(facts: Facts, part: Facts, { span, day }: { span: Span; day: number }): void {
  for (const turn of part.turns) if (within(span, turn.openedAt)) facts.turns.push(turn)
  for (const episode of part.episodes) {
    const at = firstWithin(span, episode)
    if (at !== undefined && dayOf(at) === day) facts.episodes.push(episode)
  }
}

const firstWithin = (span: Span, episode: Facts['episodes'][number]): number | undefined =>
  momentsOf(episode).find((at) => within(span, at))

const within = ({ from, to }: Span, at: number): boolean => at >= from && at < to
