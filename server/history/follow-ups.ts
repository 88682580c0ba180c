import type { FollowUp, FollowUpId } from '../../shared/follow-up.ts'
import type { AgentId, ConversationId, SiteId } from '../../shared/ids.ts'

export interface FollowUpQuery {
  /** `overdue`: open, and due before `now`. */
  state: 'open' | 'overdue' | 'done'
  ownerId?: AgentId | null | undefined
  siteId?: SiteId | undefined
  conversationId?: ConversationId | undefined
  now: number
  cursor?: string | undefined
  limit: number
}

/** What is to be made right with visitors. */
export interface FollowUpHistory {
  /** What is there already, or of somebody who was erased, stays as it is. Answers whether it is new. */
  open(followUp: FollowUp): Promise<boolean>
  find(id: FollowUpId): Promise<FollowUp | null>
  /** What is open by when it is due, what is done by when that was, the latest first. */
  list(query: FollowUpQuery): Promise<{ items: FollowUp[]; nextCursor: string | null }>
  /** Null when missing. */
  change(id: FollowUpId, change: Partial<FollowUp>): Promise<FollowUp | null>
  /** Those that were opened in the period, as they stand. */
  opened(period: { from: number; to: number; siteId?: SiteId; agentId?: AgentId }): Promise<FollowUp[]>
}
