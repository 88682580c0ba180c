import type { ConversationId } from '../../shared/ids.ts'
import type { Changed } from '../../shared/protocol.ts'
import type { Result } from '../../shared/result.ts'
import { noReceipts, type Receipts } from '../../shared/timeline.ts'
import type { Ask } from '../connection/link.ts'
import { timelineAt } from '../state/state.ts'
import type { Store } from '../state/store.ts'
import type { Client } from './client.ts'

/** What the panel asks of a conversation. Answers come into the store the same way as announcements. */
export function conversationRequests(store: Store, ask: Ask): Pick<Client, 'end' | 'typing' | 'survey'> {
  const taken = (result: Result<Changed>): boolean => {
    if (result.ok) store.apply({ type: 'changed', ...result.value })
    return result.ok
  }
  return {
    end: (conversationId) => ask('conversation:end', { conversationId }).then(taken),
    typing: (conversationId, typing) => ask('typing:set', { conversationId, typing }),
    async survey(name, input) {
      const said = await ask(name, input)
      taken(said)
      return said
    },
  }
}

/** How far this device has got in each conversation; told again until the server has confirmed it. */
export function createReceipts(store: Store, ask: Ask) {
  const told = new Map<ConversationId, Receipts['visitor']>()

  async function tell(conversationId: ConversationId): Promise<void> {
    const mine = timelineAt(store.get(), conversationId).receipts.visitor
    const before = told.get(conversationId)
    if (before && before.delivered >= mine.delivered && before.seen >= mine.seen) return
    told.set(conversationId, mine)
    const said = await ask('receipt:send', { conversationId, ...mine })
    if (!said.ok && told.get(conversationId) === mine) told.set(conversationId, noReceipts.visitor)
  }

  function receive(conversationId: ConversationId, looked: boolean): Promise<void> | undefined {
    const { conversation, receipts, gap } = timelineAt(store.get(), conversationId)
    if (!conversation || gap) return
    const { visitor } = receipts
    if (!told.has(conversationId)) told.set(conversationId, visitor)
    const delivered = conversation.seq
    const seen = looked ? delivered : visitor.seen
    if (delivered > visitor.delivered || seen > visitor.seen) {
      const event = { type: 'receipts', receipts: { ...receipts, visitor: { delivered, seen } } } as const
      store.apply({ type: 'timeline', place: conversationId, event })
    }
    return tell(conversationId)
  }

  return {
    /** Everything up to the last entry was looked at. */
    look: (conversationId: ConversationId) => receive(conversationId, true),
    /** Everything that is held has reached this device. */
    receiveAll() {
      if (store.get().connection !== 'online') return
      for (const { conversation } of store.get().timelines.values())
        if (conversation) receive(conversation.id, false)
    },
  }
}
