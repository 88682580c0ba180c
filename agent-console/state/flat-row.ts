import type { Conversation } from '../../shared/conversation/conversation.ts'
import type { InboxRow } from '../../shared/inbox.ts'

/** A row as programs get it: the conversation's own fields on the top level. */
export type FlatRow = Conversation & Omit<InboxRow, 'conversation'>

export const rowOf = ({ visitorName, receipts, unread, ...conversation }: FlatRow): InboxRow => ({
  conversation,
  visitorName,
  receipts,
  unread,
})
