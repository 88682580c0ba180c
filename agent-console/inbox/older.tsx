import { useEffect, useRef, useState } from 'preact/hooks'
import { limits } from '../../shared/limits.ts'
import { useTargetHouse } from '../due/target-house.tsx'
import { useDesk, useDeskState } from '../ui/context.tsx'
import type { Filter, Order } from './order.ts'

export interface Older {
  loading: boolean
  failed: boolean
  /** There is a further page; null before the first was asked for. */
  more: boolean | null
  load(): void
}

interface Wanted {
  filter: Filter
  tag: string | null
  order: Order
}

const closedAtOnce = 50
const unasked = { loading: false, failed: false, more: null }

/**
 * Fetches what the live list does not carry: closed conversations, and open ones beyond its length. Of a label, and
 * in the order of time at risk, the first page is asked for at once: any of them may lie beyond.
 */
export function useOlder({ filter, tag, order }: Wanted): Older {
  const desk = useDesk()
  const ready = useDeskState((state) => state.ready)
  const moreOpen = useDeskState((state) => state.moreOpen)
  const forgotten = useDeskState((state) => state.forgotten)
  const house = useTargetHouse()
  // Other targets put others in front, of whom some may lie beyond.
  const orderedBy = order === 'risk' && moreOpen ? house : null
  const [state, setState] = useState<Omit<Older, 'load'>>(unasked)
  const cursor = useRef<string | null>(null)
  /** Counts what was asked for, so that an answer to something else than now is not taken for it. */
  const round = useRef(0)
  const closed = filter === 'closed'
  const isOwnList = closed || tag !== null || (order === 'risk' && moreOpen)

  const load = async () => {
    const asked = round.current
    setState((held) => ({ ...held, loading: true, failed: false }))
    const query = closed
      ? { status: 'closed', order: 'recent', limit: closedAtOnce }
      : { status: 'open', order, limit: limits.conversationsInSnapshot }
    const first = isOwnList && cursor.current === null
    const page = { ...query, tag, cursor: cursor.current }
    const answer = await (first ? desk.olderRows(page) : desk.newOlderRows(page))
    if (asked !== round.current) return
    if (answer.ok) cursor.current = answer.value
    const more = answer.ok ? answer.value !== null : null
    setState({ loading: false, failed: !answer.ok, more })
  }
  useEffect(() => {
    round.current++
    cursor.current = null
    setState(unasked)
    if (isOwnList && ready) void load()
  }, [closed, isOwnList, tag, order, ready, forgotten, orderedBy])
  return { ...state, load: () => void load() }
}
