import { useEffect, useRef, useState } from 'preact/hooks'
import { useDesk, useDeskState } from '../ui/context.tsx'
import type { Filter } from './order.ts'

export interface Older {
  loading: boolean
  failed: boolean
  more: boolean
  load(): void
}

const pageSize = 50

/** Fetches what the live list does not carry: closed conversations, and open ones beyond its length. */
export function useOlder(filter: Filter): Older {
  const desk = useDesk()
  const ready = useDeskState((state) => state.ready)
  const [state, setState] = useState({ loading: false, failed: false, more: false })
  const cursor = useRef<string | null>(null)
  const status = filter === 'closed' ? 'closed' : 'open'

  const load = async () => {
    setState((held) => ({ ...held, loading: true, failed: false }))
    const order = status === 'closed' ? 'recent' : 'waiting'
    const answer = await desk.olderRows({ status, order, cursor: cursor.current, limit: pageSize })
    if (answer.ok) cursor.current = answer.value
    setState({ loading: false, failed: !answer.ok, more: answer.ok && answer.value !== null })
  }
  useEffect(() => {
    cursor.current = null
    setState({ loading: false, failed: false, more: false })
    if (status === 'closed' && ready) void load()
  }, [status, ready])
  return { ...state, load: () => void load() }
}
