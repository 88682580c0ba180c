import {
  type ReportFilter,
  type ReportPart,
  type ReportView,
  reportFilters,
  turnNarrowings,
} from '../state/report-view.ts'
import type { ReportQuery } from './answers.ts'
import { daysOf, periodOf, type Reader } from './period.ts'

export const partOf = ({ part = 'overview' }: ReportView): ReportPart => part

/** What the server is asked with for a view. */
export function queryOf(view: ReportView, reader: Reader, now: number): ReportQuery {
  const { from, to } = periodOf(daysOf(view, reader, now), reader.zone)
  const filters = reportFilters.filter((name) => view[name] !== undefined)
  return {
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    timeZone: reader.zone,
    ...(view.clock !== undefined && { clock: view.clock }),
    ...(view.compare !== undefined && { compare: view.compare }),
    site: null,
    ...Object.fromEntries(filters.map((name) => [name, view[name]])),
  }
}

/** What is known of somebody to whom a rule spoke. */
export const ofInvitations: readonly ReportFilter[] = ['site', 'segment']

/** What is known of a follow-up: its site, and whose it is. */
export const ofFollowUps: readonly ReportFilter[] = ['site', 'agent']

/** What of a view only the list of turns is asked with. */
export const narrowingOf = (view: ReportView): Record<string, string | undefined> =>
  Object.fromEntries(turnNarrowings.map((name) => [name, view[name]]))
