import type { ConversationId, VisitorId } from '../../../shared/ids.ts'
import type { Value } from '../engine.ts'
import type { Held } from './conversation-rows.ts'
import type { Sent } from './sent.ts'

/** What a store with one writer knows beside its tables. */
export interface Memory {
  head(id: ConversationId): Held | undefined
  sent(name: string): Sent | undefined
  /** Conversations of the visitor that are in no table yet. */
  begunBy(visitorId: VisitorId): readonly ConversationId[]
  /** Visible visitor messages above `seen` that are in no table yet. */
  unreadAbove(number: number, seen: number): number
  /** As many numbers, none of them taken by a conversation that is in no table yet. */
  free(numbers: number[]): number[]
}

export const noMemory: Memory = {
  head: () => undefined,
  sent: () => undefined,
  begunBy: () => [],
  unreadAbove: () => 0,
  free: (numbers) => numbers,
}

/** The same count among rows of the table `entries`. */
export function unreadAmong(rows: readonly Value[][], number: number, seen: number): number {
  let unread = 0
  for (const [conversation, seq, , fromVisitor] of rows)
    if (conversation === number && Number(seq) > seen && fromVisitor === 1) unread++
  return unread
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
