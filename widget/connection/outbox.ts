import type { ClientId, ConversationId, InviteId } from '../../shared/ids.ts'
import { times } from '../../shared/limits.ts'
import type { Sent } from '../../shared/protocol.ts'
import { type Failure, isRetryable, type Result } from '../../shared/result.ts'
import type { PendingFile } from '../../shared/timeline.ts'
import type { Identity } from '../../shared/visitor.ts'
import { backOff } from './back-off.ts'

/** A message that the server has not confirmed. */
export interface Letter {
  clientId: ClientId
  conversationId: ConversationId | null
  /** The conversation it was written in, which may since have closed; null before the first. */
  shownIn: ConversationId | null
  text: string
  /** Their bytes wait elsewhere, and go before it. */
  files?: readonly PendingFile[] | undefined
  writtenAt: number
  inviteId?: InviteId
  /** What it tells of its author. */
  about?: Identity | undefined
  page?: { url: string; title: string }
  /** Sending it again as it is would fail again; it waits for its author. */
  failed?: Failure
}

/** Where letters wait; survives the page where the device allows it. Oldest first. */
export interface LetterBox {
  all(): Promise<Letter[]>
  put(letter: Letter): Promise<void>
  remove(clientId: ClientId): Promise<void>
}

export type OutboxNews =
  | { name: 'queued' | 'sending' | 'requeued' | 'removed'; letter: Letter }
  | { name: 'failed'; letter: Letter; error: Failure }
  | { name: 'sent'; letter: Letter; sent: Sent }

export interface OutboxOptions {
  box: LetterBox
  send(letter: Letter): Promise<Result<Sent>>
  /** Runs what never rejects while no other page of this browser does, as far as that can be told. */
  alone(run: () => Promise<void>): Promise<void>
  tell(news: OutboxNews): void
  /** Told of what nobody expected, such as a listener that threw. The outbox goes on. */
  broken(error: unknown): void
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
  /** Sends what waits, now. Never rejects. */
  flush(): Promise<void>
  retry(clientId: ClientId): Promise<void>
  discard(clientId: ClientId): Promise<void>
  stop(): void
}

/** One letter in flight, so that the author's order holds; tried for ever, each time a little later. */
export const createOutbox = (options: OutboxOptions): Outbox => new PatientOutbox(options)

class PatientOutbox implements Outbox {
  #options
  #busy = false
  // Something was posted while the last look into the box was under way.
  #again = false
  #failures = 0
  #cancel = (): void => undefined
  #stopped = false

  constructor(options: OutboxOptions) {
    this.#options = options
  }

  async post(letter: Letter): Promise<void> {
    await this.#options.box.put(letter)
    this.#options.tell({ name: 'queued', letter })
    this.flush()
  }

  async resume(): Promise<void> {
    const { box, tell } = this.#options
    for (const letter of await box.all()) {
      tell({ name: 'queued', letter })
      if (letter.failed) tell({ name: 'failed', letter, error: letter.failed })
    }
    await this.flush()
  }

  async flush(): Promise<void> {
    this.#again = true
    if (this.#busy || this.#stopped) return
    this.#busy = true
    this.#cancel()
    while (this.#again && !this.#stopped) {
      this.#again = false
      await this.#options.alone(() => this.#empty())
    }
    this.#busy = false
  }

  /** Tries again after a while, each time a little later, and not before `least`. */
  #wait(least: number): void {
    const { random, after } = this.#options
    const wait = Math.max(least, backOff(this.#failures++, random))
    if (!this.#stopped) this.#cancel = after(wait, () => this.flush())
  }

  async retry(clientId: ClientId): Promise<void> {
    const letter = await this.#find(clientId)
    if (!letter) return
    const { failed: _, ...again } = letter
    await this.#options.box.put(again)
    this.#options.tell({ name: 'requeued', letter: again })
    await this.flush()
  }

  async discard(clientId: ClientId): Promise<void> {
    const letter = await this.#find(clientId)
    await this.#options.box.remove(clientId)
    if (letter) this.#options.tell({ name: 'removed', letter })
  }

  stop(): void {
    this.#stopped = true
    this.#cancel()
  }

  async #find(clientId: ClientId): Promise<Letter | undefined> {
    return (await this.#options.box.all()).find((one) => one.clientId === clientId)
  }

  async #empty(): Promise<void> {
    try {
      while (await this.#sendNext()) this.#failures = 0
    } catch (error) {
      this.#options.broken(error)
      this.#wait(0)
    }
  }

  async #sendNext(): Promise<boolean> {
    const { box, send, tell } = this.#options
    const letter = (await box.all()).find((one) => !one.failed)
    if (!letter || this.#stopped) return false
    tell({ name: 'sending', letter })
    const result = await send(letter)
    if (result.ok) return this.#delivered(letter, result.value)
    // Taken back while its files were on their way.
    if (letter.files && !(await this.#find(letter.clientId))) return true
    return isRetryable(result.error.code)
      ? this.#later(letter, result.error)
      : this.#refused(letter, result.error)
  }

  async #delivered(letter: Letter, sent: Sent): Promise<boolean> {
    await this.#options.box.remove(letter.clientId)
    this.#options.tell({ name: 'sent', letter, sent })
    return true
  }

  #later(letter: Letter, error: Failure): boolean {
    const { tell, now } = this.#options
    const overdue = now() - letter.writtenAt > times.giveUpShowing
    tell(overdue ? { name: 'failed', letter, error } : { name: 'requeued', letter })
    this.#wait(error.retryAfterMs ?? 0)
    return false
  }

  async #refused(letter: Letter, error: Failure): Promise<boolean> {
    const { box, tell } = this.#options
    // The conversation it was meant for is gone or closed for good: the server may choose another.
    if (letter.conversationId && (error.code === 'not_found' || error.code === 'conflict')) {
      await box.put({ ...letter, conversationId: null })
      return true
    }
    await box.put({ ...letter, failed: error })
    tell({ name: 'failed', letter, error })
    return true
  }
}
