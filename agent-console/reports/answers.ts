import type { Journeys } from '../../shared/metrics/journeys/question.ts'
import type { ResponseTimes as Waits } from '../../shared/metrics/response-times.ts'
import type { TurnInPieces } from '../../shared/metrics/turn-list.ts'
import type { List } from '../connection/api.ts'
import type { ReportView } from '../state/report-view.ts'

/** An answer and, where it was asked for, that of the period before without its lists. */
export type Compared<Answer> = Answer & { before?: Partial<Answer> }

export type ResponseTimes = Compared<Waits>
export type SeriesPoint = Waits['series'][number]

/** `notApplied`: what was asked for and narrows nothing of a visit. */
export type JourneysReport = Compared<Journeys> & { notApplied: string[] }

/** A part of a list, and how long the whole of it is. */
export interface PageOf<T> extends List<T> {
  total: number
}

export type TurnsReport = PageOf<TurnInPieces>

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
