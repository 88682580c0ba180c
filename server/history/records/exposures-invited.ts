import type { ConversationId, InviteId, SiteId, VisitorId } from '../../../shared/ids.ts'
import type { Invited, InvitedFigure } from '../../../shared/metrics/invited.ts'
import type { Queries, Value } from '../engine.ts'
import type { ExposureHistory, ExposurePeriod } from '../exposures.ts'
import { inviteMark, type MarkOf, writeMark } from './cursor.ts'

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

export async function invited(queries: Queries, looking: Looking): ReturnType<ExposureHistory['invited']> {
  const { limit, cursor } = looking.part
  const items: Invited[] = []
  for (let mark = cursor === undefined ? null : inviteMark(cursor); ; ) {
    const rows = await rowsAfter(queries, looking, mark)
    for (const row of rows) {
      const one = invitedOf(row, looking)
      if (!one) continue
      if (items.length === limit) return { items, nextCursor: nextOf(items) }
      items.push(one)
    }
    const last = rows.at(-1)
    if (!last || rows.length <= limit) return { items, nextCursor: null }
    mark = { place: last.at, id: last.id }
  }
}

function nextOf(items: readonly Invited[]): string | null {
  const last = items.at(-1)
  return last ? writeMark({ place: last.at, id: last.id }) : null
}

/**
 * In the order of an index, each row asked by another whether it is the first of its visitor: a part costs what it goes
 * past, and all parts together one way through the period. (By its `OR`, PostgreSQL does not join the whole instead.)
 */
function rowsAfter(queries: Queries, looking: Looking, mark: MarkOf<InviteId> | null): Promise<Row[]> {
  const { period, wanted, part } = looking
  const { from, to, siteId, ruleId } = period
  const condition = conditions[wanted.figure]
  const texts = aboutLike(looking)
  return queries.all<Row>(
    `SELECT id, site_id, visitor_id, conversation_id, at, held_out, about, due_at, seen_at, opened_at, replied_at, goal_at
     FROM exposures AS one WHERE at >= ? AND at < ? AND said_by = 'rule' AND rule_id = ?
       ${siteId ? 'AND site_id = ?' : ''} ${mark ? 'AND (at < ? OR id < ?)' : ''}
       AND ${condition} ${texts.map(() => "AND about LIKE ? ESCAPE '!'").join(' ')}
       AND (visitor_id IS NULL OR NOT EXISTS (
         SELECT 1 FROM exposures AS other WHERE other.visitor_id = one.visitor_id AND other.at >= ? AND other.at < ?
           AND other.rule_id = one.rule_id AND other.said_by = 'rule' AND other.id < one.id
           ${siteId ? 'AND other.site_id = one.site_id' : ''}))
     ORDER BY at DESC, id DESC LIMIT ?`,
    [
      ...[from, mark ? Math.min(to, mark.place + 1) : to, ruleId, ...(siteId ? [siteId] : [])],
      ...(mark ? [mark.place, mark.id] : []),
      ...(condition.includes('?') ? [part.now] : []),
      ...[...texts, from, to, part.limit + 1],
    ],
  )
}

/** Leaves few rows to look into that are not meant, and none out that are. */
const aboutLike = ({ period: { segment }, wanted: { variant } }: Looking): string[] => [
  ...(segment === undefined ? [] : [`%"segments":[%${literally(segment)}%`]),
  ...(variant === undefined ? [] : [`%"variant":${literally(variant)},%`]),
]

const literally = (value: string | null): string => JSON.stringify(value).replace(/[!%_]/g, '!$&')

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
