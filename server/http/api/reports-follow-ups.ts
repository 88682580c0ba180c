import * as v from 'valibot'
import type { FollowUp } from '../../../shared/follow-up.ts'
import { followUpFigures } from '../../../shared/metrics/follow-ups.ts'
import type { Domain } from '../../domain/domain.ts'
import type { Part } from '../../history/figures.ts'
import type { Cell } from '../csv.ts'
import { cursor, limit } from '../fields.ts'
import { listFile, listFormat } from '../list-file.ts'
import { periodFields, readReportAsk, reportFields } from '../report-fields.ts'
import { agentRoute, ok } from '../route.ts'
import { iso } from './reports-turns.ts'

/** By its id; empty for those of which nobody has said. */
const byId = v.optional(v.pipe(v.string(), v.maxLength(40)))

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
    cause: byId,
    category: byId,
    format: listFormat,
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
    const read = (part: Part) => call.domain.reporting.followUps(ask.value, wanted, part)
    const named = async (part: Part) => withNames(call.domain, await read(part))
    const name = `follow-ups-${figure}`
    if (query.format === 'csv') return listFile('csv', { name, read, head, row })
    if (query.format === 'json-file') return listFile('json-file', { name, read: named, head, row })
    return ok(await named({ limit: query.limit, cursor: query.cursor }))
  },
})

async function withNames<Made extends { items: FollowUp[] }>({ followUps }: Domain, made: Made) {
  const told = await followUps.told(made.items.map(({ id }) => id))
  const names = new Map(told.map(({ id, visitorName }) => [id, visitorName]))
  return { ...made, items: made.items.map((one) => ({ ...one, visitorName: names.get(one.id) ?? null })) }
}

const head = [
  ...['conversation', 'site', 'episode', 'why', 'opened', 'due', 'done', 'done by', 'owner'],
  ...['category', 'cause', 'note'],
]

const row = ({ doneAt, ...one }: FollowUp): Cell[] => [
  ...[one.conversationId, one.siteId, one.episode, one.why, iso(one.openedAt), iso(one.dueAt)],
  ...[doneAt === null ? null : iso(doneAt), one.doneBy, one.ownerId, one.category, one.cause, one.note],
]
