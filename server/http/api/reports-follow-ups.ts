import * as v from 'valibot'
import type { FollowUp } from '../../../shared/follow-up.ts'
import { followUpFigures } from '../../../shared/metrics/follow-ups.ts'
import { type Cell, csv, csvFile } from '../csv.ts'
import { cursor, limit } from '../fields.ts'
import { periodFields, readReportAsk, reportFields } from '../report-fields.ts'
import { agentRoute, ok } from '../route.ts'
import { statedRows } from '../stated-rows.ts'
import { iso } from './reports-turns.ts'

/** By its id; empty for those of which nobody has said. */
const named = v.optional(v.pipe(v.string(), v.maxLength(40)))

export const followUpsReportRoute = agentRoute({
  method: 'get',
  path: '/api/v1/reports/follow-ups',
  summary:
    'The follow-ups that a figure of the report of satisfaction counts, as they stand, the latest first, a part at a time; as a file all of them.',
  access: 'conversations:read',
  query: {
    ...periodFields,
    agent: reportFields.agent,
    timeZone: reportFields.timeZone,
    figure: v.optional(v.picklist(followUpFigures, `must be one of ${followUpFigures.join(', ')}`), 'opened'),
    cause: named,
    category: named,
    cursor,
    limit: limit(500, 100),
  },
  async answer({ query, call }) {
    const ask = readReportAsk(call.domain, query, call.now)
    if (!ask.ok) return ask
    const { figure, cause, category } = query
    const wanted = {
      figure,
      ...(cause === undefined ? {} : { cause: cause || null }),
      ...(category === undefined ? {} : { category: category || null }),
    }
    const asFile = query.format === 'csv'
    const part = asFile ? { limit: Number.POSITIVE_INFINITY } : { limit: query.limit, cursor: query.cursor }
    const made = await call.domain.reporting.followUps(ask.value, wanted, part)
    if (asFile) return csvFile(`follow-ups-${figure}`, csv(statedRows([head, ...made.items.map(row)], made)))
    const told = await call.domain.followUps.told(made.items.map(({ id }) => id))
    const names = new Map(told.map(({ id, visitorName }) => [id, visitorName]))
    return ok({
      ...made,
      items: made.items.map((one) => ({ ...one, visitorName: names.get(one.id) ?? null })),
    })
  },
})

const head = [
  ...['conversation', 'site', 'episode', 'why', 'opened', 'due', 'done', 'done by', 'owner'],
  ...['category', 'cause', 'note'],
]

const row = ({ doneAt, ...one }: FollowUp): Cell[] => [
  ...[one.conversationId, one.siteId, one.episode, one.why, iso(one.openedAt), iso(one.dueAt)],
  ...[doneAt === null ? null : iso(doneAt), one.doneBy, one.ownerId, one.category, one.cause, one.note],
]
