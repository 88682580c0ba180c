import * as v from 'valibot'
import { type VisitorId, VisitorId as VisitorIdSchema } from '../../../shared/ids.ts'
import type { SampleVisit } from '../../../shared/triggers/past/back-test.ts'
import type { Replaying } from '../../../shared/triggers/past/replay.ts'
import { Tally } from '../../../shared/triggers/past/tally.ts'
import type { Page } from '../../history/history.ts'
import type { PastHistory, PastPeriod } from '../../history/past.ts'
import { type Pace, Slices } from '../slices.ts'
import { inPieces, replayOne, type Viewer, viewersOf } from './past-replay.ts'
import type { ListedOutcome } from './trial.ts'

/** Gone through for one answer at most: whoever asks goes on from where it ended. */
export const viewsAtOnce = 50_000

/**
 * Where a list goes on: with this visitor, of whose visits so many were told. The period is part of it, so that no
 * part of a list shifts while it is read.
 */
export interface Place {
  from: number
  to: number
  lastAt: number
  id: VisitorId
  told: number
}

export function placeIn(cursor: string): Place | null {
  const [from, to, lastAt, id, told] = cursor.split('.')
  const numbers = [from, to, lastAt, told].map(Number)
  const [first = Number.NaN, end = Number.NaN, last = Number.NaN, so = Number.NaN] = numbers
  const who = v.safeParse(VisitorIdSchema, id)
  if (!who.success || !numbers.every(Number.isSafeInteger)) return null
  return { from: first, to: end, lastAt: last, id: who.output, told: so }
}

const cursorOf = ({ from, to, lastAt, id, told }: Place): string => [from, to, lastAt, id, told].join('.')

export interface Listing {
  history: PastHistory
  pace: Pace
  given: Replaying
  period: PastPeriod
  outcome: ListedOutcome
  place: Place | null
  limit: number
  /** Gone through for this part. */
  most: number
  signal: AbortSignal
}

/**
 * The visits of one outcome, whoever was there last first, and of each visitor the latest visit first. Nothing is
 * kept between two answers: each goes through the visitors from its place on. Null when nobody waits for it any more.
 */
export async function listVisits(listing: Listing): Promise<Page<SampleVisit> | null> {
  const { history, period, place, limit, most, signal } = listing
  const { people } = await viewersOf(history, period, signal)
  const rest = people.sort(lastFirst).filter((one) => !place || lastFirst(place, one) <= 0)
  const finding = new Finding(listing)
  const items: SampleVisit[] = []
  let left = most
  for (const piece of inPieces(rest))
    for await (const { viewer, found } of finding.of(piece)) {
      let told = viewer.id === place?.id ? place.told : 0
      for (const visit of found.slice(told)) {
        if (items.length === limit) return { items, nextCursor: cursorAt(period, viewer, told) }
        items.push(visit)
        told++
      }
      left -= viewer.views
      if (left <= 0 && viewer !== rest.at(-1))
        return { items, nextCursor: cursorAt(period, viewer, found.length) }
    }
  return signal.aborted ? null : { items, nextCursor: null }
}

const cursorAt = ({ from, to }: PastPeriod, { id, lastAt }: Viewer, told: number): string =>
  cursorOf({ from, to, lastAt, id, told })

type Seen = Pick<Viewer, 'id' | 'lastAt'>

const lastFirst = (a: Seen, b: Seen): number =>
  b.lastAt - a.lastAt || (a.id === b.id ? 0 : a.id < b.id ? 1 : -1)

/** What the visits of visitors came to, each with the visits that are asked for. */
class Finding {
  private found: SampleVisit[] = []
  private readonly tally: Tally
  private readonly slices: Slices

  constructor(private readonly listing: Listing) {
    const { given, outcome, pace } = listing
    this.slices = new Slices(pace)
    this.tally = new Tally(given, 'UTC', (visit) => {
      if (visit.outcome === outcome) this.found.push(visit)
    })
  }

  async *of(piece: readonly Viewer[]): AsyncGenerator<{ viewer: Viewer; found: SampleVisit[] }> {
    const { history, period, given, signal } = this.listing
    const read = await history.of(
      period,
      piece.map(({ id }) => id),
    )
    const pasts = new Map(read.map((past) => [past.visitorId, past]))
    for (const viewer of piece) {
      this.found = []
      const past = pasts.get(viewer.id)
      const { tally, slices } = this
      if (past && !(await replayOne(past, { given, tally, slices, signal }))) return
      if (signal.aborted) return
      yield { viewer, found: this.found.reverse() }
    }
  }
}
