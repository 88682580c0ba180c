import type { Turn } from '../../../shared/metrics/turns.ts'
import type { Domain, Reporting } from '../../domain/domain.ts'
import type { Period } from '../../history/history.ts'
import { type Cell, csv, csvFile } from '../csv.ts'
import { cursor, limit, periodFields, readPeriod } from '../fields.ts'
import { agentRoute, ok } from '../route.ts'
import { proactiveReportRoute } from './reports-proactive.ts'
import { satisfactionRows } from './reports-satisfaction.ts'

type Report<T> = (domain: Domain, period: Period) => Promise<T>

const reportRoute = <T extends object>(
  name: string,
  summary: string,
  report: Report<T>,
  rows: (report: T) => Cell[][],
) =>
  agentRoute({
    method: 'get',
    path: `/api/v1/reports/${name}`,
    summary,
    access: 'conversations:read',
    query: periodFields,
    async answer({ query, call }) {
      const period = readPeriod(call.domain, query, call.now)
      if (!period.ok) return period
      const made = await report(call.domain, period.value)
      return query.format === 'csv' ? csvFile(name, csv(rows(made))) : ok(made)
    },
  })

export const reportRoutes = [
  reportRoute(
    'response-times',
    'How long visitors waited for an answer, by measure.',
    (domain, period) => domain.reporting.responseTimes(period),
    responseRows,
  ),
  reportRoute(
    'satisfaction',
    'How visitors rated their chats and what else they were asked, by speed and team, and the latest of what they wrote.',
    (domain, period) => domain.reporting.satisfaction(period),
    satisfactionRows,
  ),
  proactiveReportRoute,
  agentRoute({
    method: 'get',
    path: '/api/v1/reports/turns',
    summary:
      'The arithmetic behind the response times: each wait and its pieces, latest first, a page at a time; as a file all of it.',
    access: 'conversations:read',
    query: { ...periodFields, cursor, limit: limit(1_000, 500) },
    async answer({ query, call }) {
      const period = readPeriod(call.domain, query, call.now)
      if (!period.ok) return period
      const { reporting } = call.domain
      if (query.format === 'csv')
        return csvFile('turns', csv(turnRows((await reporting.turns(period.value)).items)))
      return ok(await reporting.turns(period.value, { limit: query.limit, cursor: query.cursor }))
    },
  }),
]

function responseRows({ measures }: Awaited<ReturnType<Reporting['responseTimes']>>): Cell[][] {
  const head = ['measure', 'unit', 'n', 'p50', 'p90', 'mean', 'max', 'censored', 'withinTarget']
  const rows = Object.entries(measures).map(([id, one]) => [
    id,
    'ms',
    ...[one.n, one.p50, one.p90, one.mean, one.max, one.censored, one.withinTarget],
  ])
  return [head, ...rows]
}

function turnRows(turns: readonly Turn[]): Cell[][] {
  const head = ['conversation', 'site', 'episode', 'first', 'opened', 'ended by', 'ended', 'agent', 'ms']
  return [head, ...turns.map(turnRow)]
}

function turnRow({ conversationId, siteId, episode, first, openedAt, end }: Turn): Cell[] {
  const known = [conversationId, siteId, episode, first ? 'yes' : 'no', iso(openedAt), end.by]
  if (end.by === 'nothing') return [...known, null, null, null]
  const agent = end.by === 'reply' ? end.agentId : null
  return [...known, iso(end.at), agent, end.at - openedAt]
}

const iso = (at: number): string => new Date(at).toISOString()
