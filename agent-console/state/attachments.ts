import * as v from 'valibot'
import { MessageFile } from '../../shared/file.ts'
import type { ClientId, ConversationId } from '../../shared/ids.ts'
import { limits } from '../../shared/limits.ts'
import { type Failure, isRetryable } from '../../shared/result.ts'
import type { Upload } from '../connection/upload.ts'
import { backoff } from './backoff.ts'
import type { Chance, Clock, Keep } from './ports.ts'
import { createStore, type Store } from './store.ts'

/** A file chosen for a reply. Once the server has it, `file` is set; a reload keeps those. */
export interface Attachment {
  clientId: ClientId
  name: string
  size: number
  type: string
  /** From 0 to 1. */
  share: number
  file: MessageFile | null
  /** It will not be taken. */
  error: Failure | null
}

export interface AttachmentParts {
  conversationId: ConversationId
  /** Where those that the server has are remembered. */
  key: string
  keep: Keep
  clock: Clock
  chance: Chance
  upload: Upload
}

const Kept = v.pipe(v.string(), v.parseJson(), v.array(MessageFile))

/** The files of one draft: they go up as soon as they are chosen, so that a reply is sent in a moment. */
export class Attachments {
  readonly store: Store<readonly Attachment[]>
  readonly #parts: AttachmentParts
  readonly #cancels = new Map<ClientId, AbortController>()

  constructor(parts: AttachmentParts) {
    this.#parts = parts
    const kept = v.safeParse(Kept, parts.keep.read(parts.key))
    this.store = createStore(kept.success ? kept.output.map((file) => this.#uploaded(file)) : [])
  }

  add(files: Iterable<File>): void {
    for (const file of files) {
      if (this.store.get().length >= limits.filesPerMessage) return
      const clientId = this.#parts.chance.clientId()
      const error: Failure | null =
        file.size > limits.fileBytes ? { code: 'too_large', message: 'Too large.', path: 'file' } : null
      const { name, size, type } = file
      this.store.set([...this.store.get(), { clientId, name, size, type, share: 0, file: null, error }])
      if (!error) void this.#send(clientId, file, 0)
    }
  }

  remove(clientId: ClientId): void {
    this.#cancels.get(clientId)?.abort()
    this.#cancels.delete(clientId)
    this.#set(this.store.get().filter((one) => one.clientId !== clientId))
  }

  /** Those that are up; from now on they are the reply's. */
  handOver(): MessageFile[] {
    const files = this.store.get().flatMap(({ file }) => file ?? [])
    this.#set([])
    return files
  }

  /** Whoever leaves the conversation leaves what is not up yet. */
  stop(): void {
    for (const cancel of this.#cancels.values()) cancel.abort()
    this.#cancels.clear()
  }

  async #send(clientId: ClientId, file: File, tries: number): Promise<void> {
    const { upload, conversationId, clock, chance } = this.#parts
    const cancel = new AbortController()
    this.#cancels.set(clientId, cancel)
    const progress = (share: number) => this.#change(clientId, { share })
    const done = await upload({ conversationId, clientId, file, progress, signal: cancel.signal })
    if (cancel.signal.aborted) return
    if (done.ok) this.#change(clientId, { file: done.value, share: 1 })
    else if (isRetryable(done.error.code) || done.error.code === 'unauthenticated')
      clock.after(Math.max(done.error.retryAfterMs ?? 0, backoff(tries, chance)), () => {
        if (!cancel.signal.aborted) void this.#send(clientId, file, tries + 1)
      })
    else this.#change(clientId, { error: done.error })
  }

  #uploaded(file: MessageFile): Attachment {
    const { name, size, type } = file
    return { clientId: this.#parts.chance.clientId(), name, size, type, share: 1, file, error: null }
  }

  #change(clientId: ClientId, change: Partial<Attachment>): void {
    this.#set(this.store.get().map((one) => (one.clientId === clientId ? { ...one, ...change } : one)))
  }

  #set(attachments: readonly Attachment[]): void {
    const { keep, key } = this.#parts
    this.store.set(attachments)
    const files = attachments.flatMap(({ file }) => file ?? [])
    keep.write(key, files.length > 0 ? JSON.stringify(files) : null)
  }
}
