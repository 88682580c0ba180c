import type { Cell } from './csv.ts'

export interface Stated {
  clock: string
  timeZone: string
  from: string
  to: string
}

/** Each row says by which clock, which time zone and of which period it is: it may be torn from the file's name. */
export const statedRows = (
  [head = [], ...rows]: Cell[][],
  { clock, timeZone, from, to }: Stated,
): Cell[][] => [
  [...head, 'clock', 'timeZone', ...(head.includes('from') ? ['period from', 'period to'] : ['from', 'to'])],
  ...rows.map((row) => [...row, clock, timeZone, from, to]),
]
