import type { MeasureId } from '../../shared/metrics/definitions.ts'
import type { ResponseMeasure, ResponseReport } from '../../shared/metrics/responses.ts'
import type { RatingComment, Satisfaction } from '../../shared/metrics/satisfaction.ts'
import type { Turn } from '../../shared/metrics/turns.ts'
import type { List } from '../connection/api.ts'
import type { ReportView } from '../state/report-view.ts'

/** What the server answers; times in ms. */
export interface ResponseTimes extends Omit<ResponseReport, 'measures'> {
  measures: Partial<Record<MeasureId, ResponseMeasure>>
  series: SeriesPoint[]
  week?: WeekHour[]
  by?: Partial<Record<Dimension, Breakdown[]>>
  shares?: Partial<Record<'abandoned' | 'missed' | 'promiseKept', ShareOf>>
  before?: Pick<ResponseTimes, 'measures' | 'shares'> | undefined
}

export interface SeriesPoint {
  /** `YYYY-MM-DD`. */
  day: string
  n: number
  p50: number | null
  p90: number | null
}

export interface WeekHour {
  /** 1 for Monday. */
  weekday: number
  hour: number
  n: number
  p50: number | null
}

export const dimensions = ['team', 'agent', 'site', 'page', 'language', 'proactive'] as const
export type Dimension = (typeof dimensions)[number]

export interface Breakdown {
  key: string | null
  n: number
  p50: number | null
  p90: number | null
  withinTarget: number | null
}

export interface ShareOf {
  n: number
  of: number
  share: number | null
  low: number | null
  high: number | null
}

export interface SatisfactionReport {
  csat: Satisfaction
  comments: RatingComment[]
}

/** A part of a list, and how long the whole of it is. */
export interface PageOf<T> extends List<T> {
  total: number
}

export type TurnsReport = PageOf<Turn>

/** What every report is asked with. Times in ISO 8601. */
export interface ReportQuery
  extends Pick<
    ReportView,
    'team' | 'agent' | 'segment' | 'language' | 'device' | 'page' | 'proactive' | 'clock' | 'compare'
  > {
  from: string
  to: string
  site: string | null
  timeZone?: string
}
