/** The figures of a set of durations in ms. `null` where there is nothing to measure. */
export interface Summary {
  n: number
  p50: number | null
  p90: number | null
  mean: number | null
  max: number | null
}

/**
 * The value that a share `p` of the values do not exceed (nearest rank): always one that was
 * really measured, so that it can be opened and looked at.
 * @param sorted ascending, not empty
 */
export const percentile = (sorted: ArrayLike<number>, p: number): number =>
  sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)] ?? Number.NaN

export const summarise = (values: ArrayLike<number>): Summary => summariseInPlace(Float64Array.from(values))

/** The same without a copy: sorts the values. A typed array is sorted as numbers, and several times as fast as a list. */
export function summariseInPlace(values: Float64Array): Summary {
  const n = values.length
  if (n === 0) return { n, p50: null, p90: null, mean: null, max: null }
  const sorted = values.sort()
  let sum = 0
  for (const value of sorted) sum += value
  return {
    ...{ n, p50: percentile(sorted, 0.5), p90: percentile(sorted, 0.9) },
    ...{ mean: sum / n, max: sorted[n - 1] ?? null },
  }
}

/** A share with its 95 % interval; null where there is nothing to share. */
export interface Share {
  n: number
  of: number
  share: number | null
  low: number | null
  high: number | null
}

export function shareOf(n: number, of: number): Share {
  const interval = wilson(n, of)
  return { n, of, share: of === 0 ? null : n / of, low: interval?.low ?? null, high: interval?.high ?? null }
}

/**
 * 95 % interval of a share by Wilson's score method (E. B. Wilson, JASA 22, 1927).
 * @returns bounds between 0 and 1, or null for no observations
 */
export function wilson(hits: number, n: number): { low: number; high: number } | null {
  if (n === 0) return null
  const z = 1.959963984540054
  const share = hits / n
  const spread = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n))
  const scale = 1 + (z * z) / n
  const centre = share + (z * z) / (2 * n)
  return { low: Math.max(0, (centre - spread) / scale), high: Math.min(1, (centre + spread) / scale) }
}
