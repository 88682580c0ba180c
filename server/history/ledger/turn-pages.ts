import type { Turn } from '../../../shared/metrics/ledger.ts'
import type { Part } from '../figures.ts'
import type { Page } from '../history.ts'

/** Where a turn stands in the list; what is no turn stands there by numbers of its own. */
export type Place = Pick<Turn, 'openedAt' | 'openedSeq'> & { conversationId: string }

/** The last place of a part, and how many there were in all when the first part was asked for. */
export type Mark = Place & { total: number }

/** One conversation may have several turns, and two turns may have begun in the same ms. */
const latestFirst = (a: Place, b: Place): number =>
  b.openedAt - a.openedAt || b.openedSeq - a.openedSeq || byId(b.conversationId, a.conversationId)

const byId = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1)

const cursorOf = ({ openedAt, openedSeq, conversationId }: Place, total: number): string =>
  `${openedAt}.${openedSeq}.${conversationId}.${total}`

export function markOf({ cursor }: Part): Mark | null {
  if (cursor === undefined) return null
  const [openedAt, openedSeq, conversationId = '', total = 0] = cursor.split('.')
  return {
    ...{ openedAt: Number(openedAt), openedSeq: Number(openedSeq), conversationId },
    total: Number(total),
  }
}

/** Whether a turn comes after the mark, be that turn still there or not. */
export const isAfter = (mark: Mark | null, turn: Place): boolean =>
  mark === null || turn.openedAt < mark.openedAt || latestFirst(mark, turn) < 0

/** What comes after the mark. */
export function pageOf<T extends Place>(turns: readonly T[], part: Part): Page<T> & { total: number } {
  const mark = markOf(part)
  const rest = mark ? turns.filter((turn) => isAfter(mark, turn)) : turns
  // Sorted by a number first: to look up a field of a hundred thousand views again and again takes its time.
  const times = Float64Array.from(rest, ({ openedAt }) => openedAt)
  const boundary =
    times
      .slice()
      .sort()
      .at(-part.limit - 1) ?? Number.NEGATIVE_INFINITY
  // Those that may be within the page, whole moments of them.
  const near = rest.filter((_, i) => (times[i] ?? 0) >= boundary).sort(latestFirst)
  const items = near.slice(0, part.limit)
  const last = items.at(-1)
  const total = mark?.total ?? turns.length
  return { items, nextCursor: last && near.length > part.limit ? cursorOf(last, total) : null, total }
}
