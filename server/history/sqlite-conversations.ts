import type { ConversationId } from '../../shared/ids.ts'
import type { ConversationRow } from './history.ts'
import type { Journal } from './records/journal.ts'
import type { Records } from './records/records.ts'

/**
 * Single conversations from the journal's memory where it has them: the usual questions while people
 * talk, each of which would make the journal settle.
 */
export function rememberedConversations(
  { conversations, visitors }: Records,
  journal: Pick<Journal, 'remembered'>,
): Records['conversations'] {
  return {
    findMany,
    find: async (id) => (await findMany([id]))[0] ?? null,
    entries: (...asked) => conversations.entries(...asked),
    lastEntries: (...asked) => conversations.lastEntries(...asked),
    count: () => conversations.count(),
    list: (query) => conversations.list(query),
    ofVisitor: (...asked) => conversations.ofVisitor(...asked),
  }

  async function findMany(ids: readonly ConversationId[]): Promise<ConversationRow[]> {
    const rows = new Map<ConversationId, ConversationRow>()
    for (const row of await remembered(ids)) rows.set(row.conversation.id, row)
    const others = ids.filter((id) => !rows.has(id))
    if (others.length > 0)
      for (const row of await conversations.findMany(others)) rows.set(row.conversation.id, row)
    return ids.flatMap((id) => rows.get(id) ?? [])
  }

  async function remembered(ids: readonly ConversationId[]): Promise<ConversationRow[]> {
    const held = await journal.remembered(ids)
    if (held.length === 0) return []
    const names = new Map(await visitors.names(held.map(({ conversation }) => conversation.visitorId)))
    return held.map(({ conversation, receipts, unread }) => {
      const visitorName = names.get(conversation.visitorId) ?? null
      return { conversation, receipts, unread, visitorName }
    })
  }
}
