import { applyEntry, type Conversation } from '../../../shared/conversation/conversation.ts'
import type { Entry, EntryBody } from '../../../shared/conversation/entry.ts'
import { laterReceipts, noReceipts, type Receipts } from '../../../shared/timeline.ts'
import { bigint, type LookUps, type Table, text, type Value } from '../engine.ts'

/** A conversation as the store holds it. */
export interface Held {
  /** The store's own short key for it. */
  number: number
  conversation: Conversation
  receipts: Receipts
  /** Visible visitor messages above what agents have seen. */
  unread: number
}

export type HeldRow = {
  number: number
  head: string
  unread: number
  visitor_delivered: number
  visitor_seen: number
  agents_delivered: number
  agents_seen: number
}

export type EntryRow = { seq: number; at: number; body: string }

export const heldColumns =
  'c.number, c.head, c.unread, c.visitor_delivered, c.visitor_seen, c.agents_delivered, c.agents_seen'

/** What changes after a conversation has begun. */
const changing = [
  text('status'),
  text('assignee_id'),
  bigint('changed_at'),
  bigint('place'),
  bigint('visitor_delivered'),
  bigint('visitor_seen'),
  bigint('agents_delivered'),
  bigint('agents_seen'),
  bigint('unread'),
  text('head'),
  text('tags'),
  bigint('number'),
]
export const changedConversations: Table = { name: 'conversations', columns: changing }
export const newConversations: Table = {
  name: 'conversations',
  columns: [...changing, text('id'), text('site_id'), text('visitor_id'), bigint('started_at')],
}
export const entries: Table = {
  name: 'entries',
  columns: [bigint('conversation'), bigint('seq'), bigint('at'), bigint('from_visitor'), text('body')],
}
export const sent: Table = {
  name: 'sent',
  columns: [
    bigint('author'),
    bigint('client_high'),
    bigint('client_low'),
    bigint('conversation'),
    bigint('first_seq'),
    bigint('last_seq'),
  ],
}

export const held = (row: HeldRow): Held => ({
  number: row.number,
  conversation: JSON.parse(row.head),
  receipts: {
    visitor: { delivered: row.visitor_delivered, seen: row.visitor_seen },
    agents: { delivered: row.agents_delivered, seen: row.agents_seen },
  },
  unread: row.unread,
})

export const changedRow = ({ number, conversation, receipts, unread }: Held): Value[] => [
  conversation.status,
  conversation.assigneeId,
  conversation.changedAt,
  place(conversation),
  ...receiptColumns(receipts),
  unread,
  JSON.stringify(conversation),
  conversation.tags?.length ? JSON.stringify(conversation.tags) : null,
  number,
]

export const receiptColumns = ({ visitor, agents }: Receipts): Value[] => [
  visitor.delivered,
  visitor.seen,
  agents.delivered,
  agents.seen,
]

export const newRow = (one: Held): Value[] => [
  ...changedRow(one),
  one.conversation.id,
  one.conversation.siteId,
  one.conversation.visitorId,
  one.conversation.startedAt,
]

/** Later than any time in ms until the year 6429. */
export const afterAllWaiting = 2 ** 47

/** Ascending, it puts those waiting longest first, then those who do not wait by their latest change. */
export const place = ({ waitingSince, changedAt }: Conversation): number =>
  waitingSince ?? 2 * afterAllWaiting - changedAt

/** Stamp first: V8 gives every object that is spread and then added to a hidden class of its own. */
export const stamped = (body: EntryBody, seq: number, at: number): Entry => ({ seq, at, ...body })

/** What `JSON.stringify(entry)` says, from its body as JSON. */
export const writtenEntry = ({ seq, at }: Entry, body: string): string =>
  `{"seq":${seq},"at":${at},${body.slice(1)}`

export const entry = (row: EntryRow): Entry => stamped(JSON.parse(row.body), row.seq, row.at)

export const isFromVisitor = (one: Entry): boolean =>
  one.kind === 'message' && one.author.kind === 'visitor' && one.visibility === 'visible'

/** The conversation with its next entry, where the receipts are those of the end already. */
export function withEntry(one: Held, next: Entry): Held {
  const isUnread = isFromVisitor(next) && next.seq > one.receipts.agents.seen
  return {
    ...one,
    conversation: applyEntry(one.conversation, next),
    unread: one.unread + (isUnread ? 1 : 0),
  }
}

/** Who replies has seen what came before: in the same commit, so that no unread mark is left behind. */
export const receiptsAfter = (receipts: Receipts, one: Entry): Receipts =>
  isReply(one)
    ? laterReceipts(receipts, { ...noReceipts, agents: { delivered: one.seq, seen: one.seq } })
    : receipts

export const isReply = (one: Entry): boolean =>
  one.kind === 'message' && one.author.kind === 'agent' && one.visibility === 'visible' && !one.auto

/** Visible visitor messages above `seen`. */
export async function countUnread(queries: LookUps, number: number, seen: number): Promise<number> {
  const [row] = await queries.all<{ unread: number }>(
    'SELECT COUNT(*) AS unread FROM entries WHERE conversation = ? AND seq > ? AND from_visitor = 1',
    [number, seen],
  )
  return row?.unread ?? 0
}
