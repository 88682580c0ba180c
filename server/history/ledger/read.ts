import type { Narrowing } from '../../../shared/metrics/asked.ts'
import type { LookUps } from '../engine.ts'
import type { Attendance } from './attendance.ts'
import { foldNumbers } from './fold.ts'
import { narrowing } from './narrow.ts'
import { dayOf, momentsOf } from './part.ts'
import { episodeShape, type StoredEpisode, type StoredTurn, turnShape } from './shapes.ts'
import type { Sheet } from './sheet-reader.ts'
import type { Shelf } from './shelf.ts'

export interface Span {
  from: number
  to: number
}

/** Where the facts are read. */
export interface Ledger {
  queries: LookUps
  shelf: Shelf
  attendance: Attendance
}

/** Is told of each fact; what it is told lives only as long as it is told (`kept`). */
export interface Listener {
  turn?(turn: StoredTurn): void
  episode?(episode: StoredEpisode): void
}

/** Days read at a time, so that other reads get their turn in between. */
export const daysAtOnce = 31

/**
 * Goes through the turns that opened within the span, and the episodes that began, were first written in or were closed
 * within it, as the entries have it now: what is not packed yet is folded.
 */
export async function eachFact(
  { queries, shelf }: Pick<Ledger, 'queries' | 'shelf'>,
  { from, to, of }: Span & { of: Narrowing },
  listener: Listener,
): Promise<void> {
  const span = { from, to }
  const filter = filtering(span, narrowing(of), listener)
  const changed = await eachUnpacked(queries, span, filter)
  const last = dayOf(to - 1)
  for (let day = dayOf(from); day <= last; day += daysAtOnce)
    for (const part of await shelf.read(day, Math.min(day + daysAtOnce - 1, last)))
      visit(part.sheet, { filter, changed, day: part.day, listener })
}

/** Answers of which conversations: before the parts are read, so that who is packed meanwhile is in both, and these give way. */
export async function eachUnpacked(
  queries: LookUps,
  span: Span,
  filter: Filter,
): Promise<ReadonlySet<number>> {
  const numbers = await changedWithin(queries, span)
  for (const { turns, episodes } of await foldNumbers(queries, numbers)) {
    for (const turn of turns) filter.turn(turn)
    for (const episode of episodes) filter.episode(episode)
  }
  return new Set(numbers)
}

interface Visiting {
  filter: Filter
  changed: ReadonlySet<number>
  /** Left out where an episode is to be told for each day it stands with. */
  day?: number
  listener: Listener
}

export function visit(sheet: Sheet, { filter, changed, day, listener }: Visiting): void {
  const isOld = ({ number }: { number: number }): boolean => changed.size > 0 && changed.has(number)
  if (listener.turn)
    sheet.each<StoredTurn>('turns', turnShape, (turn) => {
      if (!isOld(turn)) filter.turn(turn)
    })
  if (listener.episode)
    sheet.each<StoredEpisode>('episodes', episodeShape, (episode) => {
      if (!isOld(episode)) filter.episode(episode, day)
    })
}

export interface Filter {
  turn(turn: StoredTurn): void
  /** An episode that stands with several days is taken from the first that is asked for. */
  episode(episode: StoredEpisode, day?: number): void
}

export function filtering(span: Span, wanted: ReturnType<typeof narrowing>, listener: Listener): Filter {
  const isWithin = (at: number): boolean => at >= span.from && at < span.to
  return {
    turn(turn) {
      if (isWithin(turn.openedAt) && wanted.turn(turn)) listener.turn?.(turn)
    },
    episode(episode, day) {
      const at = momentsOf(episode).find(isWithin)
      if (at === undefined || (day !== undefined && dayOf(at) !== day)) return
      if (wanted.episode(episode)) listener.episode?.(episode)
    },
  }
}

/** A conversation to which nothing was added within the span, or after it, has nothing new to say of it. */
async function changedWithin(queries: LookUps, { from, to }: Span): Promise<number[]> {
  // Few have changed: SQLite goes through the first of a cross join, and would go through all of the period else.
  const rows = await queries.all<{ number: number }>(
    `SELECT number FROM ledger_changes CROSS JOIN conversations
     WHERE number = conversation AND changed_at >= ? AND started_at < ?`,
    [from, to],
  )
  return rows.map(({ number }) => number)
}
