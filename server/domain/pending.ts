import { failure } from '../../shared/result.ts'
import type { Conversations, Proactive, Visits } from './domain.ts'

const pending = async () => failure('unavailable', 'Not available yet.')

/** Stand in for the nouns that are not wired yet. */
export const pendingVisits: Visits = {
  report: pending,
  live: () => [],
  find: () => null,
  ofVisitor: () => null,
  trail: () => [],
  pageViews: async () => [],
}
export const pendingConversations: Conversations = {
  postAsVisitor: pending,
  postAsAgent: pending,
  close: pending,
  reopen: pending,
  assign: pending,
  row: async () => null,
  list: async () => ({ items: [], nextCursor: null }),
  entries: async () => [],
}
export const pendingProactive: Proactive = { invite: pending }
