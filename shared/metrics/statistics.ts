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
  sorted[rankOf(p, sorted.length)] ?? Number.NaN

const rankOf = (p: number, n: number): number => Math.max(0, Math.ceil(p * n) - 1)

export const summarise = (values: ArrayLike<number>): Summary => summariseInPlace(Float64Array.from(values))

/** The same without a copy: moves the values about. */
export function summariseInPlace(values: Float64Array): Summary {
  const n = values.length
  if (n === 0) return { n, p50: null, p90: null, mean: null, max: null }
  let [sum, max] = [0, Number.NEGATIVE_INFINITY]
  for (const value of values) {
    sum += value
    if (value > max) max = value
  }
  const half = rankOf(0.5, n)
  const p50 = valueOfRank(values, half)
  return { n, p50, p90: valueOfRank(values, rankOf(0.9, n), half), mean: sum / n, max }
}

/**
 * The value that would stand there if all were sorted, which takes several times as long. Afterwards no value before
 * it is greater, and none behind it less (C. A. R. Hoare, Algorithm 65: Find, CACM 4, 1961).
 * @param from those before it are known to be the least
 */
function valueOfRank(values: Float64Array, rank: number, from = 0): number {
  let [low, high] = [from, values.length - 1]
  while (low < high) {
    const pivot = middleOf(values, low, high)
    let [up, down] = [low, high]
    while (up <= down) {
      while ((values[up] ?? pivot) < pivot) up++
      while ((values[down] ?? pivot) > pivot) down--
      if (up > down) break
      const value = values[up] ?? 0
      values[up++] = values[down] ?? 0
      values[down--] = value
    }
    if (rank <= down) high = down
    else if (rank >= up) low = up
    else break
  }
  return values[rank] ?? Number.NaN
}

/** Of the first, the last and the one between them. */
function middleOf(values: Float64Array, low: number, high: number): number {
  const [a, b, c] = [values[low] ?? 0, values[(low + high) >>> 1] ?? 0, values[high] ?? 0]
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c))
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
