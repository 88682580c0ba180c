import * as v from 'valibot'
import { ClientId, ConversationId } from '../../shared/ids.ts'
import { times } from '../../shared/limits.ts'
import type { Sent } from '../../shared/protocol.ts'
import { type Ack, failure, isRetryable } from '../../shared/result.ts'
import type { TimelineEvent } from '../../shared/timeline.ts'
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
  /** Where replies wait; one for each agent, since browsers are shared. */
  key: string
  keep: Keep
  clock: Clock
  chance: Chance
  send(reply: Reply): Promise<Ack<Sent>>
  /** Hears what to fold into the conversation's timeline. */
  announce(conversationId: ConversationId, event: TimelineEvent): void
}

export interface Outbox {
  post(reply: Pick<Reply, 'conversationId' | 'text' | 'note'>): void
  find(clientId: ClientId): Reply | null
  retry(clientId: ClientId): void
  discard(clientId: ClientId): void
  /** The way is open again: send what waits, now. */
  flush(): void
  close(): void
}

/**
 * Replies wait here, on disk, until the server has confirmed them. One of each conversation is under
 * way at a time, so that their order holds; sending one again does not double it (`clientId`).
 */
export function createOutbox(parts: OutboxParts): Outbox {
  let replies: readonly Reply[] = readReplies(parts)
  let closed = false
  const underWay = new Set<ConversationId>()
  const attempts = new Map<ClientId, number>()
  const timers = new Map<ConversationId, () => void>()

  const save = (next: readonly Reply[]) => {
    replies = next
    parts.keep.write(parts.key, next.length ? JSON.stringify(next) : null)
  }
  const drop = (clientId: ClientId) => save(replies.filter((one) => one.clientId !== clientId))
  const change = (clientId: ClientId, stuck: boolean) =>
    save(replies.map((one) => (one.clientId === clientId ? { ...one, stuck } : one)))

  const stop = (reply: Reply, error: ReturnType<typeof failure>['error']) => {
    change(reply.clientId, true)
    parts.announce(reply.conversationId, { type: 'notSent', clientId: reply.clientId, error })
    pump(reply.conversationId)
  }

  const settle = (reply: Reply, answer: Ack<Sent>) => {
    if (answer.ok) {
      attempts.delete(reply.clientId)
      drop(reply.clientId)
      parts.announce(reply.conversationId, { type: 'entries', entries: answer.entries })
      // An answer that was stored long ago may lie before what is held here: it is confirmed all the same.
      parts.announce(reply.conversationId, { type: 'discarded', clientId: reply.clientId })
      pump(reply.conversationId)
    } else if (isRetryable(answer.error.code)) waitAndRetry(reply, answer.error.retryAfterMs)
    else stop(reply, answer.error)
  }

  const waitAndRetry = (reply: Reply, retryAfterMs = 0) => {
    if (parts.clock.now() - reply.writtenAt > times.giveUpShowing)
      return stop(reply, failure('unavailable', 'The server could not be reached.').error)
    const tries = (attempts.get(reply.clientId) ?? 0) + 1
    attempts.set(reply.clientId, tries)
    parts.announce(reply.conversationId, { type: 'requeued', clientId: reply.clientId })
    const backoff =
      Math.min(times.retryMost, times.retryFirst * 2 ** (tries - 1)) * (0.5 + parts.chance.share() / 2)
    timers.set(
      reply.conversationId,
      parts.clock.after(Math.max(retryAfterMs, backoff), () => pump(reply.conversationId)),
    )
  }

  const pump = (conversationId: ConversationId) => {
    timers.get(conversationId)?.()
    timers.delete(conversationId)
    const reply = replies.find((one) => one.conversationId === conversationId && !one.stuck)
    if (closed || !reply || underWay.has(conversationId)) return
    underWay.add(conversationId)
    parts.announce(conversationId, { type: 'sending', clientId: reply.clientId })
    void parts.send(reply).then((answer) => {
      underWay.delete(conversationId)
      if (!closed) settle(reply, answer)
    })
  }

  const announceQueued = ({ clientId, text, writtenAt, conversationId }: Reply) =>
    parts.announce(conversationId, { type: 'queued', clientId, text, writtenAt })

  for (const reply of replies) {
    announceQueued(reply)
    if (reply.stuck)
      parts.announce(reply.conversationId, {
        type: 'notSent',
        clientId: reply.clientId,
        error: failure('unavailable', 'The server could not be reached.').error,
      })
  }

  return {
    post: (draft) => {
      const reply = {
        ...draft,
        clientId: parts.chance.clientId(),
        writtenAt: parts.clock.now(),
        stuck: false,
      }
      save([...replies, reply])
      announceQueued(reply)
      pump(reply.conversationId)
    },
    find: (clientId) => replies.find((one) => one.clientId === clientId) ?? null,
    retry: (clientId) => {
      const reply = replies.find((one) => one.clientId === clientId)
      if (!reply) return
      change(clientId, false)
      parts.announce(reply.conversationId, { type: 'requeued', clientId })
      pump(reply.conversationId)
    },
    discard: (clientId) => {
      const reply = replies.find((one) => one.clientId === clientId)
      drop(clientId)
      if (reply) parts.announce(reply.conversationId, { type: 'discarded', clientId })
    },
    flush: () => {
      for (const conversationId of new Set(replies.map((one) => one.conversationId))) pump(conversationId)
    },
    close: () => {
      closed = true
      for (const cancel of timers.values()) cancel()
    },
  }
}

function readReplies({ key, keep }: OutboxParts): readonly Reply[] {
  const stored = keep.read(key)
  if (stored === null) return []
  try {
    const parsed = v.safeParse(v.array(Reply), JSON.parse(stored))
    return parsed.success ? parsed.output : []
  } catch {
    return []
  }
}
