import type { ConversationId } from '../../shared/ids.ts'
import { type Ack, isRetryable } from '../../shared/result.ts'

/** How far the agents' side has got in one conversation. */
export interface Reached {
  delivered: number
  seen: number
}

export interface ReceiptParts {
  send(conversationId: ConversationId, reached: Reached): Promise<Ack<object>>
  confirmed(conversationId: ConversationId, reached: Reached): void
}

/** Receipts the server has not confirmed are told again on the next connection. */
export class OwedReceipts {
  readonly #parts: ReceiptParts
  readonly #owed = new Map<ConversationId, Reached>()

  constructor(parts: ReceiptParts) {
    this.#parts = parts
  }

  /** Only what moves beyond `known`, and beyond what is under way already, is sent. */
  tell(id: ConversationId, reached: Reached, known: Reached): void {
    const owed = this.#owed.get(id)
    if (!isBeyond(reached, known) || (owed && !isBeyond(reached, owed))) return
    this.#owed.set(id, reached)
    void this.#send(id, reached)
  }

  flush(): void {
    for (const [id, reached] of this.#owed) void this.#send(id, reached)
  }

  async #send(id: ConversationId, reached: Reached): Promise<void> {
    const answer = await this.#parts.send(id, reached)
    if (answer.ok) this.#parts.confirmed(id, reached)
    else if (isRetryable(answer.error.code)) return
    if (this.#owed.get(id) === reached) this.#owed.delete(id)
  }
}

const isBeyond = (one: Reached, other: Reached): boolean =>
  one.delivered > other.delivered || one.seen > other.seen
