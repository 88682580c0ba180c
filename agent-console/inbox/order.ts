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

export const orders = ['waiting', 'risk'] as const
export type Order = (typeof orders)[number]

export const orderIn = (text: string | null): Order => orders.find((one) => one === text) ?? 'waiting'

/** The rows of one filter: who waits longest first, or as it is said; closed ones by their latest change. */
export const rowsOf = (
  inbox: Inbox,
  filter: Filter,
  me: AgentId,
  first: (one: InboxRow, other: InboxRow) => number = byWaitingTime,
): InboxRow[] =>
  [...inbox.values()]
    .filter((row) => fits(row, filter, me))
    .sort(filter === 'closed' ? byLatestChange : first)
