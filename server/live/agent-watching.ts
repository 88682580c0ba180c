import type { Conversation } from '../../shared/conversation/conversation.ts'
import type { ConversationId } from '../../shared/ids.ts'
import type { AgentSeat } from './seats.ts'
import { addedBetween } from './snapshots.ts'
import type { World } from './world.ts'

/** Conversations open on one socket at a time. */
export const mostWatched = 100

/** From now on what happens in this conversation is told to this socket at once. */
export function watchOn(seat: AgentSeat, { id, visitorId }: Conversation): void {
  if (!seat.socket.connected) return
  seat.watching.set(id, visitorId)
  seat.socket.join(id)
}

/** Sends what was added after `held`, which nobody announced to this socket. */
export async function catchUpWatched(
  { domain: { conversations } }: World,
  { socket }: AgentSeat,
  conversationId: ConversationId,
  held: number,
): Promise<void> {
  const now = await conversations.find(conversationId)
  if (!now) return
  for await (const entries of addedBetween(conversations, now.conversation, held))
    socket.emit('entries:added', { conversationId, entries })
}
