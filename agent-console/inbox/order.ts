import type { AgentId } from '../../shared/ids.ts'
import { byLatestChange, byWaitingTime, type Inbox, type InboxRow } from '../../shared/inbox.ts'

export const filters = ['open', 'mine', 'unassigned', 'closed'] as const
export type Filter = (typeof filters)[number]

export const fits = ({ conversation }: InboxRow, filter: Filter, me: AgentId): boolean => {
  if (filter === 'closed') return conversation.status === 'closed'
  if (conversation.status === 'closed') return false
  if (filter === 'mine') return conversation.assigneeId === me
  return filter === 'open' || conversation.assigneeId === null
}

/** The rows of one filter: who waits longest first, closed ones by their latest change. */
export const rowsOf = (inbox: Inbox, filter: Filter, me: AgentId): InboxRow[] =>
  [...inbox.values()]
    .filter((row) => fits(row, filter, me))
    .sort(filter === 'closed' ? byLatestChange : byWaitingTime)
