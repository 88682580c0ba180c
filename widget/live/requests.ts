import type { ConversationId } from '../../shared/ids.ts'
import type { Changed } from '../../shared/protocol.ts'
import type { Result } from '../../shared/result.ts'
import type { Ask } from '../connection/link.ts'
import { timelineAt } from '../state/state.ts'
import type { Store } from '../state/store.ts'
import type { Client } from './client.ts'

/** What the panel asks of a conversation. Answers come into the store the same way as announcements. */
export function conversationRequests(
  store: Store,
  ask: Ask,
): Pick<Client, 'end' | 'typing' | 'look' | 'survey'> {
  const taken = (result: Result<Changed>): boolean => {
    if (result.ok) store.apply({ type: 'changed', ...result.value })
    return result.ok
  }
  return {
    end: (conversationId) => ask('conversation:end', { conversationId }).then(taken),
    typing: (conversationId, typing) => ask('typing:set', { conversationId, typing }),
    look: (conversationId) => receive(store, ask, { conversationId, looked: true }),
    survey: {
      show: (conversationId) => ask('survey:show', { conversationId }).then(taken),
      skip: (conversationId) => ask('survey:skip', { conversationId }).then(taken),
      answer: (conversationId, rating, comment) =>
        ask('survey:answer', { conversationId, rating, comment }).then(taken),
    },
  }
}

/** Tells of everything that has reached this device. */
export function receiveAll(store: Store, ask: Ask): void {
  for (const { conversation } of store.get().timelines.values())
    if (conversation) receive(store, ask, { conversationId: conversation.id, looked: false })
}

/** Tells how far this device has got, where that is further than what was told. */
export async function receive(
  store: Store,
  ask: Ask,
  { conversationId, looked }: { conversationId: ConversationId; looked: boolean },
): Promise<void> {
  const { conversation, receipts, gap } = timelineAt(store.get(), conversationId)
  if (!conversation || gap) return
  const delivered = conversation.seq
  const seen = looked ? delivered : receipts.visitor.seen
  if (delivered <= receipts.visitor.delivered && seen <= receipts.visitor.seen) return
  const next = { ...receipts, visitor: { delivered, seen } }
  store.apply({ type: 'timeline', place: conversationId, event: { type: 'receipts', receipts: next } })
  await ask('receipt:send', { conversationId, delivered, seen })
}
