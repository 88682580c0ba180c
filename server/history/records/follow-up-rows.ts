import type { FollowUp, FollowUpId } from '../../../shared/follow-up.ts'
import type { AgentId, ConversationId, SiteId, VisitorId } from '../../../shared/ids.ts'
import { bigint, type Engine, type Queries, type Table, text, type Value } from '../engine.ts'
import type { FollowUpHistory, FollowUpQuery } from '../follow-ups.ts'
import type { Page } from '../history.ts'
import { followUpMark, writeMark } from './cursor.ts'
import { knownMarks, markOfVisitor } from './marks.ts'

/** A row of the table. `about` is JSON: people's own words are in it. */
export type FollowUpRow = {
  id: FollowUpId
  conversation_id: ConversationId
  visitor_id: VisitorId
  site_id: SiteId
  episode: number
  why: FollowUp['why']
  opened_at: number
  due_at: number
  done_at: number | null
  owner_id: AgentId | null
  about: string
}

const table: Table = {
  name: 'follow_ups',
  columns: [
    ...['id', 'conversation_id', 'visitor_id', 'site_id', 'why', 'owner_id', 'about'].map(text),
    ...['episode', 'opened_at', 'due_at', 'done_at'].map(bigint),
  ],
}

/** Always in the same order, so that a copy is equal byte by byte. */
const aboutOf = ({ category, cause, note, doneBy }: FollowUp): string =>
  JSON.stringify({ category, cause, note, doneBy })

export const followUpOf = ({ about, ...row }: FollowUpRow): FollowUp => ({
  ...{ id: row.id, conversationId: row.conversation_id, visitorId: row.visitor_id, siteId: row.site_id },
  ...{ episode: row.episode, why: row.why, openedAt: row.opened_at, dueAt: row.due_at },
  ...{ doneAt: row.done_at, ownerId: row.owner_id },
  ...JSON.parse(about),
})

export const insertFollowUps = (queries: Queries, all: readonly FollowUp[]): Promise<void> =>
  queries.insertMany(
    table,
    all.map((one): Value[] => [
      ...[one.id, one.conversationId, one.visitorId, one.siteId, one.why, one.ownerId, aboutOf(one)],
      ...[one.episode, one.openedAt, one.dueAt, one.doneAt],
    ]),
  )

export const followUpRecords = (engine: Engine): FollowUpHistory => ({
  open: (followUp) => engine.transaction((queries) => open(queries, followUp)),
  find: (id) => find(engine, id),
  list: (query) => list(engine, query),
  change: (id, change) => engine.transaction((queries) => changed(queries, id, change)),
  opened: async ({ from, to, siteId, agentId }) => {
    const rows = await engine.all<FollowUpRow>(
      `SELECT * FROM follow_ups WHERE opened_at >= ? AND opened_at < ?
       ${siteId ? 'AND site_id = ?' : ''} ${agentId ? 'AND owner_id = ?' : ''} ORDER BY opened_at, id`,
      [from, to, ...(siteId ? [siteId] : []), ...(agentId ? [agentId] : [])],
    )
    return rows.map(followUpOf)
  },
})

async function find(queries: Queries, id: FollowUpId): Promise<FollowUp | null> {
  const [row] = await queries.all<FollowUpRow>('SELECT * FROM follow_ups WHERE id = ?', [id])
  return row ? followUpOf(row) : null
}

async function open(queries: Queries, followUp: FollowUp): Promise<boolean> {
  const { id, visitorId } = followUp
  await queries.lock([`ahlan:${visitorId}`])
  const erased = await knownMarks(queries, [markOfVisitor(visitorId)])
  if (erased.size > 0 || (await find(queries, id))) return false
  await insertFollowUps(queries, [followUp])
  return true
}

async function changed(
  queries: Queries,
  id: FollowUpId,
  change: Partial<FollowUp>,
): Promise<FollowUp | null> {
  const [row] = await queries.lookUp<FollowUpRow>({
    select: 'SELECT * FROM follow_ups',
    by: [text('id')],
    keys: [[id]],
    lock: true,
  })
  if (!row) return null
  const fresh = { ...followUpOf(row), ...change }
  await queries.run('UPDATE follow_ups SET owner_id = ?, due_at = ?, done_at = ?, about = ? WHERE id = ?', [
    ...[fresh.ownerId, fresh.dueAt, fresh.doneAt, aboutOf(fresh), id],
  ])
  return fresh
}

async function list(queries: Queries, query: FollowUpQuery): Promise<Page<FollowUp>> {
  const { state, ownerId, siteId, conversationId, now, cursor, limit } = query
  const after = cursor === undefined ? null : followUpMark(cursor)
  if (cursor !== undefined && !after) return { items: [], nextCursor: null }
  const isDone = state === 'done'
  const place = isDone ? 'done_at' : 'due_at'
  const where = [isDone ? 'done_at IS NOT NULL' : 'done_at IS NULL']
  const params: Value[] = []
  const filter = (condition: string, ...values: Value[]) => {
    where.push(condition)
    params.push(...values)
  }
  if (state === 'overdue') filter('due_at < ?', now)
  if (ownerId === null) filter('owner_id IS NULL')
  else if (ownerId) filter('owner_id = ?', ownerId)
  if (siteId) filter('site_id = ?', siteId)
  if (conversationId) filter('conversation_id = ?', conversationId)
  if (after) filter(`(${place}, id) ${isDone ? '<' : '>'} (?, ?)`, after.place, after.id)
  const direction = isDone ? 'DESC' : 'ASC'
  const rows = await queries.all<FollowUpRow>(
    `SELECT * FROM follow_ups WHERE ${where.join(' AND ')}
     ORDER BY ${place} ${direction}, id ${direction} LIMIT ?`,
    [...params, limit + 1],
  )
  const items = rows.slice(0, limit).map(followUpOf)
  const last = items.at(-1)
  const isMore = last && rows.length > limit
  return {
    items,
    nextCursor: isMore ? writeMark({ place: (isDone ? last.doneAt : last.dueAt) ?? 0, id: last.id }) : null,
  }
}
