import type { ConversationId, VisitorId } from '../../../shared/ids.ts'
import type { LookUps, Value } from '../engine.ts'
import type { Batch, Outcome } from './batch.ts'
import { carryOut } from './commit.ts'
import { changedRow, type Held } from './conversation-rows.ts'
import { type Memory, RecentHeads, unreadAmong } from './memory.ts'
import type { Batches } from './records.ts'
import type { Sent } from './sent.ts'
import { linesOf, type Settling } from './settling.ts'
import { Work } from './work.ts'

/** Entries that are left for the tables: more when they come in larger batches, which wait less often. */
const left = { least: 128, most: 8_192, batches: 16 }
const rememberedHeads = 20_000

/**
 * Makes a batch durable as one row of the table `journal`, and puts what has come together there into
 * the tables later, many batches at once: what a commit costs is the pages it touches, and the tables
 * have a page for every conversation. Between the two, this memory knows what the tables do not hold;
 * with it a batch is decided here, and the thread that holds the tables only looks up and writes.
 * For a store with one writer; whoever reads settles first.
 */
export class Journal implements Batches, Memory {
  private unsettled = new Work()
  private readonly heads = new RecentHeads(rememberedHeads)
  private lastNumber = 0
  /** Whether this memory is what the journal says: not before it was read, nor after a failure. */
  private trusted = false
  private last: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly tables: LookUps & Settling,
    private readonly later: (run: () => void) => void,
  ) {}

  async commit(batch: Batch): Promise<Outcome> {
    const outcome = await this.inTurn(async () => {
      const { work, outcome } = await carryOut(this.tables, batch, this)
      if (work.changed.size > 0) await this.tables.write(batch.views, linesOf(work))
      else if (batch.views.length > 0) await this.tables.write(batch.views, '')
      this.keep(work)
      return outcome
    })
    // If it fails, the journal still holds everything, and who needs it settled will hear of the failure.
    if (this.isLong(batch)) this.later(() => void this.settle().catch(() => undefined))
    return outcome
  }

  async settle(): Promise<void> {
    if (this.trusted && this.unsettled.changed.size === 0) return
    await this.inTurn(async () => {
      if (this.unsettled.changed.size === 0) return
      await this.tables.settle(this.changedHeads())
      this.forget()
    })
  }

  head(id: ConversationId): Held | undefined {
    return this.unsettled.held.get(id) ?? this.heads.get(id)
  }

  sent(name: string): Sent | undefined {
    return this.unsettled.sent.get(name)
  }

  begunBy(visitorId: VisitorId): readonly ConversationId[] {
    return this.unsettled.ofVisitor.get(visitorId) ?? []
  }

  unreadAbove(number: number, seen: number): number {
    return unreadAmong(this.unsettled.entryRows, number, seen)
  }

  free(numbers: number[]): number[] {
    const taken = Math.max(0, this.lastNumber + 1 - (numbers[0] ?? 0))
    return numbers.map((number) => number + taken).reverse()
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

  private keep(work: Work): void {
    for (const one of work.held.values()) {
      this.heads.keep(one)
      this.lastNumber = Math.max(this.lastNumber, one.number)
    }
    this.unsettled.absorb(work)
  }

  private changedHeads(): Value[][] {
    const rows: Value[][] = []
    for (const id of this.unsettled.changed) {
      const held = this.unsettled.held.get(id)
      if (held) rows.push(changedRow(held))
    }
    return rows
  }

  private isLong({ appends }: Batch): boolean {
    const few = Math.max(left.least, appends.length * left.batches)
    return this.unsettled.entryRows.length >= Math.min(few, left.most)
  }

  private forget(): void {
    this.unsettled = new Work()
    this.lastNumber = 0
  }

  private distrust(): void {
    this.forget()
    this.heads.clear()
    this.trusted = false
  }
}
