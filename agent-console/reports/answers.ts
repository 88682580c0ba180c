import type { ResponseReport } from '../../shared/metrics/responses.ts'
import type { Turn } from '../../shared/metrics/turns.ts'
import type { List } from '../connection/api.ts'

/** What the server answers; times in ms. */
export interface ResponseTimes extends ResponseReport {
  series: SeriesPoint[]
}

export interface SeriesPoint {
  /** `YYYY-MM-DD`, UTC. */
  day: string
  n: number
  p50: number | null
  p90: number | null
}

/** A part of a list, and how long the whole of it is. */
export interface PageOf<T> extends List<T> {
  total: number
}

export type TurnsReport = PageOf<Turn>

/** What every report is asked with. Times in ISO 8601. */
export interface ReportQuery {
  from: string
  to: string
  site: string | null
  /** Only of those who belonged to it when their chat began. */
  segment?: string | undefined
}
