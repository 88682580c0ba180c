import type { Conversation } from './conversation/conversation.ts'
import type { Entry } from './conversation/entry.ts'
import type { AgentId, VisitorId } from './ids.ts'
import type { Invitation } from './invitation.ts'
import type { Receipts } from './timeline.ts'
import type { PageRule } from './triggers/page.ts'
import type { PublicSite } from './visitor.ts'

export interface ConversationSnapshot {
  conversation: Conversation
  /**
   * `whole`: replace what you hold by these last entries; `missing`: these follow what you hold. When they do not
   * reach the conversation's `seq`, ask `entries:since` for the rest.
   */
  mode: 'whole' | 'missing'
  entries: Entry[]
  receipts: Receipts
}

export interface VisitorSnapshot {
  epoch: string
  serverTime: number
  site: PublicSite
  /** Null until the visitor has written or was identified. */
  visitor: { id: VisitorId; name: string | null; email: string | null } | null
  team: { id: AgentId; name: string }[]
  conversations: ConversationSnapshot[]
  rules: PageRule[]
  /** Page views of this visit so far, the present one included. */
  pageViews: number
  /** Shown earlier in this visit and neither answered nor dismissed. */
  invitation: Invitation | null
}

export interface Sent {
  conversation: Conversation
  /** All entries the message caused (a reopening, an assignment), itself last. */
  entries: Entry[]
  /** This `clientId` was stored before; the entries are the ones of then. */
  duplicate: boolean
}
export interface Changed {
  conversation: Conversation
  entries: Entry[]
}
export interface EntriesAnswer {
  conversation: Conversation
  entries: Entry[]
  receipts: Receipts
  /** There are more: ask again after the last one. */
  more: boolean
}
