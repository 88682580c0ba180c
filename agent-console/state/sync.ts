import type { Entry } from '../../shared/conversation/entry.ts'
import type { AgentId, ConversationId } from '../../shared/ids.ts'
import type { InboxRow } from '../../shared/inbox.ts'
import { limits, times } from '../../shared/limits.ts'
import { type AgentInput, protocolVersion } from '../../shared/protocol.ts'
import { type Failure, isRetryable } from '../../shared/result.ts'
import type { TimelineEvent } from '../../shared/timeline.ts'
import type { Link } from '../connection/link.ts'
import type { Desk, DeskEvent } from './desk-state.ts'
import type { Clock } from './ports.ts'
import type { Store } from './store.ts'

export interface SyncParts {
  /** Whose desk this is. */
  agentId: AgentId
  link: Link
  clock: Clock
  state: Store<Desk>
  tell(event: DeskEvent): void
  /** They were here, and are not anywhere any more. */
  erased(ids: readonly ConversationId[]): void
  /** The snapshot is here; what waited can go. */
  ready(): void
}

const olderAtOnce = 100

/** After a sign of waking up, a connection over which nothing has come for this long is given up, ms. */
const aliveWithin = 2_000
/** Signs of waking up come several at once; one question answers them all. */
const askedJustNow = 250

/** Asks for what is missing; everything it learns goes through the same folds as live news. */
export class Sync {
  readonly #parts: SyncParts
  readonly #watched = new Map<ConversationId, number>()
  readonly #filling = new Map<ConversationId, Promise<void>>()
  /** Asked for, and not there. */
  readonly #missing = new Set<ConversationId>()
  #askedAt: number | null = null
  #cancelRetry: () => void = () => undefined

  constructor(parts: SyncParts) {
    this.#parts = parts
  }

  /** A new connection. */
  up(): void {
    this.#askedAt = null
    void this.#hello()
  }

  /** Time may have passed without us: asks anew, and finds out whether anybody is there to answer. */
  wake(): void {
    const { link, clock } = this.#parts
    link.hurry()
    if (!link.isUp()) return
    const heard = link.heard()
    clock.after(aliveWithin, () => {
      if (link.isUp() && link.heard() === heard) link.renew()
    })
    if (this.#askedAt === null || Math.abs(clock.now() - this.#askedAt) > askedJustNow) void this.#hello()
  }

  async #hello(): Promise<void> {
    const { agentId, link, clock, tell } = this.#parts
    this.#cancelRetry()
    this.#askedAt = clock.now()
    const resume = this.#held()
    const answer = await link.request('hello', { protocolVersion, resume, roster: 'window' })
    this.#askedAt = null
    if (!answer.ok) {
      this.#refused(answer.error.code)
      return
    }
    if (answer.me.id !== agentId) {
      tell({ type: 'connection', connection: { name: 'replaced' } })
      return
    }
    tell({ type: 'snapshot', snapshot: answer, now: clock.now() })
    tell({ type: 'connection', connection: { name: 'live' } })
    this.#parts.ready()
    const resumed = new Set(answer.conversations.map(({ conversation }) => conversation.id))
    const others = [...this.#watched.keys()].filter((id) => !resumed.has(id))
    await Promise.all([...[...resumed].map((id) => this.fillGap(id)), ...others.map((id) => this.fetch(id))])
    if (resume?.epoch === answer.epoch) this.#tellErased(resume.conversations.map(({ id }) => id))
  }

  /** Of a store that nobody put back, only people who are erased take conversations along. */
  #tellErased(held: readonly ConversationId[]): void {
    const ids = held.filter((id) => this.#missing.has(id))
    if (ids.length > 0) this.#parts.erased(ids)
  }

  #refused(code: Parameters<typeof isRetryable>[0]): void {
    const { link, clock, tell } = this.#parts
    // A server of before, to which the greeting says something it has no word for, is told of by `invalid`.
    if (code === 'unsupported' || code === 'invalid')
      tell({ type: 'connection', connection: { name: 'refused', reason: 'protocol' } })
    else if (isRetryable(code) && link.isUp())
      this.#cancelRetry = clock.after(times.retryFirst, () => void this.#hello())
  }

  /** What is open on this screen, and how much of it is here. */
  #held(): AgentInput<'hello'>['resume'] {
    const { epoch } = this.#parts.state.get()
    if (epoch === null) return null
    const conversations = [...this.#watched.keys()].flatMap((id) => {
      const seq = this.heldSeq(id)
      return seq === null ? [] : [{ id, seq }]
    })
    return { epoch, conversations: conversations.slice(0, limits.conversationsInSnapshot) }
  }

  /** Keeps a conversation up to date until the returned function is called. */
  watch(id: ConversationId): () => void {
    const watchers = (this.#watched.get(id) ?? 0) + 1
    this.#watched.set(id, watchers)
    if (watchers === 1) void this.fetch(id)
    return () => this.#unwatch(id)
  }

  async older(id: ConversationId): Promise<void> {
    const first = this.#parts.state.get().timelines.get(id)?.entries[0]?.seq ?? 1
    const entries: Entry[] = []
    let after = Math.max(0, first - 1 - olderAtOnce)
    while (after < first - 1) {
      const answer = await this.#parts.link.request('entries:since', { conversationId: id, after })
      const last = answer.ok ? answer.entries.at(-1) : undefined
      if (!answer.ok || !last) return
      entries.push(...answer.entries)
      after = last.seq
    }
    this.#fold(id, { type: 'older', entries: entries.filter((entry) => entry.seq < first) })
  }

  /** Resolves when nothing is missing between the entries held, or when it could not be asked for. */
  fillGap(id: ConversationId): Promise<void> {
    const underWay = this.#filling.get(id)
    if (underWay) return underWay
    if (!this.#hasGap(id)) return Promise.resolve()
    const filled = this.#fill(id).finally(() => this.#filling.delete(id))
    this.#filling.set(id, filled)
    return filled
  }

  async #fill(id: ConversationId): Promise<void> {
    for (;;) {
      const after = this.heldSeq(id) ?? 0
      const answer = await this.#parts.link.request('entries:since', { conversationId: id, after })
      if (!answer.ok) {
        this.#later(answer.error, () => void this.fillGap(id))
        return
      }
      this.#fold(id, { type: 'entries', entries: answer.entries })
      this.#fold(id, { type: 'receipts', receipts: answer.receipts })
      // What was announced while the answer was on its way came too early, and is missing now.
      if (!answer.more && !(this.#hasGap(id) && answer.entries.length)) return
    }
  }

  #later({ code, retryAfterMs = 0 }: Failure, ask: () => void): void {
    const wait = Math.max(retryAfterMs, times.retryFirst)
    if (isRetryable(code)) this.#parts.clock.after(wait, ask)
  }

  #hasGap(id: ConversationId): boolean {
    return this.#parts.state.get().timelines.get(id)?.gap ?? false
  }

  /** The conversation as it is now, as far as it is not here yet. */
  async fetch(id: ConversationId): Promise<void> {
    const { state, link, tell } = this.#parts
    if (!state.get().ready) return
    const answer = await link.request('conversation:watch', {
      conversationId: id,
      after: this.heldSeq(id),
    })
    if (!answer.ok) {
      if (answer.error.code === 'not_found') this.#missing.add(id)
      // Who has lost the connection asks as soon as there is another.
      else if (link.isUp()) this.#later(answer.error, () => this.#watched.has(id) && void this.fetch(id))
      return
    }
    const { row, mode, conversation, entries, receipts } = answer
    tell({ type: 'inbox', rows: [row] })
    if (mode === 'whole') this.#fold(id, { type: 'snapshot', conversation, entries, receipts })
    else this.#fold(id, { type: 'entries', entries, upTo: conversation.seq })
    this.#fold(id, { type: 'receipts', receipts })
    await this.fillGap(id)
  }

  /** Rows tell how far conversations have got, also of entries that were lost on the way to this screen. */
  follow(rows: readonly InboxRow[]): void {
    this.#parts.tell({ type: 'inbox', rows })
    for (const { conversation } of rows) {
      const { id, seq } = conversation
      if (!this.#watched.has(id) || seq <= (this.heldSeq(id) ?? seq)) continue
      this.#fold(id, { type: 'entries', entries: [], upTo: seq })
      void this.fillGap(id)
    }
  }

  heldSeq(id: ConversationId): number | null {
    return this.#parts.state.get().timelines.get(id)?.conversation?.seq ?? null
  }

  #unwatch(id: ConversationId): void {
    const left = (this.#watched.get(id) ?? 1) - 1
    if (left > 0) {
      this.#watched.set(id, left)
      return
    }
    this.#watched.delete(id)
    this.#parts.tell({ type: 'heeded', conversationId: id })
    void this.#parts.link.request('conversation:unwatch', { conversationId: id })
  }

  #fold(conversationId: ConversationId, event: TimelineEvent): void {
    this.#parts.tell({ type: 'timeline', conversationId, event })
  }
}
