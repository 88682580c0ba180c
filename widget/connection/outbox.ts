import type { ClientId, ConversationId, InviteId } from '../../shared/ids.ts'
import { times } from '../../shared/limits.ts'
import type { Sent } from '../../shared/protocol.ts'
import { type Failure, isRetryable, type Result } from '../../shared/result.ts'

/** A message that the server has not confirmed. */
export interface Letter {
  clientId: ClientId
  conversationId: ConversationId | null
  /** The conversation it was written in, which may since have closed; null before the first. */
  shownIn: ConversationId | null
  text: string
  writtenAt: number
  inviteId?: InviteId
  page?: { url: string; title: string }
  /** Sending it again as it is would fail again; it waits for its author. */
  failed?: Failure
}

/** Where letters wait; survives the page where the device allows it. Oldest first. */
export interface LetterBox {
  all(): Promise<Letter[]>
  put(letter: Letter): Promise<void>
  remove(clientId: ClientId): Promise<void>
  clear(): Promise<void>
}

export type OutboxNews =
  | { name: 'queued' | 'sending' | 'requeued' | 'removed'; letter: Letter }
  | { name: 'failed'; letter: Letter; error: Failure }
  | { name: 'sent'; letter: Letter; sent: Sent }

export interface OutboxOptions {
  box: LetterBox
  send(letter: Letter): Promise<Result<Sent>>
  tell(news: OutboxNews): void
  now(): number
  /** Between 0 and 1. */
  random(): number
  /** Calls `run` once after `ms`; the returned function cancels it. */
  after(ms: number, run: () => void): () => void
}

export interface Outbox {
  /** On disk before it is told as queued, so that whatever is shown survives the page. */
  post(letter: Letter): Promise<void>
  /** Tells what an earlier page has left, and sends it. */
  resume(): Promise<void>
  /** Sends what waits, now. */
  flush(): Promise<void>
  retry(clientId: ClientId): Promise<void>
  discard(clientId: ClientId): Promise<void>
  stop(): void
}

/** One letter in flight, so that the author's order holds; tried for ever, each time a little later. */
export function createOutbox(options: OutboxOptions): Outbox {
  const { box, tell } = options
  let busy = false
  // Something was posted while the last look into the box was under way.
  let again = false
  let failures = 0
  let cancel = (): void => undefined
  let stopped = false

  async function flush(): Promise<void> {
    again = true
    if (busy || stopped) return
    busy = true
    cancel()
    while (again && !stopped) {
      again = false
      while (await sendNext()) failures = 0
    }
    busy = false
  }

  async function sendNext(): Promise<boolean> {
    const letter = (await box.all()).find((one) => !one.failed)
    if (!letter || stopped) return false
    tell({ name: 'sending', letter })
    const result = await options.send(letter)
    if (result.ok) return delivered(letter, result.value)
    return isRetryable(result.error.code) ? later(letter, result.error) : refused(letter, result.error)
  }

  async function delivered(letter: Letter, sent: Sent): Promise<boolean> {
    await box.remove(letter.clientId)
    tell({ name: 'sent', letter, sent })
    return true
  }

  async function later(letter: Letter, error: Failure): Promise<boolean> {
    const overdue = options.now() - letter.writtenAt > times.giveUpShowing
    tell(overdue ? { name: 'failed', letter, error } : { name: 'requeued', letter })
    const backOff = Math.min(times.retryMost, times.retryFirst * 2 ** failures++)
    const wait = Math.max(error.retryAfterMs ?? 0, backOff * (0.5 + options.random() / 2))
    if (!stopped) cancel = options.after(wait, flush)
    return false
  }

  async function refused(letter: Letter, error: Failure): Promise<boolean> {
    // The conversation it was meant for is gone or closed for good: the server may choose another.
    if (letter.conversationId && (error.code === 'not_found' || error.code === 'conflict')) {
      await box.put({ ...letter, conversationId: null })
      return true
    }
    await box.put({ ...letter, failed: error })
    tell({ name: 'failed', letter, error })
    return true
  }

  return {
    async post(letter) {
      await box.put(letter)
      tell({ name: 'queued', letter })
      flush()
    },
    async resume() {
      for (const letter of await box.all()) {
        tell({ name: 'queued', letter })
        if (letter.failed) tell({ name: 'failed', letter, error: letter.failed })
      }
      await flush()
    },
    flush,
    async retry(clientId) {
      const letter = (await box.all()).find((one) => one.clientId === clientId)
      if (!letter) return
      const { failed: _, ...again } = letter
      await box.put(again)
      tell({ name: 'requeued', letter: again })
      await flush()
    },
    async discard(clientId) {
      const letter = (await box.all()).find((one) => one.clientId === clientId)
      await box.remove(clientId)
      if (letter) tell({ name: 'removed', letter })
    },
    stop() {
      stopped = true
      cancel()
    },
  }
}
