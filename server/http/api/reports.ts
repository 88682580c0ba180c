import type { Domain } from '../../domain/domain.ts'
import type { Answer } from '../../domain/reporting.ts'
import type { ReportAsk } from '../../domain/reporting-question.ts'
import { type Cell, csv, csvFile } from '../csv.ts'
import { compareField, readReportAsk, reportFields } from '../report-fields.ts'
import { agentRoute, ok } from '../route.ts'
import { statedRows } from '../stated-rows.ts'
import { casesRoute } from './reports-cases.ts'
import { followUpsReportRoute } from './reports-follow-ups.ts'
import { invitedRoute } from './reports-invited.ts'
import { journeyRows } from './reports-journeys.ts'
import { proactiveReportRoute } from './reports-proactive.ts'
import { satisfactionRows } from './reports-satisfaction.ts'
import { agentRows, overviewRows, responseRows, staffingRows, volumeRows } from './reports-tables.ts'
import { turnsRoute } from './reports-turns.ts'

interface Report<T> {
  name: string
  summary: string
  make(domain: Domain, ask: ReportAsk): Promise<Answer<T, unknown>>
  rows(report: T): Cell[][]
}

const reportRoute = <T extends object>({ name, summary, make, rows }: Report<T>) =>
  agentRoute({
    method: 'get',
    path: `/api/v1/reports/${name}`,
    summary,
    access: 'conversations:read',
    query: { ...reportFields, ...compareField },
    async answer({ query, call }) {
      const ask = readReportAsk(call.domain, query, call.now)
      if (!ask.ok) return ask
      const made = await make(call.domain, ask.value)
      return query.format === 'csv' ? csvFile(name, csv(statedRows(rows(made), made))) : ok(made)
    },
  })

export const reportRoutes = [
  reportRoute({
    name: 'response-times',
    summary:
      'How long visitors waited for an answer, by measure, day, hour of the week, team, agent, site, page and language.',
    make: (domain, ask) => domain.reporting.responseTimes(ask),
    rows: responseRows,
  }),
  reportRoute({
    name: 'satisfaction',
    summary:
      'How visitors rated their chats and what else they were asked, by speed and team, and the latest of what they wrote.',
    make: (domain, ask) => domain.reporting.satisfaction(ask),
    rows: satisfactionRows,
  }),
  reportRoute({
    name: 'volume',
    summary: 'How many conversations, episodes and messages there were, by day and hour of the week.',
    make: (domain, ask) => domain.reporting.volume(ask),
    rows: volumeRows,
  }),
  reportRoute({
    name: 'agents',
    summary: 'How each agent answered and worked, by what they owned alone.',
    make: (domain, ask) => domain.reporting.agents(ask),
    rows: agentRows,
  }),
  reportRoute({
    name: 'overview',
    summary: 'The headline of each of the other reports.',
    make: (domain, ask) => domain.reporting.overview(ask),
    rows: overviewRows,
  }),
  reportRoute({
    name: 'staffing',
    summary: 'How many visitors waited and how many agents were online, hour by hour.',
    make: (domain, ask) => domain.reporting.staffing(ask),
    rows: staffingRows,
  }),
  reportRoute({
    name: 'journeys',
    summary:
      'How far visitors came, stage by stage, whether they came back, what they looked at and where they left; of those who agreed to be remembered. What says nothing of a visit is named in notApplied.',
    make: (domain, ask) => domain.reporting.journeys(ask),
    rows: journeyRows,
  }),
  proactiveReportRoute,
  invitedRoute,
  followUpsReportRoute,
  turnsRoute,
  casesRoute,
]
