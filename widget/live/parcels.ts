import type { ClientId, FileId } from '../../shared/ids.ts'
import { day, limits } from '../../shared/limits.ts'
import type { Sent } from '../../shared/protocol.ts'
import { failure, type Result, success } from '../../shared/result.ts'
import type { PendingFile } from '../../shared/timeline.ts'
import type { Letter } from '../connection/outbox.ts'
import { type ParcelBox, parcelBox } from '../connection/parcel-box.ts'
import { upload } from '../connection/upload.ts'
import type { Host } from '../page/host.ts'
import { letterBoxName, parcelBoxName } from '../page/keep.ts'
import { mint } from '../page/settings.ts'

/** Why a file was not taken in. */
export type Refusal = { why: 'tooBig' | 'tooMany' | 'noRoom'; name: string }

/** The files of one visitor in this page: those chosen, and those on their way with their message. */
export class Parcels {
  /** To go with the next message. */
  chosen: readonly PendingFile[] = []
  refusals: readonly Refusal[] = []
  /** Something waits that this page alone holds. */
  isFleeting = false
  readonly #box: ParcelBox
  readonly #ids = new Map<ClientId, FileId>()
  readonly #sizes = new Map<ClientId, number>()
  readonly #progress = new Map<string, number>()
  readonly #uploads = new Map<ClientId, AbortController>()
  readonly #listeners = new Set<() => void>()

  constructor(
    private readonly host: Host,
    box: ParcelBox = parcelBox(parcelBoxName(host)),
  ) {
    this.#box = box
  }

  follow(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  progressOf(clientId: string): number | undefined {
    return this.#progress.get(clientId)
  }

  /** On the device before it is shown as chosen, so that sending it is a matter of a moment. */
  async take(files: Iterable<File>): Promise<void> {
    this.refusals = []
    for (const file of files) {
      const { name } = file
      const why = this.#whyNot(file.size)
      if (why) {
        this.refusals = [...this.refusals, { why, name }]
        continue
      }
      const clientId: ClientId = mint(anId())
      this.#sizes.set(clientId, file.size)
      this.chosen = [...this.chosen, { clientId, name, size: file.size, type: file.type }]
      const isSafe = await this.#box.put({ clientId, bytes: file, at: Date.now() })
      this.isFleeting ||= !isSafe
      this.#changed()
    }
    this.#changed()
  }

  drop(clientId: ClientId): void {
    this.chosen = this.chosen.filter((one) => one.clientId !== clientId)
    this.#let(clientId)
    this.#changed()
  }

  /** The next message takes them. */
  handOver(): readonly PendingFile[] {
    const files = this.chosen
    this.chosen = this.refusals = []
    this.#changed()
    return files
  }

  /** Ends the upload of this message; it is not sent, and its bytes are let go. */
  cancel(files: readonly PendingFile[]): void {
    for (const { clientId } of files) {
      this.#uploads.get(clientId)?.abort()
      this.#let(clientId)
    }
  }

  /** The files first, then the message that names them. */
  async deliver(letter: Letter, send: (files: FileId[]) => Promise<Result<Sent>>): Promise<Result<Sent>> {
    const files = letter.files ?? []
    const ids: FileId[] = []
    for (const file of files) {
      const uploaded = await this.#upload(file)
      if (!uploaded.ok) return uploaded
      ids.push(uploaded.value)
    }
    const sent = await send(ids)
    if (sent.ok) for (const { clientId } of files) this.#let(clientId)
    if (sent.ok || sent.error.path !== 'files' || sent.error.code !== 'not_found') return sent
    // They waited so long for their message that the server let them go.
    for (const { clientId } of files) this.#ids.delete(clientId)
    return failure('unavailable', 'The files have to be uploaded again.')
  }

  /** Lets go of what no message names any more: left by pages that were closed before they sent it. */
  async tidy(letters: readonly Letter[]): Promise<void> {
    const named = new Set(letters.flatMap(({ files = [] }) => files.map(({ clientId }) => clientId)))
    for (const { clientId, at } of await this.#box.all())
      if (!named.has(clientId) && at < Date.now() - day) await this.#box.remove(clientId)
  }

  #whyNot(size: number): Refusal['why'] | null {
    if (size > limits.fileBytes) return 'tooBig'
    if (this.chosen.length >= limits.filesPerMessage) return 'tooMany'
    const waiting = [...this.#sizes.values()].reduce((sum, one) => sum + one, size)
    return waiting > limits.fileBytesWaiting ? 'noRoom' : null
  }

  async #upload({ clientId, name }: PendingFile): Promise<Result<FileId>> {
    const known = this.#ids.get(clientId)
    if (known) return success(known)
    const token = this.host.memory.held?.token
    const bytes = await this.#box.get(clientId)
    if (!bytes || !token)
      return failure('not_found', 'The file is not on this device any more.', { path: 'file' })
    const cancel = new AbortController()
    this.#uploads.set(clientId, cancel)
    const { base, settings } = this.host
    const done = await upload({
      ...{ base, token, clientId, name, bytes, site: settings.site, locale: settings.locale.slice(0, 2) },
      progress: (share) => this.#tell(clientId, share),
      signal: AbortSignal.any([cancel.signal, this.host.gone]),
    })
    this.#uploads.delete(clientId)
    this.#tell(clientId, done.ok ? 1 : 0)
    if (!done.ok) return done
    this.#ids.set(clientId, done.value.id)
    return success(done.value.id)
  }

  #let(clientId: ClientId): void {
    this.#sizes.delete(clientId)
    this.#progress.delete(clientId)
    this.#ids.delete(clientId)
    this.#box.remove(clientId)
    this.isFleeting &&= this.#sizes.size > 0
  }

  #tell(clientId: ClientId, share: number): void {
    this.#progress.set(clientId, share)
    this.#changed()
  }

  #changed(): void {
    for (const listener of [...this.#listeners]) listener()
  }
}

/** As `randomUuid`, which is of the chunk that is there before this one, and would have to be of both. */
const anId = (): string => [8, 4, 4, 4, 12].map(hex).join('-')
const hex = (length: number): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(length)), (byte) => (byte & 15).toString(16)).join('')

let current: { name: string; parcels: Parcels } | undefined

/** One for each visitor: whoever comes after a sign-out begins with none. */
export function parcelsOf(host: Host): Parcels {
  const name = letterBoxName(host)
  if (current?.name !== name) current = { name, parcels: new Parcels(host) }
  return current.parcels
}
