import { randomBytes } from 'node:crypto'
import type { Clock, Random } from './domain/ports.ts'

/** The real clock. Its timers keep no process alive: the listening socket does. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms).unref()
    return () => clearTimeout(timer)
  },
}

export const systemRandom: Random = { bytes: (length) => randomBytes(length) }
