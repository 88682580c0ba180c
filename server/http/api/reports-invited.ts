import * as v from 'valibot'
import { RuleId } from '../../../shared/ids.ts'
import { type Invited, invitedFigures, isOfShown } from '../../../shared/metrics/invited.ts'
import { failure } from '../../../shared/result.ts'
import type { Part } from '../../history/figures.ts'
import type { Cell } from '../csv.ts'
import { cursor, limit } from '../fields.ts'
import { listFile, listFormat } from '../list-file.ts'
import { periodFields, readPeriod, readSegment, reportFields } from '../report-fields.ts'
import { agentRoute, ok } from '../route.ts'
import { textCells } from './reports-proactive.ts'
import { iso } from './reports-turns.ts'

export const invitedRoute = agentRoute({
  method: 'get',
  path: '/api/v1/reports/proactive/visitors',
  summary:
    'Whom a figure of one rule counts: when its moment came for each, and when what followed, the latest first, a part at a time; as a file all of them.',
  access: 'conversations:read',
  query: {
    ...periodFields,
    segment: reportFields.segment,
    timeZone: reportFields.timeZone,
    rule: RuleId,
    figure: v.picklist(invitedFigures, `must be one of ${invitedFigures.join(', ')}`),
    /** Of one text only; empty for the rule's own. */
    variant: v.optional(v.pipe(v.string(), v.maxLength(100))),
    format: listFormat,
    cursor,
    limit: limit(500, 100),
  },
  async answer({ query, call }) {
    const read = readPeriod(call.domain, query, call.now)
    if (!read.ok) return read
    const known = readSegment(call.domain, query)
    if (!known.ok) return known
    const { rule: ruleId, segment, timeZone = 'UTC', figure, variant } = query
    if (variant !== undefined && !isOfShown(figure))
      return failure('invalid', `query.variant says nothing of ${figure}.`, { path: 'query.variant' })
    const period = { ...read.value, ruleId, segment }
    const wanted = { figure, ...(variant === undefined ? {} : { variant: variant || null }) }
    const [from, to] = [iso(read.value.from), iso(read.value.to)]
    const { invited, invitedRows } = call.domain.reporting
    // The lines of a table do not say how many they are.
    const list = query.format === 'csv' ? invitedRows : invited
    const pageOf = async (part: Part) => ({
      ...(await list(period, wanted, part)),
      ...{ from, to, timeZone, clock: 'wall' },
      filters: { site: read.value.siteId ?? null, segment: segment ?? null, rule: ruleId },
    })
    const name = `visitors-${figure}-${ruleId}`
    const row = (one: Invited) => [ruleId, ...rowOf(one)]
    if (query.format !== 'json') return listFile(query.format, { name, read: pageOf, head, row })
    return ok(await pageOf({ limit: query.limit, cursor: query.cursor }))
  },
})

const head = [
  ...['rule', 'visitor', 'site', 'at', 'side', 'text', 'variant', 'seen', 'opened', 'replied'],
  ...['goal reached', 'goal ends', 'conversation'],
]

const when = (at: number | null): Cell => (at === null ? null : iso(at))

const rowOf = (one: Invited): Cell[] => [
  ...[one.visitorId, one.siteId, iso(one.at), one.heldOut ? 'held out' : 'shown'],
  ...(one.heldOut ? [null, null] : textCells(one.variant)),
  ...[one.seenAt, one.openedAt, one.repliedAt, one.goalAt, one.dueAt].map(when),
  one.conversationId,
]
