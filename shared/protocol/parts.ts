import * as v from 'valibot'
import type { Entry } from '../conversation/entry.ts'
import { FileIds } from '../file.ts'
import { type AgentId, ClientId, ConversationId } from '../ids.ts'
import { limits } from '../limits.ts'
import { count, optionalText } from '../text/fields.ts'
import type { Receipts } from '../timeline.ts'

/** What a client still holds, so that only the rest is sent. */
const Resume = v.nullable(
  v.strictObject({
    epoch: v.pipe(v.string(), v.maxLength(64)),
    conversations: v.pipe(
      v.array(v.strictObject({ id: ConversationId, seq: count })),
      v.maxLength(limits.conversationsInSnapshot),
    ),
  }),
)

export const Hello = { protocolVersion: count, resume: Resume }
export const Conversing = { conversationId: ConversationId }
export const Since = v.strictObject({ ...Conversing, after: count })
export const Typing = v.strictObject({ ...Conversing, typing: v.boolean() })
/** `delivered`: the last entry that reached this device; `seen`: that was looked at. */
export const Receipt = v.strictObject({ ...Conversing, delivered: count, seen: count })
export const Saying = {
  clientId: ClientId,
  /** Empty only where files say it all. */
  text: optionalText(limits.messageCharacters),
  /** Uploaded before, by the author, and in no other message. */
  files: v.optional(FileIds),
}

export interface EntriesAdded {
  conversationId: ConversationId
  entries: Entry[]
}
export interface ReceiptsChanged {
  conversationId: ConversationId
  receipts: Receipts
}
export interface TypingChanged {
  conversationId: ConversationId
  who: { side: 'visitor' } | { side: 'agents'; agentId: AgentId; name: string }
  typing: boolean
}
