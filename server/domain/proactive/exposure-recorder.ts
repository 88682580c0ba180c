import type { InviteId, VisitorId } from '../../../shared/ids.ts'
import type { Aftermath, ExposureHistory, ExposureRecord } from '../../history/exposures.ts'
import { HistoryUnavailable } from '../../history/history.ts'
import type { Clock, Log } from '../ports.ts'

const gatherFor = 100
const batchSize = 100
/** Of each kind, that waits while the store is away or slow; beyond it the oldest are given up. */
const mostWaiting = 20_000

interface RecorderNeeds {
  exposures: Pick<ExposureHistory, 'store'>
  clock: Clock
  log: Log
}

/** Stores what was said and what came of it in batches, bounded, and out of the way of messages. */
export class ExposureRecorder {
  private readonly exposures = new Map<InviteId, ExposureRecord>()
  private readonly aftermaths = new Map<InviteId, Aftermath>()
  private cancel: (() => void) | null = null
  private writing: Promise<void> = Promise.resolve()

  constructor(private readonly needs: RecorderNeeds) {}

  record(exposure: ExposureRecord): void {
    this.exposures.set(exposure.id, exposure)
    const [oldest] = this.exposures.keys()
    if (this.exposures.size > mostWaiting && oldest !== undefined) this.giveUp(this.exposures.get(oldest))
    this.schedule()
  }

  /** One that is not stored yet never is. Answers whether it was not. */
  takeBack(id: InviteId): boolean {
    this.aftermaths.delete(id)
    return this.exposures.delete(id)
  }

  /** Each moment counts the first time. */
  came(told: Aftermath): void {
    this.aftermaths.set(told.id, { ...told, ...this.aftermaths.get(told.id) })
    const [oldest] = this.aftermaths.keys()
    if (this.aftermaths.size > mostWaiting && oldest !== undefined) this.giveUp(this.aftermaths.get(oldest))
    this.schedule()
  }

  /** What waits of this visitor is never stored. */
  forget(visitorId: VisitorId): void {
    for (const one of this.exposures.values()) if (one.visitorId === visitorId) this.exposures.delete(one.id)
  }

  /** Resolves when all that was told so far is stored or has failed. Those who ask meanwhile share the next write. */
  flush(): Promise<void> {
    this.cancel?.()
    this.cancel = null
    this.writing = this.writing.then(() => this.store())
    return this.writing
  }

  private schedule(): void {
    this.cancel ??= this.needs.clock.after(gatherFor, () => void this.flush())
  }

  private giveUp(one: { id: InviteId } | undefined): void {
    if (one) this.takeBack(one.id)
    this.needs.log.warn('exposures:givenUp')
  }

  private async store(): Promise<void> {
    while (this.exposures.size + this.aftermaths.size > 0) {
      const exposures = this.oldest()
      // What came of one that is not stored yet would be lost.
      const aftermaths = this.exposures.size > 0 ? [] : [...this.aftermaths.values()].slice(0, batchSize)
      for (const { id } of aftermaths) this.aftermaths.delete(id)
      try {
        await this.needs.exposures.store({ exposures, aftermaths })
      } catch (error) {
        if (!(error instanceof HistoryUnavailable)) {
          this.needs.log.error('exposures:unfit', { rows: exposures.length, error: String(error) })
          continue
        }
        this.needs.log.warn('exposures:delayed', { rows: exposures.length, error: String(error) })
        this.backInFront(exposures)
        for (const one of aftermaths) this.aftermaths.set(one.id, { ...this.aftermaths.get(one.id), ...one })
        this.schedule()
        return
      }
    }
  }

  private oldest(): ExposureRecord[] {
    const batch = [...this.exposures.values()].slice(0, batchSize)
    for (const { id } of batch) this.exposures.delete(id)
    return batch
  }

  private backInFront(batch: readonly ExposureRecord[]): void {
    const later = [...this.exposures.values()]
    this.exposures.clear()
    for (const one of [...batch, ...later]) this.exposures.set(one.id, one)
  }
}
