import type { ConversationId, VisitorId } from '../../../shared/ids.ts'
import type { Held } from './conversation-rows.ts'

/** What a store with one writer knows beside its tables. */
export interface Memory {
  head(id: ConversationId): Held | undefined
  /** Conversations of the visitor that are in no table yet. */
  begunBy(visitorId: VisitorId): readonly ConversationId[]
  /** As many numbers, none of them taken by a conversation that is in no table yet. */
  free(numbers: number[]): number[]
  /** Whether any client id of the batch may be in the tables already. */
  mayRepeat: boolean
  /** Who was erased since somebody could have come to act for them; null when only the tables know. */
  erased: ReadonlySet<VisitorId> | null
}

export const noMemory: Memory = {
  head: () => undefined,
  begunBy: () => [],
  free: (numbers) => numbers,
  mayRepeat: true,
  erased: null,
}

/** What the journal holds and the tables do not. */
export class Unsettled {
  readonly heads = new Map<ConversationId, Held>()
  readonly begunBy = new Map<VisitorId, readonly ConversationId[]>()
  /** Names of the commands with a client id (see `nameOf`). */
  readonly sent = new Set<string>()
  entries = 0
  receipts = 0
}

/** The conversations used last: at least `most` / 2 of them, at most `most`. */
export class RecentHeads {
  private young = new Map<ConversationId, Held>()
  private old = new Map<ConversationId, Held>()

  constructor(private readonly most: number) {}

  get(id: ConversationId): Held | undefined {
    return this.young.get(id) ?? this.old.get(id)
  }

  keep(one: Held): void {
    this.young.set(one.conversation.id, one)
    if (this.young.size < this.most / 2) return
    this.old = this.young
    this.young = new Map()
  }

  clear(): void {
    this.young.clear()
    this.old.clear()
  }
}
