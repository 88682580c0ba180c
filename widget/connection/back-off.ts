import { times } from '../../shared/limits.ts'

/**
 * How long to wait before the next attempt, ms: up to twice as long each time, and at no moment more likely than
 * at another, so that all who lost their server at once do not come back at once.
 */
export const backOff = (attempts: number, random: () => number): number =>
  Math.min(times.retryMost, times.retryFirst * 2 ** attempts) * random()
