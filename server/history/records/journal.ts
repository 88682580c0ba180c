import type { ConversationId, VisitorId } from '../../../shared/ids.ts'
import type { LookUps, Value } from '../engine.ts'
import type { Batch, Outcome } from './batch.ts'
import { carryOut, viewsToStore } from './commit.ts'
import { changedRow, type Held } from './conversation-rows.ts'
import type { FollowUps } from './follow-ups.ts'
import { type Memory, RecentHeads, Unsettled } from './memory.ts'
import type { Batches } from './records.ts'
import { nameOf } from './sent.ts'
import { linesOf, type Settling } from './settling.ts'
import type { Work } from './work.ts'

/** Entries that are left for the tables: few where messages come one by one, so that none waits long for a settling. */
const left = { least: 32, most: 8_192, batches: 64 }
const rememberedHeads = 20_000

/**
 * Makes a batch durable as one row of the table `journal`, and puts what has come together there into
 * the tables later, many batches at once: what a commit costs is the pages it touches, and the tables
 * have a page for every conversation. Between the two, this memory knows what the tables do not hold;
 * with it a batch is decided here, and the thread that holds the tables only looks up and writes.
 * For a store with one writer; whoever reads settles first.
 */
export class Journal implements Batches {
  private unsettled = new Unsettled()
  private readonly heads = new RecentHeads(rememberedHeads)
  private readonly erased = new Set<VisitorId>()
  private lastNumber = 0
  /** Whether this memory is what the journal says: not before it was read, nor after a failure. */
  private trusted = false
  private last: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly tables: LookUps & Settling,
    private readonly later: (run: () => void) => void,
    private readonly followUps: FollowUps,
    private readonly onUnsettled: (fault: unknown) => void,
  ) {}

  async commit(batch: Batch): Promise<Outcome> {
    const outcome = await this.inTurn(async () => {
      if (this.concerns(batch)) await this.settleNow()
      // Nearly always no client id was seen before; who writes looks, and only then it is done again.
      return (await this.attempt(batch, false)) ?? this.attempt(batch, true)
    })
    if (!outcome) throw new Error('A batch was refused as sent before, and is not.')
    // If it fails, the journal still holds everything, and who needs it settled will hear of the failure.
    if (this.isLong(batch)) this.later(() => void this.settle().catch(this.onUnsettled))
    return outcome
  }

  /** When it resolves, the tables hold all that was committed before. */
  async settle(): Promise<void> {
    if (this.trusted && this.unsettled.heads.size === 0) return
    await this.inTurn(() => this.settleNow())
  }

  /** While the work erases somebody, the tables hold everything and nothing is committed; later, nothing of theirs. */
  erasing<T>(visitorId: VisitorId, work: () => Promise<T>): Promise<T> {
    return this.alone(() => {
      this.erased.add(visitorId)
      return work()
    })
  }

  /** The tables hold everything, and nothing is committed, while the work lasts. */
  alone<T>(work: () => Promise<T>): Promise<T> {
    return this.inTurn(async () => {
      await this.settleNow()
      // It may change what this memory speaks of.
      this.heads.clear()
      return work()
    })
  }

  /** Those of the conversations that it remembers; the others stand in the tables as they are. */
  async remembered(ids: readonly ConversationId[]): Promise<Held[]> {
    if (!this.trusted) await this.settle()
    return ids.flatMap((id) => this.head(id) ?? [])
  }

  /** One at a time: what is decided next must know what was decided before. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.last.then(() => this.trusting(work))
    this.last = result.catch(() => undefined)
    return result
  }

  private async trusting<T>(work: () => Promise<T>): Promise<T> {
    try {
      if (!this.trusted) await this.tables.settle(null)
      this.trusted = true
      return await work()
    } catch (error) {
      // A failed COMMIT may still have reached the disk: only the journal knows.
      this.distrust()
      throw error
    }
  }

  /** Null when a client id was sent before after all, or may have been, and nothing was written. */
  private async attempt(batch: Batch, mayRepeat: boolean): Promise<Outcome | null> {
    const beside = { memory: this.memory(mayRepeat), followUps: this.followUps }
    const { work, outcome } = await carryOut(this.tables, batch, beside)
    // What was stored long ago may be refused as things stand now; then nothing is written, and nobody looks.
    if (!mayRepeat && isMessageRefused(batch, outcome)) return null
    const lines = work.changed.size > 0 ? linesOf(work) : ''
    const views = viewsToStore(work, batch)
    if ((lines || views.length > 0) && !(await this.tables.write(views, lines))) return null
    this.keep(work)
    this.followUps.stored(work)
    return outcome
  }

  private memory(mayRepeat: boolean): Memory {
    return {
      mayRepeat,
      erased: this.erased,
      head: (id) => this.head(id),
      begunBy: (visitorId: VisitorId) => this.unsettled.begunBy.get(visitorId) ?? [],
      free: (numbers) => {
        const taken = Math.max(0, this.lastNumber + 1 - (numbers[0] ?? 0))
        return numbers.map((number) => number + taken).reverse()
      },
    }
  }

  private head(id: ConversationId): Held | undefined {
    return this.unsettled.heads.get(id) ?? this.heads.get(id)
  }

  /** Whether it asks for entries that only the journal holds: those of a client id, or those unread. */
  private concerns({ appends, receives }: Batch): boolean {
    const { sent } = this.unsettled
    return (
      appends.some(
        ({ command }) => command.type === 'message' && sent.has(nameOf(command.author, command.clientId)),
      ) ||
      receives.some(({ id, side, receipt }) => {
        const held = side === 'agents' ? this.unsettled.heads.get(id) : undefined
        return held !== undefined && receipt.seen < held.conversation.seq
      })
    )
  }

  private keep(work: Work): void {
    const { heads, begunBy, sent } = this.unsettled
    for (const one of work.held.values()) {
      this.heads.keep(one)
      this.lastNumber = Math.max(this.lastNumber, one.number)
    }
    for (const id of work.changed) {
      const held = work.held.get(id)
      if (held) heads.set(id, held)
    }
    for (const id of work.begun) {
      const visitorId = work.held.get(id)?.conversation.visitorId
      if (visitorId) begunBy.set(visitorId, [...(begunBy.get(visitorId) ?? []), id])
    }
    for (const name of work.sentNames) sent.add(name)
    this.unsettled.entries += work.entryRows.length
    this.unsettled.receipts += work.receiptRows.length
  }

  private async settleNow(): Promise<void> {
    if (this.unsettled.heads.size === 0) return
    const heads: Value[][] = []
    for (const held of this.unsettled.heads.values()) heads.push(changedRow(held))
    await this.tables.settle(heads)
    this.forget()
  }

  private isLong({ appends }: Batch): boolean {
    const { entries, receipts } = this.unsettled
    const few = Math.max(left.least, (appends.length - 1) * left.batches)
    return entries >= Math.min(few, left.most) || receipts >= left.most
  }

  private forget(): void {
    this.unsettled = new Unsettled()
    this.lastNumber = 0
  }

  private distrust(): void {
    this.forget()
    this.heads.clear()
    this.trusted = false
  }
}

const isMessageRefused = ({ appends }: Batch, { appended }: Outcome): boolean =>
  appended.some(({ ok }, index) => !ok && appends[index]?.command.type === 'message')
