import * as v from 'valibot'
import { ClientId, ConversationId } from '../../shared/ids.ts'
import { times } from '../../shared/limits.ts'
import type { Sent } from '../../shared/protocol.ts'
import { type Ack, type Failure, failure, isRetryable } from '../../shared/result.ts'
import type { TimelineEvent } from '../../shared/timeline.ts'
import { backoff } from './backoff.ts'
import type { Chance, Clock, Keep } from './ports.ts'

const Reply = v.object({
  clientId: ClientId,
  conversationId: ConversationId,
  text: v.string(),
  note: v.boolean(),
  writtenAt: v.number(),
  /** The server refused it for good, or it waited too long; only the agent can send it again. */
  stuck: v.boolean(),
})
/** A reply that has not been confirmed. */
export type Reply = v.InferOutput<typeof Reply>

export interface OutboxParts {
  /** What the keys of waiting replies begin with; one for each agent, since browsers are shared. */
  prefix: string
  keep: Keep
  clock: Clock
  chance: Chance
  send(reply: Reply): Promise<Ack<Sent>>
  /** Hears what to fold into the conversation's timeline. */
  announce(conversationId: ConversationId, event: TimelineEvent): void
  /** The server has it. */
  confirmed(reply: Reply, sent: Sent): void
}

/**
 * Replies wait here, on disk, until the server has confirmed them. One of each conversation is under
 * way at a time, so that their order holds; sending one again does not double it (`clientId`).
 * Each has a key of its own: tabs share the disk, and none may write over what another one holds.
 */
export class Outbox {
  readonly #parts: OutboxParts
  readonly #underWay = new Set<ConversationId>()
  readonly #attempts = new Map<ClientId, number>()
  readonly #timers = new Map<ConversationId, () => void>()
  #replies: readonly Reply[] = []
  #closed = false

  constructor(parts: OutboxParts) {
    this.#parts = parts
    this.reread()
  }

  /** Takes over what other tabs have written, changed and got rid of. */
  reread(): void {
    const held = this.#replies
    this.#replies = readReplies(this.#parts)
    for (const { clientId, conversationId } of held)
      if (!this.find(clientId)) this.#parts.announce(conversationId, { type: 'discarded', clientId })
    for (const reply of this.#replies)
      this.#announceChange(reply, held.find((one) => one.clientId === reply.clientId) ?? null)
  }

  post(draft: Pick<Reply, 'conversationId' | 'text' | 'note'>): void {
    const { chance } = this.#parts
    this.reread()
    const reply = { ...draft, clientId: chance.clientId(), writtenAt: this.#moment(), stuck: false }
    this.#save(reply)
    this.#announceQueued(reply)
    this.#pump(reply.conversationId)
  }

  find(clientId: ClientId): Reply | null {
    return this.#replies.find((one) => one.clientId === clientId) ?? null
  }

  retry(clientId: ClientId): void {
    const reply = this.find(clientId)
    if (!reply) return
    this.#mark(clientId, { stuck: false, writtenAt: this.#moment() })
    this.#parts.announce(reply.conversationId, { type: 'requeued', clientId })
    this.#pump(reply.conversationId)
  }

  discard(clientId: ClientId): void {
    const reply = this.find(clientId)
    if (!reply) return
    this.#drop(clientId)
    this.#parts.announce(reply.conversationId, { type: 'discarded', clientId })
  }

  /** The way is open again: send what waits, now. */
  flush(): void {
    this.reread()
    for (const id of new Set(this.#replies.map((one) => one.conversationId))) this.#pump(id)
  }

  close(): void {
    this.#closed = true
    for (const cancel of this.#timers.values()) cancel()
  }

  #pump(conversationId: ConversationId): void {
    this.#timers.get(conversationId)?.()
    this.#timers.delete(conversationId)
    this.reread()
    const reply = this.#replies.find((one) => one.conversationId === conversationId && !one.stuck)
    if (this.#closed || !reply || this.#underWay.has(conversationId)) return
    this.#underWay.add(conversationId)
    this.#parts.announce(conversationId, { type: 'sending', clientId: reply.clientId })
    void this.#parts.send(reply).then((answer) => {
      this.#underWay.delete(conversationId)
      if (!this.#closed) this.#settle(reply, answer)
    })
  }

  #settle(reply: Reply, answer: Ack<Sent>): void {
    if (answer.ok) this.#confirm(reply, answer)
    else if (isRetryable(answer.error.code)) this.#wait(reply, answer.error.retryAfterMs)
    else this.#stop(reply, answer.error)
  }

  #confirm(reply: Reply, sent: Sent): void {
    this.#attempts.delete(reply.clientId)
    this.#drop(reply.clientId)
    this.#parts.confirmed(reply, sent)
    this.#pump(reply.conversationId)
  }

  #wait(reply: Reply, retryAfterMs = 0): void {
    const { clock, chance, announce } = this.#parts
    const { conversationId, clientId } = reply
    if (clock.now() - reply.writtenAt > times.giveUpShowing) {
      this.#stop(reply, unreached)
      return
    }
    const tries = this.#attempts.get(clientId) ?? 0
    this.#attempts.set(clientId, tries + 1)
    announce(conversationId, { type: 'requeued', clientId })
    const ms = Math.max(retryAfterMs, backoff(tries, chance))
    this.#timers.set(
      conversationId,
      clock.after(ms, () => this.#pump(conversationId)),
    )
  }

  #stop(reply: Reply, error: Failure): void {
    this.#mark(reply.clientId, { stuck: true })
    this.#announceStuck(reply, error)
    this.#pump(reply.conversationId)
  }

  #announceChange(reply: Reply, held: Reply | null): void {
    const { conversationId, clientId } = reply
    if (!held) this.#announceQueued(reply)
    if (reply.stuck && !held?.stuck) this.#announceStuck(reply, unreached)
    else if (held?.stuck && !reply.stuck) this.#parts.announce(conversationId, { type: 'requeued', clientId })
  }

  #announceQueued({ conversationId, clientId, text, writtenAt }: Reply): void {
    this.#parts.announce(conversationId, { type: 'queued', clientId, text, writtenAt })
  }

  #announceStuck({ conversationId, clientId }: Reply, error: Failure): void {
    this.#parts.announce(conversationId, { type: 'notSent', clientId, error })
  }

  /** Replies are ordered by when they were written, so no two share a moment. */
  #moment(): number {
    return Math.max(this.#parts.clock.now(), (this.#replies.at(-1)?.writtenAt ?? 0) + 1)
  }

  #mark(clientId: ClientId, change: Partial<Reply>): void {
    this.reread()
    const reply = this.find(clientId)
    if (reply) this.#save({ ...reply, ...change })
  }

  #save(reply: Reply): void {
    const others = this.#replies.filter((one) => one.clientId !== reply.clientId)
    this.#replies = [...others, reply].sort(byMoment)
    this.#parts.keep.write(this.#parts.prefix + reply.clientId, JSON.stringify(reply))
  }

  #drop(clientId: ClientId): void {
    this.#replies = this.#replies.filter((one) => one.clientId !== clientId)
    this.#parts.keep.write(this.#parts.prefix + clientId, null)
  }
}

const unreached = failure('unavailable', 'The server could not be reached.').error

const byMoment = (one: Reply, other: Reply): number => one.writtenAt - other.writtenAt

const readReplies = ({ prefix, keep }: OutboxParts): readonly Reply[] =>
  keep
    .keys(prefix)
    .flatMap((key) => readReply(keep.read(key)))
    .sort(byMoment)

function readReply(stored: string | null): Reply[] {
  if (stored === null) return []
  try {
    const parsed = v.safeParse(Reply, JSON.parse(stored))
    return parsed.success ? [parsed.output] : []
  } catch {
    return []
  }
}
