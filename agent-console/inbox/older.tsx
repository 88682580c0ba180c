import { useEffect, useRef, useState } from 'preact/hooks'
import { limits } from '../../shared/limits.ts'
import { useDesk, useDeskState } from '../ui/context.tsx'
import type { Filter, Order } from './order.ts'

export interface Older {
  loading: boolean
  failed: boolean
  /** There is a further page; null before the first was asked for. */
  more: boolean | null
  load(): void
}

const closedAtOnce = 50
const unasked = { loading: false, failed: false, more: null }

/** Fetches what the live list does not carry: closed conversations, and open ones beyond its length. */
export function useOlder(filter: Filter, order: Order): Older {
  const desk = useDesk()
  const ready = useDeskState((state) => state.ready)
  const moreOpen = useDeskState((state) => state.moreOpen)
  const forgotten = useDeskState((state) => state.forgotten)
  const [state, setState] = useState<Omit<Older, 'load'>>(unasked)
  const cursor = useRef<string | null>(null)
  const closed = filter === 'closed'
  // Whose time is up first may stand beyond what the snapshot brought.
  const isAtRisk = !closed && order === 'risk' && moreOpen

  const load = async () => {
    setState((held) => ({ ...held, loading: true, failed: false }))
    const query = closed
      ? { status: 'closed', order: 'recent', limit: closedAtOnce }
      : { status: 'open', order, limit: limits.conversationsInSnapshot }
    const first = closed && cursor.current === null
    const page = { ...query, cursor: cursor.current }
    const answer = await (first ? desk.olderRows(page) : desk.newOlderRows(page))
    if (answer.ok) cursor.current = answer.value
    const more = answer.ok ? answer.value !== null : null
    setState({ loading: false, failed: !answer.ok, more })
  }
  useEffect(() => {
    cursor.current = null
    setState(unasked)
    if ((closed || isAtRisk) && ready) void load()
  }, [closed, isAtRisk, order, ready, forgotten])
  return { ...state, load: () => void load() }
}
