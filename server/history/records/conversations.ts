import type { ConversationId } from '../../../shared/ids.ts'
import { limits } from '../../../shared/limits.ts'
import { bytesOf, fitting } from '../../../shared/text/bytes.ts'
import { type Queries, text, type Value } from '../engine.ts'
import type { ConversationHistory, ConversationQuery, ConversationRow, Page } from '../history.ts'
import {
  afterAllWaiting,
  type EntryRow,
  entry,
  type HeldRow,
  held,
  heldColumns,
} from './conversation-rows.ts'
import { type Mark, markOf, writeMark } from './cursor.ts'

type ListedRow = HeldRow & { profile: string | null }

const listed = `SELECT ${heldColumns}, v.profile FROM conversations c LEFT JOIN visitors v ON v.id = c.visitor_id`

export const conversationRecords = (queries: Queries): Omit<ConversationHistory, 'append' | 'receive'> => ({
  find: async (id) => {
    const [row] = await queries.all<ListedRow>(`${listed} WHERE c.id = ?`, [id])
    return row ? conversationRow(row) : null
  },
  findMany: (ids) => rowsOf(queries, ids),
  entries: async (id, after, limit) => {
    const rows = await queries.all<EntryRow>(
      'SELECT seq, at, body FROM entries WHERE conversation = (SELECT number FROM conversations WHERE id = ?) AND seq > ? ORDER BY seq LIMIT ?',
      [id, after, limit],
    )
    return fitting(rows, limits.answerBytes, sizeOf).map(entry)
  },
  lastEntries: async (id, limit) => {
    const rows = await queries.all<EntryRow>(
      'SELECT seq, at, body FROM entries WHERE conversation = (SELECT number FROM conversations WHERE id = ?) ORDER BY seq DESC LIMIT ?',
      [id, limit],
    )
    return fitting(rows, limits.answerBytes, sizeOf).map(entry).reverse()
  },
  count: async () => {
    const [row] = await queries.all<{ open: number; waiting: number }>(
      `SELECT COUNT(*) AS open, COUNT(CASE WHEN place < ? THEN 1 END) AS waiting
       FROM conversations WHERE status = 'open'`,
      [afterAllWaiting],
    )
    return row ?? { open: 0, waiting: 0 }
  },
  list: (query) => list(queries, query),
  ofVisitor: async (visitorId, limit) => {
    const rows = await queries.all<HeldRow>(
      `SELECT ${heldColumns} FROM conversations c WHERE c.visitor_id = ?
       ORDER BY c.started_at DESC, c.id DESC LIMIT ?`,
      [visitorId, limit],
    )
    return rows.map((row) => {
      const { conversation, receipts } = held(row)
      return { conversation, receipts }
    })
  },
})

function conversationRow(row: ListedRow): ConversationRow {
  const visitorName: string | null = row.profile === null ? null : JSON.parse(row.profile).name
  const { conversation, receipts, unread } = held(row)
  return { conversation, receipts, unread, visitorName }
}

/** The index lists by one status at a time, so a list of both statuses is merged from two. */
async function list(queries: Queries, query: ConversationQuery): Promise<Page<ConversationRow>> {
  const after = query.cursor === undefined ? null : markOf(query.cursor)
  if (query.cursor !== undefined && after === null) return { items: [], nextCursor: null }
  const statuses = query.status ? [query.status] : ['open', 'closed']
  const found: Mark[] = []
  for (const status of statuses) found.push(...(await marks(queries, query, status, after)))
  found.sort((one, other) => compare(one, other) * (query.order === 'waiting' ? 1 : -1))
  const shown = found.slice(0, query.limit)
  const rows = await rowsOf(
    queries,
    shown.map(({ id }) => id),
  )
  const items = fitting(rows)
  const isCut = items.length < rows.length
  const last = isCut ? shown.find(({ id }) => id === items.at(-1)?.conversation.id) : shown.at(-1)
  const isMore = isCut || found.length > shown.length
  return { items, nextCursor: last && isMore ? writeMark(last) : null }
}

const sizeOf = ({ body }: EntryRow): number => bytesOf(body) + stampBytes
/** What an entry's number and time add to its body, about. */
const stampBytes = 30

const compare = (one: Mark, other: Mark): number =>
  one.place - other.place || (one.id < other.id ? -1 : Number(one.id > other.id))

const orders = {
  waiting: { column: 'place', after: '>', direction: 'ASC' },
  recent: { column: 'changed_at', after: '<', direction: 'DESC' },
} as const

/** Answered from an index alone, a visitor's list excepted; one more than asked for to know whether there is a next page. */
async function marks(
  queries: Queries,
  query: ConversationQuery,
  status: string,
  after: Mark | null,
): Promise<Mark[]> {
  const { column, after: beyond, direction } = orders[query.order]
  // SQLite would walk the whole list for a visitor's few: a computed status keeps it to the visitor's index.
  const where = [query.visitorId ? "status || '' = ?" : 'status = ?']
  const params: Value[] = [status]
  const filter = (condition: string, ...values: Value[]) => {
    where.push(condition)
    params.push(...values)
  }
  if (after) filter(`(${column}, id) ${beyond} (?, ?)`, after.place, after.id)
  if (query.siteId) filter('site_id = ?', query.siteId)
  if (query.visitorId) filter('visitor_id = ?', query.visitorId)
  // The one test for a part of a text that both engines have.
  if (query.tag !== undefined)
    filter("tags IS NOT NULL AND REPLACE(tags, ?, '') <> tags", JSON.stringify(query.tag))
  if (query.assigneeId === null) filter('assignee_id IS NULL')
  else if (query.assigneeId) filter('assignee_id = ?', query.assigneeId)
  return queries.all<Mark>(
    `SELECT id, ${column} AS place FROM conversations WHERE ${where.join(' AND ')}
     ORDER BY ${column} ${direction}, id ${direction} LIMIT ?`,
    [...params, query.limit + 1],
  )
}

async function rowsOf(queries: Queries, ids: readonly ConversationId[]): Promise<ConversationRow[]> {
  const rows = await queries.lookUp<ListedRow>({
    select: listed,
    by: [text('c.id')],
    keys: ids.map((id) => [id]),
  })
  const byId = new Map<ConversationId, ConversationRow>()
  for (const row of rows.map(conversationRow)) byId.set(row.conversation.id, row)
  return ids.flatMap((id) => byId.get(id) ?? [])
}
