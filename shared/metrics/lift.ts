import { wilson } from './statistics.ts'

/** How many there were, and how many of them reached what was wanted. */
export interface Side {
  n: number
  reached: number
}

/** The difference between two shares. All between -1 and 1. */
export interface Lift {
  difference: number
  low: number
  high: number
}

/** With fewer on either side nothing is said of the difference. */
export const enoughForLift = 100

/**
 * How much more often one side reached it than the other, with its 95 % interval: Newcombe's hybrid of two
 * score intervals, without correction for continuity (R. G. Newcombe, Statistics in Medicine 17, 1998, method 10).
 * @returns null when there is nobody on a side
 */
export function newcombe(one: Side, other: Side): Lift | null {
  const a = wilson(one.reached, one.n)
  const b = wilson(other.reached, other.n)
  if (!a || !b) return null
  const p = one.reached / one.n
  const q = other.reached / other.n
  const difference = p - q
  return {
    difference,
    low: Math.max(-1, difference - Math.hypot(p - a.low, b.high - q)),
    high: Math.min(1, difference + Math.hypot(a.high - p, q - b.low)),
  }
}

/** The same, or null for "not enough data". */
export const liftOf = (one: Side, other: Side): Lift | null =>
  one.n < enoughForLift || other.n < enoughForLift ? null : newcombe(one, other)
