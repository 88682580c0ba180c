/** One measured figure. `ratio` is value ÷ floor, both taken in the same run. */
export interface Figure {
  id: string
  value: number
  unit: string
  floor?: number
  ratio?: number
  note?: string
}

export const figure = (
  id: string,
  value: number,
  unit: string,
  rest: { floor?: number; note?: string } = {},
): Figure => ({
  id,
  value: round(value),
  unit,
  ...(rest.floor === undefined ? {} : { floor: round(rest.floor), ratio: round(value / rest.floor) }),
  ...(rest.note ? { note: rest.note } : {}),
})

const round = (value: number): number => Number(value.toPrecision(4))

export const median = (values: readonly number[]): number => quantile(values, 0.5)

/** Nearest rank. */
export function quantile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)] ?? Number.NaN
}

/** The figures as a Markdown table, for the README. */
export function table(figures: readonly Figure[]): string {
  const rows = figures.map((one) =>
    [one.id, `${one.value} ${one.unit}`, one.floor ?? '–', one.ratio ?? '–', one.note ?? ''].join(' | '),
  )
  return [
    '| figure | value | floor | ratio | note |',
    '|---|---|---|---|---|',
    ...rows.map((row) => `| ${row} |`),
  ].join('\n')
}
