import {
  type ReportFilter,
  type ReportPart,
  type ReportView,
  reportFilters,
  turnNarrowings,
} from '../state/report-view.ts'
import type { ReportQuery } from './answers.ts'
import { daysOf, periodOf, type Reader } from './period.ts'

/** What the server can be asked for; what it cannot is offered nowhere. */
export const served = {
  parts: ['overview', 'responses', 'satisfaction', 'proactive', 'turns'] as readonly ReportPart[],
  filters: ['site', 'agent', 'segment'] as readonly ReportFilter[],
  clocks: false,
  compare: false,
  zone: false,
  narrowing: false,
}

/** What the server is asked with for a view. */
export function queryOf(view: ReportView, reader: Reader, now: number): ReportQuery {
  const { from, to } = periodOf(daysOf(view, reader, now), reader.zone)
  const filters = reportFilters.filter((name) => served.filters.includes(name) && view[name] !== undefined)
  return {
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    ...(served.zone && { timeZone: reader.zone }),
    ...(served.clocks && view.clock !== undefined && { clock: view.clock }),
    ...(served.compare && view.compare !== undefined && { compare: view.compare }),
    site: null,
    ...Object.fromEntries(filters.map((name) => [name, view[name]])),
  }
}

/** What of a view only the list of turns is asked with. */
export const narrowingOf = (view: ReportView): Record<string, string | undefined> =>
  Object.fromEntries(served.narrowing ? turnNarrowings.map((name) => [name, view[name]]) : [])
