import type { Clock } from './ports.ts'

const beat = 2_000
/** Hidden pages are slowed down, but to nothing like this; a page that wakes hidden is told when it is shown. */
const slept = 10_000

/**
 * Wakes when time has gone on without this page: a laptop opened again tells no page that it is. Also when the clock was
 * put back, since what was known of the server's went by it.
 */
export function watchSleep(clock: Clock, wake: () => void): () => void {
  let last = clock.now()
  let cancel: () => void = () => undefined
  const look = (): void => {
    const now = clock.now()
    if (Math.abs(now - last) > slept) wake()
    last = now
    cancel = clock.after(beat, look)
  }
  cancel = clock.after(beat, look)
  return () => cancel()
}
