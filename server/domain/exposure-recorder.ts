import type { InviteId, VisitorId } from '../../shared/ids.ts'
import type { Aftermath, ExposureHistory, ExposureRecord } from '../history/exposures.ts'
import { HistoryUnavailable } from '../history/history.ts'
import type { Clock, Log } from './ports.ts'

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
  private exposures: ExposureRecord[] = []
  private readonly aftermaths = new Map<InviteId, Aftermath>()
  private cancel: (() => void) | null = null
  private writing: Promise<void> = Promise.resolve()

  constructor(private readonly needs: RecorderNeeds) {}

  record(exposure: ExposureRecord): void {
    this.exposures.push(exposure)
    if (this.exposures.length > mostWaiting) this.giveUp(this.exposures.shift())
    this.schedule()
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
    this.exposures = this.exposures.filter((one) => one.visitorId !== visitorId)
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
    if (one) this.aftermaths.delete(one.id)
    this.needs.log.warn('exposures:givenUp')
  }

  private async store(): Promise<void> {
    while (this.exposures.length + this.aftermaths.size > 0) {
      const exposures = this.exposures.splice(0, batchSize)
      // What came of one that is not stored yet would be lost.
      const aftermaths = this.exposures.length > 0 ? [] : [...this.aftermaths.values()].slice(0, batchSize)
      for (const { id } of aftermaths) this.aftermaths.delete(id)
      try {
        await this.needs.exposures.store({ exposures, aftermaths })
      } catch (error) {
        if (!(error instanceof HistoryUnavailable)) {
          this.needs.log.error('exposures:unfit', { rows: exposures.length, error: String(error) })
          continue
        }
        this.needs.log.warn('exposures:delayed', { rows: exposures.length, error: String(error) })
        this.exposures.unshift(...exposures)
        for (const one of aftermaths) this.aftermaths.set(one.id, { ...this.aftermaths.get(one.id), ...one })
        this.schedule()
        return
      }
    }
  }
}
