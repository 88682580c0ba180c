import { useEffect, useRef, useState } from 'preact/hooks'
import type { Result } from '../../shared/result.ts'
import type { PageOf } from './answers.ts'

export interface Pages<T> {
  items: readonly T[]
  total: number
  hasMore: boolean
  loading: boolean
  failed: boolean
  /** Asks for what follows, or once more for what failed. */
  more(): void
}

interface Held<T> {
  items: readonly T[]
  total: number
  /** Where to go on; null at the end. */
  next: string | null
  asking: boolean
  failed: boolean
}

const nothingYet = { items: [], total: 0, next: null, asking: true, failed: false }

/** A list fetched a page at a time, from its beginning whenever `key` changes. */
export function usePages<T>(
  key: string,
  load: (cursor: string | null) => Promise<Result<PageOf<T>>>,
): Pages<T> {
  const [held, setHeld] = useState<Held<T>>(nothingYet)
  const wanted = useRef(key)
  const ask = async (before: Held<T>) => {
    setHeld({ ...before, asking: true, failed: false })
    const answer = await load(before.next)
    if (wanted.current !== key) return
    setHeld(answer.ok ? joined(before, answer.value) : { ...before, asking: false, failed: true })
  }
  useEffect(() => {
    wanted.current = key
    void ask(nothingYet)
  }, [key])
  const { items, total, next, asking, failed } = held
  const more = () => {
    if (!asking) void ask(held)
  }
  return { items, total, hasMore: next !== null, loading: asking, failed, more }
}

const joined = <T,>(before: Held<T>, page: PageOf<T>): Held<T> => ({
  items: [...before.items, ...page.items],
  total: page.total,
  next: page.nextCursor,
  asking: false,
  failed: false,
})
