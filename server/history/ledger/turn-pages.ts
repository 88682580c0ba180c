import type { Turn } from '../../../shared/metrics/ledger.ts'
import type { Part } from '../figures.ts'
import type { Page } from '../history.ts'

/** Where a turn stands in the list; what is no turn stands there by numbers of its own. */
export type Place = Pick<Turn, 'openedAt' | 'openedSeq'> & { conversationId: string }

/** One conversation may have several turns, and two turns may have begun in the same ms. */
const latestFirst = (a: Place, b: Place): number =>
  b.openedAt - a.openedAt || b.openedSeq - a.openedSeq || byId(b.conversationId, a.conversationId)

const byId = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1)

const markOf = ({ openedAt, openedSeq, conversationId }: Place): string =>
  `${openedAt}.${openedSeq}.${conversationId}`

function placeOf(mark: string): Place {
  const [openedAt, openedSeq, conversationId = ''] = mark.split('.')
  return { openedAt: Number(openedAt), openedSeq: Number(openedSeq), conversationId }
}

/** What comes after the marked place, whether or not that turn is still there. */
export function pageOf<T extends Place>(turns: readonly T[], { limit, cursor }: Part): Page<T> {
  const place = cursor === undefined ? null : placeOf(cursor)
  // Sorted by a number first: to look up a field of a hundred thousand views again and again takes its time.
  const times = Float64Array.from(turns, ({ openedAt }) => openedAt)
  const order = turns.map((_, i) => i).filter((i) => !place || (times[i] ?? 0) <= place.openedAt)
  order.sort((a, b) => (times[b] ?? 0) - (times[a] ?? 0))
  const same = order.filter((i) => times[i] === place?.openedAt).length
  const boundary = times[order[limit + same] ?? -1] ?? Number.NEGATIVE_INFINITY
  // Those that may be within the page, whole moments of them.
  const near = order.flatMap((i) => (inReach(i) ? (turns[i] ?? []) : [])).sort(latestFirst)
  const rest = place ? near.filter((turn) => latestFirst(place, turn) < 0) : near
  const items = rest.slice(0, limit)
  const last = items.at(-1)
  return { items, nextCursor: last && rest.length > limit ? markOf(last) : null }

  function inReach(i: number): boolean {
    const at = times[i] ?? 0
    return at >= boundary || at === place?.openedAt
  }
}
