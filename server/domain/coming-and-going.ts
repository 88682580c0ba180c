import type { Conversation } from '../../shared/conversation/conversation.ts'
import type { PresenceCommand } from '../../shared/conversation/decide.ts'
import type { LiveConversations } from './conversations.ts'
import type { OwnConversation } from './own-conversation.ts'
import type { Log } from './ports.ts'
import type { Visit } from './visits/visit.ts'

/** Puts on record that a visitor who waits for an answer has left the site, and that they are back. */
export interface ComingAndGoing {
  /** Nothing has been heard of them for so long that they count as gone. */
  gone(visit: Visit): void
  /** They are on the site again; `conversations` are theirs. */
  returned(visit: Visit, conversations: readonly Conversation[]): void
}

interface Needs {
  conversations: Pick<LiveConversations, 'presence'>
  log: Log
}

export function createComingAndGoing({ conversations, log }: Needs): ComingAndGoing {
  /** What they had open when they came, since a visit learns of a conversation only by what is said in it. */
  const held = new WeakMap<Visit, OwnConversation>()
  const record = async (own: OwnConversation, command: PresenceCommand) => {
    const outcome = await conversations.presence(own, command)
    if (!outcome.ok) log.warn('presence:notStored', { code: outcome.error.code })
  }
  const stored = (own: OwnConversation, command: PresenceCommand) =>
    record(own, command).catch((error: unknown) => log.warn('presence:notStored', { error: String(error) }))
  return {
    gone(visit) {
      const { conversationId, visitorId } = visit
      const own = conversationId && visitorId ? { conversationId, visitorId } : held.get(visit)
      if (own) void stored(own, { type: 'leave' })
    },
    returned(visit, theirs) {
      const waiting = theirs.find(({ status, waitingSince }) => status === 'open' && waitingSince !== null)
      if (!waiting) return
      const own = { conversationId: waiting.id, visitorId: waiting.visitorId }
      held.set(visit, own)
      // Also where nothing says yet that they left: that may be on its way to the store.
      void stored(own, { type: 'return' })
    },
  }
}
