import type { ConversationId } from '../../shared/ids.ts'
import { times } from '../../shared/limits.ts'
import { protocolVersion } from '../../shared/protocol.ts'
import { isRetryable } from '../../shared/result.ts'
import type { TimelineEvent } from '../../shared/timeline.ts'
import type { Link } from '../connection/link.ts'
import type { Desk, DeskEvent } from './desk-state.ts'
import type { Clock } from './ports.ts'
import type { Store } from './store.ts'

export interface SyncParts {
  link: Link
  clock: Clock
  state: Store<Desk>
  tell(event: DeskEvent): void
  /** The snapshot is here; what waited can go. */
  ready(): void
}

const olderAtOnce = 100

/** Asks for what is missing; everything it learns goes through the same folds as live news. */
export class Sync {
  readonly #parts: SyncParts
  readonly #watched = new Map<ConversationId, number>()
  readonly #filling = new Set<ConversationId>()

  constructor(parts: SyncParts) {
    this.#parts = parts
  }

  async hello(): Promise<void> {
    const { link, clock, tell } = this.#parts
    const answer = await link.request('hello', { protocolVersion, resume: null })
    if (answer.ok) {
      tell({ type: 'snapshot', snapshot: answer, now: clock.now() })
      tell({ type: 'connection', connection: { name: 'live' } })
      this.#parts.ready()
      await Promise.all([...this.#watched.keys()].map((id) => this.#fetch(id)))
    } else if (answer.error.code === 'unsupported')
      tell({ type: 'connection', connection: { name: 'refused', reason: 'protocol' } })
    else if (isRetryable(answer.error.code) && link.isUp())
      clock.after(times.retryFirst, () => void this.hello())
  }

  /** Keeps a conversation up to date until the returned function is called. */
  watch(id: ConversationId): () => void {
    const watchers = (this.#watched.get(id) ?? 0) + 1
    this.#watched.set(id, watchers)
    if (watchers === 1) void this.#fetch(id)
    return () => this.#unwatch(id)
  }

  async older(id: ConversationId): Promise<void> {
    const first = this.#parts.state.get().timelines.get(id)?.entries[0]?.seq ?? 1
    const after = Math.max(0, first - 1 - olderAtOnce)
    const answer = await this.#parts.link.request('entries:since', { conversationId: id, after })
    if (!answer.ok) return
    this.#fold(id, { type: 'older', entries: answer.entries.filter((entry) => entry.seq < first) })
  }

  fillGap(id: ConversationId): void {
    if (!this.#parts.state.get().timelines.get(id)?.gap || this.#filling.has(id)) return
    this.#filling.add(id)
    void this.#fill(id).finally(() => this.#filling.delete(id))
  }

  async #fill(id: ConversationId): Promise<void> {
    for (;;) {
      const after = this.#heldSeq(id) ?? 0
      const answer = await this.#parts.link.request('entries:since', { conversationId: id, after })
      if (!answer.ok) return
      this.#fold(id, { type: 'entries', entries: answer.entries })
      if (!answer.more) return
    }
  }

  async #fetch(id: ConversationId): Promise<void> {
    const { state, link, tell } = this.#parts
    if (!state.get().ready) return
    const answer = await link.request('conversation:watch', {
      conversationId: id,
      after: this.#heldSeq(id),
    })
    if (!answer.ok) return
    const { row, mode, conversation, entries, receipts } = answer
    tell({ type: 'inbox', rows: [row] })
    if (mode === 'whole') this.#fold(id, { type: 'snapshot', conversation, entries, receipts })
    else this.#fold(id, { type: 'entries', entries })
    this.#fold(id, { type: 'receipts', receipts })
  }

  #unwatch(id: ConversationId): void {
    const left = (this.#watched.get(id) ?? 1) - 1
    if (left > 0) {
      this.#watched.set(id, left)
      return
    }
    this.#watched.delete(id)
    void this.#parts.link.request('conversation:unwatch', { conversationId: id })
  }

  #fold(conversationId: ConversationId, event: TimelineEvent): void {
    this.#parts.tell({ type: 'timeline', conversationId, event })
  }

  #heldSeq(id: ConversationId): number | null {
    return this.#parts.state.get().timelines.get(id)?.conversation?.seq ?? null
  }
}
