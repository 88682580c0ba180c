import type { ConversationId, InviteId, SiteId, VisitorId } from '../../../shared/ids.ts'
import type { Invited, InvitedFigure } from '../../../shared/metrics/invited.ts'
import type { Queries, Value } from '../engine.ts'
import type { ExposureHistory, ExposurePeriod } from '../exposures.ts'

/** The first that each visitor has with a rule in a period; ids sort by age, so the least is the first. */
export const firstOfEach = ({ from, to, siteId, ruleId }: Omit<ExposurePeriod, 'segment'>) => ({
  sql: `SELECT MIN(id) FROM exposures WHERE at >= ? AND at < ? AND said_by = 'rule' AND rule_id IS NOT NULL
       ${siteId ? 'AND site_id = ?' : ''} ${ruleId ? 'AND rule_id = ?' : ''}
       GROUP BY rule_id, COALESCE(visitor_id, id)`,
  params: [from, to, ...(siteId ? [siteId] : []), ...(ruleId ? [ruleId] : [])] satisfies Value[],
})

const over = 'due_at < ?'
const reached = 'due_at < ? AND goal_at IS NOT NULL'
const running = 'due_at >= ?'

/** What is to hold of one that a figure counts; `?` is now. */
const conditions: Record<InvitedFigure, string> = {
  eligible: '1 = 1',
  heldOut: 'held_out = 1',
  heldOutOver: `held_out = 1 AND ${over}`,
  heldOutReached: `held_out = 1 AND ${reached}`,
  heldOutOpen: `held_out = 1 AND ${running}`,
  shown: 'held_out = 0',
  seen: 'held_out = 0 AND COALESCE(seen_at, opened_at, replied_at) IS NOT NULL',
  opened: 'held_out = 0 AND COALESCE(opened_at, replied_at) IS NOT NULL',
  replied: 'held_out = 0 AND replied_at IS NOT NULL',
  over: `held_out = 0 AND ${over}`,
  reached: `held_out = 0 AND ${reached}`,
  open: `held_out = 0 AND ${running}`,
}

type Row = {
  id: InviteId
  site_id: SiteId
  visitor_id: VisitorId | null
  conversation_id: ConversationId | null
  at: number
  held_out: number
  about: string
  due_at: number | null
  seen_at: number | null
  opened_at: number | null
  replied_at: number | null
  goal_at: number | null
}

type Asked = Parameters<ExposureHistory['invited']>
interface Looking {
  period: Asked[0]
  wanted: Asked[1]
  part: Asked[2]
}

/** Read at a time where a segment or a text is to be looked for, which no index knows. */
const atOnce = 1_000

export async function invited(queries: Queries, looking: Looking): ReturnType<ExposureHistory['invited']> {
  const { limit, cursor } = looking.part
  const items: Invited[] = []
  for (let before = cursor ?? null; ; ) {
    const rows = await rowsBefore(queries, looking, before)
    for (const row of rows) {
      const one = invitedOf(row, looking)
      if (!one) continue
      if (items.length === limit) return { items, nextCursor: items.at(-1)?.id ?? null }
      items.push(one)
    }
    if (rows.length < atOnce) return { items, nextCursor: null }
    before = rows.at(-1)?.id ?? null
  }
}

function rowsBefore(
  queries: Queries,
  { period, wanted: { figure }, part: { now } }: Looking,
  before: string | null,
): Promise<Row[]> {
  const first = firstOfEach(period)
  const condition = conditions[figure]
  return queries.all<Row>(
    `SELECT id, site_id, visitor_id, conversation_id, at, held_out, about, due_at, seen_at, opened_at, replied_at, goal_at
     FROM exposures WHERE id IN (${first.sql}) AND ${condition} ${before === null ? '' : 'AND id < ?'}
     ORDER BY id DESC LIMIT ?`,
    [
      ...first.params,
      ...(condition.includes('?') ? [now] : []),
      ...(before === null ? [] : [before]),
      atOnce,
    ],
  )
}

function invitedOf(row: Row, { period: { segment }, wanted: { variant } }: Looking): Invited | null {
  const about: { variant: string | null; segments?: string[] } = JSON.parse(row.about)
  if (segment !== undefined && !about.segments?.includes(segment)) return null
  if (variant !== undefined && about.variant !== variant) return null
  return {
    ...{ id: row.id, siteId: row.site_id, visitorId: row.visitor_id, conversationId: row.conversation_id },
    ...{ at: row.at, heldOut: row.held_out === 1, variant: about.variant, seenAt: row.seen_at },
    ...{ openedAt: row.opened_at, repliedAt: row.replied_at, goalAt: row.goal_at, dueAt: row.due_at },
  }
}
