/**
 * Whether `at` is less than `ms` away from `now`. What a clock that ran ahead, and was put right, has dated into the
 * future is as far away as what is long past: else it would hold for as long as the clock was wrong.
 */
export const isWithin = (ms: number, at: number, now: number): boolean => Math.abs(now - at) < ms
