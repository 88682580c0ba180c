import * as v from 'valibot'
import { MessageFile } from '../../shared/file.ts'
import { ClientId, ConversationId } from '../../shared/ids.ts'
import { times } from '../../shared/limits.ts'
import type { Sent } from '../../shared/protocol.ts'
import { type Ack, type Failure, failure, isRetryable } from '../../shared/result.ts'
import type { TimelineEvent } from '../../shared/timeline.ts'
import { backoff } from './backoff.ts'
import type { Chance, Clock, Keep, Vault } from './ports.ts'

const Reply = v.object({
  clientId: ClientId,
  conversationId: ConversationId,
  text: v.string(),
  note: v.boolean(),
  /** The server has them already. */
  files: v.optional(v.array(MessageFile)),
  writtenAt: v.number(),
  /** The server refused it for good; only the agent can send it again. */
  stuck: v.boolean(),
  /** The last entry on the screen when it was written; null where the conversation was not there yet. */
  seen: v.optional(v.nullable(v.number()), null),
})
/** Another tab is given this long to send what it has written, ms. */
const othersSendWithin = 3_000

/** A reply that has not been confirmed. */
export type Reply = v.InferOutput<typeof Reply>

export interface OutboxParts {
  /** What the keys of waiting replies begin with; one for each agent, since browsers are shared. */
  prefix: string
  keep: Keep
  vault: Vault
  clock: Clock
  chance: Chance
  /** Whether the server has greeted this very agent on the present connection. */
  mayGo(): boolean
  send(reply: Reply): Promise<Ack<Sent>>
  /** Hears what to fold into the conversation's timeline. */
  announce(conversationId: ConversationId, event: TimelineEvent): void
  /** The server has it. */
  confirmed(reply: Reply, sent: Sent): void
}

/**
 * Replies wait here, on disk twice, until the server has confirmed them. One of each conversation is under
 * way at a time, so that their order holds; sending one again does not double it (`clientId`).
 * Each has a key of its own: tabs share the disk, and none may write over what another one holds. `keep` is
 * at once and survives the page, the vault survives the browser.
 */
export class Outbox {
  readonly #parts: OutboxParts
  readonly #underWay = new Set<ConversationId>()
  readonly #attempts = new Map<ClientId, number>()
  readonly #timers = new Map<ConversationId, () => void>()
  /** Not to be sent now: on their way to the disk, or being deleted. */
  readonly #held = new Set<ClientId>()
  #replies: readonly Reply[] = []
  #closed = false

  constructor(parts: OutboxParts) {
    this.#parts = parts
    this.reread()
    void this.#restore()
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

  /** On the disk before it is shown, so that whatever is shown survives the page, and the browser. */
  async post(draft: Pick<Reply, 'conversationId' | 'text' | 'note' | 'files' | 'seen'>): Promise<void> {
    const { chance, clock } = this.#parts
    this.reread()
    const reply = { ...draft, clientId: chance.clientId(), writtenAt: this.#moment(), stuck: false }
    this.#held.add(reply.clientId)
    await this.#save(reply)
    this.#held.delete(reply.clientId)
    if (!this.find(reply.clientId)) return
    this.#announceQueued(reply)
    this.#pump(reply.conversationId)
    clock.after(times.giveUpShowing, () => this.#pump(reply.conversationId))
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

  /** From the vault first: a tab that opens just now takes back what only the vault still has. */
  async discard(clientId: ClientId): Promise<void> {
    const { keep, vault, prefix, announce } = this.#parts
    const reply = this.find(clientId)
    if (!reply) return
    this.#held.add(clientId)
    await vault.write(prefix + clientId, null)
    keep.write(prefix + clientId, null)
    this.#held.delete(clientId)
    this.#forget(clientId)
    announce(reply.conversationId, { type: 'discarded', clientId })
  }

  /** Nobody is there any more for whom they were written. */
  drop(ids: readonly ConversationId[]): void {
    for (const { clientId, conversationId } of this.#replies)
      if (ids.includes(conversationId)) void this.discard(clientId)
  }

  /** The way is open again: send what waits, now. */
  flush(): void {
    this.reread()
    for (const id of new Set(this.#replies.map((one) => one.conversationId))) this.#pump(id)
  }

  /** Another tab has written. It sends its own; should it be closed, this one does. */
  heedOtherTabs(): void {
    const { clock } = this.#parts
    this.reread()
    for (const { conversationId, stuck } of this.#replies)
      if (!stuck && !this.#timers.has(conversationId) && !this.#underWay.has(conversationId))
        this.#timers.set(
          conversationId,
          clock.after(othersSendWithin, () => this.#pump(conversationId)),
        )
  }

  close(): void {
    this.#closed = true
    for (const cancel of this.#timers.values()) cancel()
  }

  /** What the browser's death has taken from the faster store. */
  async #restore(): Promise<void> {
    const { keep, vault, prefix } = this.#parts
    for (const [key, value] of await vault.all(prefix)) {
      if (keep.read(key) !== null) continue
      // Another tab may have got rid of it in this very moment.
      if (await vault.has(key)) keep.write(key, value)
    }
    this.flush()
  }

  #pump(conversationId: ConversationId): void {
    this.#timers.get(conversationId)?.()
    this.#timers.delete(conversationId)
    if (this.#closed || this.#underWay.has(conversationId)) return
    this.reread()
    const reply = this.#replies.find(
      (one) => one.conversationId === conversationId && !one.stuck && !this.#held.has(one.clientId),
    )
    if (!reply) return
    if (!this.#parts.mayGo()) {
      this.#tellOverdue(reply)
      return
    }
    this.#underWay.add(conversationId)
    this.#parts.announce(conversationId, { type: 'sending', clientId: reply.clientId })
    void this.#parts.send(reply).then((answer) => {
      this.#underWay.delete(conversationId)
      if (!this.#closed) this.#settle(reply, answer)
    })
  }

  #settle(reply: Reply, answer: Ack<Sent>): void {
    if (answer.ok) this.#confirm(reply, answer)
    else if (mayStillGo(answer.error)) this.#wait(reply, answer.error.retryAfterMs)
    else this.#stop(reply, answer.error)
  }

  #confirm(reply: Reply, sent: Sent): void {
    const { keep, vault, prefix, confirmed } = this.#parts
    const { clientId, conversationId } = reply
    this.#forget(clientId)
    keep.write(prefix + clientId, null)
    void vault.write(prefix + clientId, null)
    confirmed(reply, sent)
    this.#pump(conversationId)
  }

  /** It is tried for ever; after long it is shown as not sent, and can be deleted. */
  #wait(reply: Reply, retryAfterMs = 0): void {
    const { clock, chance, announce } = this.#parts
    const { conversationId, clientId } = reply
    const tries = this.#attempts.get(clientId) ?? 0
    this.#attempts.set(clientId, tries + 1)
    announce(conversationId, { type: 'requeued', clientId })
    this.#tellOverdue(reply)
    const ms = Math.max(retryAfterMs, backoff(tries, chance))
    this.#timers.set(
      conversationId,
      clock.after(ms, () => this.#pump(conversationId)),
    )
  }

  #tellOverdue(reply: Reply): void {
    if (this.#parts.clock.now() - reply.writtenAt >= times.giveUpShowing)
      this.#announceStuck(reply, unreached)
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

  #announceQueued(reply: Reply): void {
    const { conversationId, clientId, text, files, writtenAt } = reply
    this.#parts.announce(conversationId, { type: 'queued', clientId, text, files, writtenAt })
    this.#tellOverdue(reply)
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
    if (reply) void this.#save({ ...reply, ...change })
  }

  #save(reply: Reply): Promise<void> {
    const { keep, vault, prefix } = this.#parts
    const others = this.#replies.filter((one) => one.clientId !== reply.clientId)
    this.#replies = [...others, reply].sort(byMoment)
    const [key, value] = [prefix + reply.clientId, JSON.stringify(reply)]
    keep.write(key, value)
    return vault.write(key, value)
  }

  #forget(clientId: ClientId): void {
    this.#attempts.delete(clientId)
    this.#replies = this.#replies.filter((one) => one.clientId !== clientId)
  }
}

/** Without a session it waits for its agent to sign in again. */
const mayStillGo = ({ code }: Failure): boolean => isRetryable(code) || code === 'unauthenticated'

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
