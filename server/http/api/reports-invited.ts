import * as v from 'valibot'
import { RuleId } from '../../../shared/ids.ts'
import {
  type Invited,
  type InvitedWanted,
  invitedFigures,
  isOfShown,
} from '../../../shared/metrics/invited.ts'
import { failure } from '../../../shared/result.ts'
import type { Domain } from '../../domain/domain.ts'
import { type Cell, csv, csvFile } from '../csv.ts'
import { cursor, limit } from '../fields.ts'
import { periodFields, readPeriod, readSegment, reportFields } from '../report-fields.ts'
import { agentRoute, ok } from '../route.ts'
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
    if (query.format === 'csv')
      return csvFile(`visitors-${figure}`, await allInvited(call.domain, { period, wanted, timeZone }))
    const part = { limit: query.limit, cursor: query.cursor }
    const made = await call.domain.reporting.invited(period, wanted, part)
    const [from, to] = [iso(read.value.from), iso(read.value.to)]
    return ok({ ...made, from, to, timeZone, clock: 'wall' })
  },
})

interface AllAsked {
  period: Parameters<Domain['reporting']['invited']>[0]
  wanted: InvitedWanted
  timeZone: string
}

const atOnce = 1_000

/** Part by part, so that nobody else waits for the whole. */
async function allInvited({ reporting }: Domain, { period, wanted, timeZone }: AllAsked): Promise<string> {
  const texts = [csv([head])]
  for (let mark: string | undefined; ; ) {
    const { items, nextCursor } = await reporting.invitedRows(period, wanted, { limit: atOnce, cursor: mark })
    texts.push(csv(items.map((one) => [...row(one), timeZone])))
    if (nextCursor === null) return texts.join('')
    mark = nextCursor
  }
}

const head = [
  ...['visitor', 'site', 'at', 'side', 'variant', 'seen', 'opened', 'replied', 'goal reached', 'goal ends'],
  ...['conversation', 'timeZone'],
]

const when = (at: number | null): Cell => (at === null ? null : iso(at))

const row = (one: Invited): Cell[] => [
  ...[one.visitorId, one.siteId, iso(one.at), one.heldOut ? 'held out' : 'shown'],
  one.heldOut ? null : (one.variant ?? 'own text'),
  ...[one.seenAt, one.openedAt, one.repliedAt, one.goalAt, one.dueAt].map(when),
  one.conversationId,
]
