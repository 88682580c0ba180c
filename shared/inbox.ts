import type { Conversation } from './conversation/conversation.ts'
import type { ConversationId } from './ids.ts'
import { laterReceipts, type Receipts, type Timeline, unreadCount } from './timeline.ts'
import type { LiveVisitor } from './visitor.ts'

/** A conversation as a row of the inbox: the state, whom it is with, and how much is unread. */
export interface InboxRow {
  conversation: Conversation
  visitorName: string | null
  receipts: Receipts
  /** Visible visitor messages no agent has looked at. */
  unread: number
}

export type Inbox = ReadonlyMap<ConversationId, InboxRow>

export type InboxEvent =
  | { type: 'snapshot'; rows: readonly InboxRow[] }
  | { type: 'changes'; rows: readonly InboxRow[] }
  /** A conversation open on this screen hears its entries before the gathered rows do. */
  | { type: 'followed'; timeline: Timeline }
  /** Whom the site has made known: a name changes no number of a conversation. */
  | { type: 'met'; visitors: readonly Pick<LiveVisitor, 'visitorId' | 'name'>[] }

export const emptyInbox: Inbox = new Map()

/** Folds one event in. A row older than the one held is ignored, so frames may overtake each other. */
export function applyInbox(inbox: Inbox, event: InboxEvent): Inbox {
  switch (event.type) {
    case 'snapshot':
      return new Map(event.rows.map((row) => [row.conversation.id, newerRow(inbox, row)]))
    case 'changes': {
      const next = new Map(inbox)
      for (const row of event.rows) next.set(row.conversation.id, newerRow(next, row))
      return next
    }
    case 'followed':
      return follow(inbox, event.timeline)
    case 'met':
      return meet(inbox, event.visitors)
  }
}

const newerRow = (inbox: Inbox, row: InboxRow): InboxRow => {
  const held = inbox.get(row.conversation.id)
  return held && isOlderRow(row, held) ? held : row
}

/**
 * Whether the one row of a conversation was read before the other. Numbers and receipts only ever grow in
 * the store, so they order its rows as time does; what is equal in them counts as newer.
 */
export function isOlderRow(one: InboxRow, other: InboxRow): boolean {
  const [mine, theirs] = [ageOf(one), ageOf(other)]
  const differs = mine.findIndex((age, i) => age !== theirs[i])
  return differs >= 0 && (mine[differs] ?? 0) < (theirs[differs] ?? 0)
}

const ageOf = ({ conversation, receipts: { agents, visitor } }: InboxRow): readonly number[] => [
  conversation.seq,
  agents.seen,
  agents.delivered,
  visitor.seen,
  visitor.delivered,
]

function follow(inbox: Inbox, timeline: Timeline): Inbox {
  const { conversation, entries } = timeline
  const row = conversation && inbox.get(conversation.id)
  if (!conversation || !row || conversation.seq < row.conversation.seq) return inbox
  const receipts = laterReceipts(row.receipts, timeline.receipts)
  const holdsAllUnread = (entries[0]?.seq ?? 1) <= receipts.agents.seen + 1
  const unread = holdsAllUnread ? unreadCount({ ...timeline, receipts }, 'agents') : row.unread
  const next: InboxRow = { ...row, conversation, receipts, unread }
  return isOlderRow(row, next) ? new Map(inbox).set(conversation.id, next) : inbox
}

function meet(inbox: Inbox, visitors: Extract<InboxEvent, { type: 'met' }>['visitors']): Inbox {
  const names = new Map(
    visitors.flatMap(({ visitorId, name }) => (visitorId && name ? [[visitorId, name]] : [])),
  )
  const renamed = [...inbox].flatMap(([id, row]): [ConversationId, InboxRow][] => {
    const visitorName = names.get(row.conversation.visitorId)
    return visitorName && visitorName !== row.visitorName ? [[id, { ...row, visitorName }]] : []
  })
  return renamed.length > 0 ? new Map([...inbox, ...renamed]) : inbox
}

/** Those nobody has answered first, longest wait on top; then the others, latest change on top. */
export function byWaitingTime(one: InboxRow, other: InboxRow): number {
  const a = one.conversation
  const b = other.conversation
  if (a.waitingSince !== null || b.waitingSince !== null)
    return byNumber(a.waitingSince ?? endOfTime, b.waitingSince ?? endOfTime) || byId(one, other)
  return byNumber(b.changedAt, a.changedAt) || byId(one, other)
}

/** The latest change on top. */
export const byLatestChange = (one: InboxRow, other: InboxRow): number =>
  byNumber(other.conversation.changedAt, one.conversation.changedAt) || byId(other, one)

const endOfTime = Number.POSITIVE_INFINITY

const byNumber = (a: number, b: number): number => Number(a > b) - Number(a < b)

/** Within one moment; as the store does it. */
const byId = (one: InboxRow, other: InboxRow): number =>
  Number(one.conversation.id > other.conversation.id) - Number(one.conversation.id < other.conversation.id)
