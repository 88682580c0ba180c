import { times } from '../../shared/limits.ts'
import type { Chance } from './ports.ts'

/** How long to wait before trying once more, ms: longer each time, and not all clients at once. */
export const backoff = (tries: number, chance: Chance): number =>
  Math.min(times.retryMost, times.retryFirst * 2 ** tries) * (0.5 + chance.share() / 2)
