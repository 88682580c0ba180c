import type { RefObject } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'

const looking = new Map<Element, (seen: boolean) => void>()
let observer: IntersectionObserver | null = null

/** One observer for all of them: of a list of thousands few are on the screen. */
function watchSight(element: Element, tell: (seen: boolean) => void): () => void {
  observer ??= new IntersectionObserver((changes) => {
    for (const { target, isIntersecting } of changes) looking.get(target)?.(isIntersecting)
  })
  const own = observer
  looking.set(element, tell)
  own.observe(element)
  return () => {
    own.unobserve(element)
    looking.delete(element)
  }
}

/** The time, anew every second while the element is on the screen; it counts as such until the browser has looked. */
export function useTimeInSight<E extends Element>(
  now: () => number,
): { now: number; ref: RefObject<E | null> } {
  const ref = useRef<E>(null)
  const [inSight, setInSight] = useState(true)
  const [time, setTime] = useState(now)
  useEffect(() => (ref.current ? watchSight(ref.current, setInSight) : undefined), [])
  useEffect(() => {
    if (!inSight) return
    setTime(now())
    const timer = setInterval(() => setTime(now()), 1_000)
    return () => clearInterval(timer)
  }, [inSight, now])
  return { now: time, ref }
}
