import type { ConversationId, VisitorId } from '../../shared/ids.ts'

/** Of this visitor; for another's the answer is that there is none. */
export interface OwnConversation {
  conversationId: ConversationId
  visitorId: VisitorId
}
