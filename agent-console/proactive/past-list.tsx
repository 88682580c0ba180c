import { useEffect, useRef, useState } from 'preact/hooks'
import type { Outcome, SampleVisit } from '../../shared/triggers/past/back-test.ts'
import type { List } from '../connection/api.ts'
import { useSurroundings } from '../ui/context.tsx'
import type { Asked } from './back-test-asked.ts'

interface Held {
  items: readonly SampleVisit[]
  /** Where to go on; null at the end. */
  next: string | null
  asking: boolean
  failed: boolean
}

export interface PastVisits extends Held {
  /** Asks for what follows, or once more for what failed. */
  more(): void
}

const nothingYet: Held = { items: [], next: null, asking: true, failed: false }
const atOnce = 20
/** Only one rule is tried at a time: another may be under way for a moment. */
const tries = 5
const pause = 1_000

/** The visits of an outcome, a part at a time; where a part has none, the next is asked for until one has. */
export function usePastVisits(asked: Asked, outcome: Outcome): PastVisits {
  const { api } = useSurroundings()
  const [held, setHeld] = useState(nothingYet)
  const under = useRef<AbortController | null>(null)
  const load = async (before: Held, own: AbortController, left = tries): Promise<void> => {
    if (under.current !== own) return
    setHeld({ ...before, asking: true, failed: false })
    const question = { ...asked, outcome, limit: atOnce, ...(before.next ? { cursor: before.next } : {}) }
    const answer = await api.send<List<SampleVisit>>('POST', '/rules/backtest/visits', question, own.signal)
    if (under.current !== own) return
    if (answer.ok) {
      const { items, nextCursor: next } = answer.value
      const now = { items: [...before.items, ...items], next, asking: false, failed: false }
      if (items.length > 0 || next === null) return setHeld(now)
      return load(now, own)
    }
    const { code, retryAfterMs = pause } = answer.error
    if (code === 'rate_limited' && left > 0)
      return void setTimeout(() => void load(before, own, left - 1), retryAfterMs)
    setHeld({ ...before, asking: false, failed: true })
  }
  const begin = (before: Held) => {
    under.current?.abort()
    under.current = new AbortController()
    void load(before, under.current)
  }
  useEffect(() => {
    begin(nothingYet)
    return () => {
      under.current?.abort()
      under.current = null
    }
  }, [asked, outcome])
  return { ...held, more: () => !held.asking && begin(held) }
}
