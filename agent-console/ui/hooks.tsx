import { useEffect, useLayoutEffect, useReducer, useRef, useState } from 'preact/hooks'
import type { Failure, Result } from '../../shared/result.ts'
import type { Store } from '../state/store.ts'

/** What `select` sees in the store; draws again only when that changes. */
export function useSelected<T, S>(store: Pick<Store<T>, 'get' | 'subscribe'>, select: (value: T) => S): S {
  const [, redraw] = useReducer((n: number) => n + 1, 0)
  const selected = select(store.get())
  const latest = useRef({ select, selected })
  latest.current = { select, selected }
  useLayoutEffect(
    () =>
      store.subscribe(() => {
        if (!Object.is(latest.current.select(store.get()), latest.current.selected)) redraw(0)
      }),
    [store],
  )
  return selected
}

/** The time, anew every `every` ms. */
export function useNow(now: () => number, every = 1_000): number {
  const [time, setTime] = useState(now)
  useEffect(() => {
    const timer = setInterval(() => setTime(now()), every)
    return () => clearInterval(timer)
  }, [every, now])
  return time
}

/** True once `waiting` has lasted long enough to be felt: skeletons do not flash. */
export function useSlow(waiting: boolean, after = 150): boolean {
  const [slow, setSlow] = useState(false)
  useEffect(() => {
    setSlow(false)
    if (!waiting) return
    const timer = setTimeout(() => setSlow(true), after)
    return () => clearTimeout(timer)
  }, [waiting, after])
  return waiting && slow
}

export interface Loaded<T> {
  /** The last answer; stays while a newer one is under way. */
  value: T | null
  failed: boolean
  /** It failed because there is no such thing, or no longer. */
  missing: boolean
  loading: boolean
  again(): void
}

/** Asks when `key` changes, keeps the last good answer, and takes the newest answer only. */
export function useLoaded<T>(key: string, load: () => Promise<Result<T>>): Loaded<T> {
  const [state, setState] = useState<{ key: string | null; value: T | null; fault: Failure | null }>({
    key: null,
    value: null,
    fault: null,
  })
  const [round, again] = useReducer((n: number) => n + 1, 0)
  const asked = `${key} ${round}`
  useEffect(() => {
    let wanted = true
    void load().then((answer) => {
      if (!wanted) return
      setState((held) =>
        answer.ok
          ? { key: asked, value: answer.value, fault: null }
          : { ...held, key: asked, fault: answer.error },
      )
    })
    return () => {
      wanted = false
    }
  }, [asked])
  const fault = state.key === asked ? state.fault : null
  return {
    value: state.value,
    failed: fault !== null,
    missing: fault?.code === 'not_found',
    loading: state.key !== asked,
    again: () => again(0),
  }
}

export function useMedia(query: string): boolean {
  const [matches, setMatches] = useState(() => matchMedia(query).matches)
  useEffect(() => {
    const list = matchMedia(query)
    const follow = () => setMatches(list.matches)
    follow()
    list.addEventListener('change', follow)
    return () => list.removeEventListener('change', follow)
  }, [query])
  return matches
}
