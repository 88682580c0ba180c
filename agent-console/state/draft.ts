import type { AgentId, ConversationId } from '../../shared/ids.ts'

/** Under what a reply that is not sent yet is kept. */
export const draftKey = (me: AgentId, id: ConversationId): string => `ahlan.draft.${me}.${id}`
