import type { Narrowing, ReportQuestion } from '../../shared/metrics/asked.ts'
import { noon } from './history-cast.ts'

/** As a report is asked, by the wall, as things stand at the end of the period. */
export const question = (
  from: number,
  to: number,
  of: Narrowing = {},
  rest: Partial<ReportQuestion> = {},
): ReportQuestion => ({
  ...{ from, to, of, clock: 'wall', timeZone: 'UTC', now: to, house: { sites: [] } },
  ...rest,
})

export const everything = question(0, noon * 2)
export const all = { limit: 1_000 }
export const responses = { measure: 'response' } as const
