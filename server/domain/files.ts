import type { MessageFile } from '../../shared/file.ts'
import { type FileId, makeId, type VisitorToken } from '../../shared/ids.ts'
import { limits, times } from '../../shared/limits.ts'
import { failure, type Result, success } from '../../shared/result.ts'
import type { FileStore, Received } from '../files/files.ts'
import type { StoredFile } from '../history/files.ts'
import type { History } from '../history/history.ts'
import { type Allowance, Buckets } from './buckets.ts'
import { limitKey } from './caller.ts'
import { Allotment, type Uploader } from './files-allotment.ts'
import type { Files, Incoming } from './files-domain.ts'
import { sweepFiles } from './files-sweep.ts'
import { OneByOne } from './one-by-one.ts'
import type { Clock, Log, Random } from './ports.ts'
import { hashToken } from './visits/stitching.ts'
import { forgotten } from './visits/visitor-book.ts'

export interface LiveFiles extends Files {
  /** Removes what a cut or unused upload left: what the last process left at once, the rest as time goes by. */
  start(): Promise<void>
  stop(): void
  /** Removes files that no message has carried for a day. */
  sweep(): Promise<void>
  /** Removes these bytes, unless a record still names them. */
  removeUnkept(hashes: readonly string[]): Promise<void>
}

export interface FileNeeds {
  history: Pick<History, 'files' | 'visitors' | 'conversations' | 'erasures'>
  files: FileStore
  clock: Clock
  random: Random
  log: Log
}

const ofPerson: Allowance = { burst: 40, refillMs: 2_000 }
const ofAddress: Allowance = { burst: 400, refillMs: 200 }

export const createFiles = (needs: FileNeeds): LiveFiles => new StoredFiles(needs)

/** Who uploads, and what the file is for. */
interface Upload extends Uploader, Pick<StoredFile, 'siteId' | 'clientId' | 'conversationId'> {
  /** Asked once their file has arrived: only then they are made known to the store, and they may be gone by then. */
  ensureOwner(): Promise<Result<StoredFile['owner']>>
}

class StoredFiles implements LiveFiles {
  private readonly allotment: Allotment
  private readonly ofHash = new OneByOne()
  private readonly persons: Buckets
  private readonly addresses: Buckets
  private stopSweeping: () => void = () => undefined

  constructor(private readonly needs: FileNeeds) {
    this.allotment = new Allotment(needs.history.files, needs.clock)
    this.persons = new Buckets(needs.clock, ofPerson)
    this.addresses = new Buckets(needs.clock, ofAddress)
  }

  async takeFromVisitor(
    { site, token, clientId, locale, address }: Parameters<Files['takeFromVisitor']>[0],
    incoming: Incoming,
  ): Promise<Result<MessageFile>> {
    const tokenHash = hashToken(token)
    const wait = this.persons.take(tokenHash) || this.addresses.take(limitKey(address))
    if (wait > 0) return failure('rate_limited', 'Too many files. Wait a moment.', { retryAfterMs: wait })
    const { visitors, erasures } = this.needs.history
    const known = await visitors.findByToken(site.id, tokenHash)
    if (!known && (await erasures.isErased(site.id, tokenHash))) return forgotten()
    const ensureOwner = async () => {
      const at = this.needs.clock.now()
      const newId = makeId('v', at, this.needs.random.bytes(10))
      return success((await visitors.ensure({ siteId: site.id, tokenHash, newId, locale, at })).id)
    }
    const owner = known?.id ?? null
    const from = { key: tokenHash, owner, address: limitKey(address) }
    return this.take({ ...from, siteId: site.id, clientId, conversationId: null, ensureOwner }, incoming)
  }

  async takeFromAgent(
    { agent, conversationId, clientId }: Parameters<Files['takeFromAgent']>[0],
    incoming: Incoming,
  ): Promise<Result<MessageFile>> {
    const { conversations } = this.needs.history
    const row = await conversations.find(conversationId)
    if (!row) return noConversation()
    const { siteId } = row.conversation
    const upload = { siteId, key: agent.id, owner: agent.id, clientId, conversationId, address: null }
    const ensureOwner = async () =>
      (await conversations.find(conversationId)) ? success(agent.id) : noConversation()
    return this.take({ ...upload, ensureOwner }, incoming)
  }

  async open(id: FileId, reader: 'agent' | VisitorToken): ReturnType<Files['open']> {
    const file = await this.needs.history.files.find(id)
    if (!file || !(await this.mayRead(file, reader))) return missing()
    const content = await this.needs.files.open(file.sha256)
    if (content) return success({ file: shown(file), content })
    this.needs.log.error('file:missing', { id })
    return missing()
  }

  async start(): Promise<void> {
    await this.needs.files.clean()
    this.stopSweeping = sweepFiles(this, this.needs)
  }

  stop(): void {
    this.stopSweeping()
  }

  async sweep(): Promise<void> {
    const { history, clock } = this.needs
    for (let more = true; more; ) {
      const swept = await history.files.sweep(clock.now() - times.fileUnused)
      await this.removeUnkept(swept.removed)
      more = swept.more
    }
    // Of a process that was killed between the bytes and their record.
    for await (const hashes of this.needs.files.hashes()) await this.removeUnkept(hashes)
  }

  private async take(upload: Upload, incoming: Incoming): Promise<Result<MessageFile>> {
    const { owner, clientId } = upload
    const known = owner && (await this.needs.history.files.findOwn(owner, clientId))
    if (known) return success(shown(known))
    if (incoming.length > limits.fileBytes) return tooLarge()
    const allotted = await this.allotment.reserve(upload, incoming.length)
    if (!allotted.ok) return allotted
    try {
      const received = await this.needs.files.receive(incoming.bytes, incoming.length)
      return received.ok ? await this.keep(upload, incoming, received.value) : received
    } finally {
      allotted.value.release()
    }
  }

  /** Bytes first, record second: what stands in the record can be read. */
  private async keep(
    { ensureOwner, siteId, clientId, conversationId }: Upload,
    { name }: Incoming,
    received: Received,
  ): Promise<Result<MessageFile>> {
    const { clock, random, history } = this.needs
    const { size, type, sha256 } = received
    const createdAt = clock.now()
    const id = makeId('f', createdAt, random.bytes(10))
    const what = { id, name, size, type, sha256, createdAt, siteId, clientId, conversationId }
    return this.ofHash.run(sha256, async () => {
      const kept = await received.keep()
      if (!kept.ok) return kept
      try {
        const owner = await ensureOwner()
        if (!owner.ok) return owner
        const file = { ...what, owner: owner.value, message: null, visibility: 'visible' as const }
        return success(shown(await history.files.add(file)))
      } finally {
        await this.removeIfUnkept(sha256)
      }
    })
  }

  private async mayRead(file: StoredFile, reader: 'agent' | VisitorToken): Promise<boolean> {
    if (reader === 'agent') return true
    const { visitors, conversations } = this.needs.history
    const visitor = await visitors.findByToken(file.siteId, hashToken(reader))
    if (!visitor) return false
    if (file.owner === visitor.id) return true
    if (!file.conversationId || !file.message || file.visibility === 'note') return false
    const row = await conversations.find(file.conversationId)
    return row?.conversation.visitorId === visitor.id
  }

  async removeUnkept(hashes: readonly string[]): Promise<void> {
    const kept = new Set(await this.needs.history.files.kept(hashes))
    for (const hash of new Set(hashes))
      if (!kept.has(hash)) await this.ofHash.run(hash, () => this.removeIfUnkept(hash))
  }

  /** Only in the turn of this hash: an upload of the same bytes may be about to be recorded. */
  private async removeIfUnkept(hash: string): Promise<void> {
    const [kept] = await this.needs.history.files.kept([hash])
    if (!kept) await this.needs.files.remove(hash)
  }
}

const shown = ({ id, name, size, type }: StoredFile): MessageFile => ({ id, name, size, type })

const noConversation = () => failure('not_found', 'There is no such conversation.')

const missing = () => failure('not_found', 'There is no such file.')

const tooLarge = () =>
  failure('too_large', `A file is at most ${limits.fileBytes / 1024 / 1024} MB.`, { path: 'file' })
