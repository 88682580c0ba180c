import type { VisitorId } from '../../../shared/ids.ts'
import { day } from '../../../shared/limits.ts'
import type { Assumed } from '../../../shared/triggers/past/past-facts.ts'
import type { Past } from '../../../shared/triggers/past/recorded.ts'
import { type Replaying, replay } from '../../../shared/triggers/past/replay.ts'
import type { Tally } from '../../../shared/triggers/past/tally.ts'
import type { PastHistory, PastPeriod } from '../../history/past.ts'
import type { Slices } from '../slices.ts'
import type { BackTestAsked } from './trial.ts'

/** Somebody of whom a period holds views, and when the last of them began. */
export interface Viewer {
  id: VisitorId
  views: number
  lastAt: number
}

const usualDays = 30
/** Views gone through at most: the latest of the period. */
export const mostViews = 500_000
/** Nobody looks at so many pages. */
const viewsOfProgram = 2_000
/** Read at a time: an answer that is taken apart in a moment. */
const viewersRead = 5_000
const viewsRead = 400

export function periodOf({ rule, from, to }: BackTestAsked, now: number): PastPeriod {
  const end = to ?? now
  return { siteId: rule.siteId, from: from ?? end - usualDays * day, to: end }
}

/** That somebody was there is assumed unless it is said otherwise: else hardly any rule would have spoken. */
export const assumedIn = ({ assume = {} }: BackTestAsked): Assumed => {
  const { somebodyCanAnswer = true, ...rest } = assume
  return { ...rest, ...(somebodyCanAnswer === 'unknown' ? {} : { somebodyCanAnswer }) }
}

/** Who looked at pages in the period; `leftOut`: so many that they are taken for programs. */
export async function viewersOf(
  history: PastHistory,
  period: PastPeriod,
  signal: AbortSignal,
): Promise<{ people: Viewer[]; leftOut: number }> {
  const all = new Map<VisitorId, Viewer>()
  for (let from: number | null = period.from; from !== null && !signal.aborted; ) {
    const read: Awaited<ReturnType<PastHistory['viewers']>> = await history.viewers(
      { ...period, from },
      viewersRead,
    )
    for (const [id, views, lastAt] of read.viewers)
      all.set(id, { id, views: (all.get(id)?.views ?? 0) + views, lastAt })
    from = read.next
  }
  const people = [...all.values()].filter(({ views }) => views <= viewsOfProgram)
  return { people, leftOut: all.size - people.length }
}

/** So many of them together that their views are read in a moment. */
export function inPieces(people: readonly Viewer[]): Viewer[][] {
  const pieces: Viewer[][] = []
  let room = 0
  for (const one of people) {
    if (room <= 0) {
      pieces.push([])
      room = viewsRead
    }
    pieces.at(-1)?.push(one)
    room -= one.views
  }
  return pieces
}

export interface Replay {
  given: Replaying
  tally: Tally
  slices: Slices
  signal: AbortSignal
}

/** All that one visitor did, into the tally. False when nobody waits for it any more. */
export async function replayOne(past: Past, { given, tally, signal, slices }: Replay): Promise<boolean> {
  if (past.visits.length === 0) return true
  tally.begin(past)
  for (const step of replay(past, given)) {
    tally.step(step, past)
    const breath = slices.breath()
    if (!breath) continue
    await breath
    if (signal.aborted) return false
  }
  tally.end(past)
  const breath = slices.breath()
  if (breath) await breath
  return true
}
