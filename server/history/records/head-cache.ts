import type { ConversationId } from '../../../shared/ids.ts'
import type { Held } from './conversation-rows.ts'

/** Conversations as last stored. Only a store with one writer may remember any. */
export interface HeadCache {
  get(id: ConversationId): Held | undefined
  keep(held: Held): void
  clear(): void
}

export const noHeadCache: HeadCache = { get: () => undefined, keep: () => undefined, clear: () => undefined }

/** Remembers the `most` conversations used last. */
export function headCache(most: number): HeadCache {
  const held = new Map<ConversationId, Held>()
  return {
    get: (id) => held.get(id),
    keep: (one) => {
      const { id } = one.conversation
      held.delete(id)
      held.set(id, one)
      for (const oldest of held.keys()) {
        if (held.size <= most) break
        held.delete(oldest)
      }
    },
    clear: () => held.clear(),
  }
}
