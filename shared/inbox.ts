import type { Conversation } from './conversation/conversation.ts'
import type { ConversationId } from './ids.ts'
import type { Receipts } from './timeline.ts'

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

export const emptyInbox: Inbox = new Map()

/** Folds one event in. A row older than the one held is ignored, so frames may overtake each other. */
export function applyInbox(inbox: Inbox, event: InboxEvent): Inbox {
  if (event.type === 'snapshot') return new Map(event.rows.map((row) => [row.conversation.id, row]))
  const next = new Map(inbox)
  for (const row of event.rows) {
    const held = next.get(row.conversation.id)
    if (!held || row.conversation.seq >= held.conversation.seq) next.set(row.conversation.id, row)
  }
  return next
}

/** Those nobody has answered first, longest wait on top; then the others, latest change on top. */
export function byWaitingTime(one: InboxRow, other: InboxRow): number {
  const a = one.conversation
  const b = other.conversation
  if (a.waitingSince !== null || b.waitingSince !== null)
    return (a.waitingSince ?? Number.POSITIVE_INFINITY) - (b.waitingSince ?? Number.POSITIVE_INFINITY)
  return b.changedAt - a.changedAt
}
