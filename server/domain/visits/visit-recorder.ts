import type { VisitId, VisitorId } from '../../../shared/ids.ts'
import type { EventRecord, PageViewRecord, VisitHistory } from '../../history/history.ts'
import type { Clock, Log } from '../ports.ts'
import type { Visit } from './visit.ts'

const gatherFor = 100
/** How views were used changes all the time; the last of it is enough. */
const readingsGatherFor = 5_000
const batchSize = 100
/** Of each kind, that waits while the store is away or slow; beyond it the oldest are given up. */
const mostWaiting = 20_000

export interface VisitRecorder {
  record(view: PageViewRecord): void
  /** How a view that was recorded is used; what was told of it before need not be stored any more. */
  read(view: PageViewRecord): void
  happened(event: EventRecord): void
  /** What waits of this visitor is never stored. */
  forget(visitorId: VisitorId): void
  /** Resolves when all that was recorded so far is stored or has failed. */
  flush(): Promise<void>
}

interface RecorderNeeds {
  visits: Pick<VisitHistory, 'record' | 'tell'>
  /** Where a visit stands now: a view sorts its visitor anew, just after it is recorded. */
  index?: { byId(id: VisitId): Pick<Visit, 'standing'> | null | undefined }
  clock: Clock
  log: Log
}

/** Stores what pages tell in batches: one transaction for many pages. Nobody waits for it, and it is bounded. */
export const createVisitRecorder = (needs: RecorderNeeds): VisitRecorder => new Gathering(needs)

class Gathering implements VisitRecorder {
  private views: PageViewRecord[] = []
  private events: EventRecord[] = []
  private readonly readings = new Map<string, PageViewRecord>()
  private givenUp = 0
  private cancel: (() => void) | null = null
  private cancelReadings: (() => void) | null = null
  private writing: Promise<void> = Promise.resolve()

  constructor(private readonly needs: RecorderNeeds) {}

  record(view: PageViewRecord): void {
    this.views.push(view)
    this.gathered(this.views)
  }

  happened(event: EventRecord): void {
    this.events.push(event)
    this.gathered(this.events)
  }

  read(view: PageViewRecord): void {
    const { visitId, at } = view
    this.readings.set(`${visitId} ${at}`, view)
    const [oldest] = this.readings.keys()
    if (this.readings.size > mostWaiting && oldest !== undefined) {
      this.readings.delete(oldest)
      this.giveUp(1)
    }
    this.cancelReadings ??= this.needs.clock.after(readingsGatherFor, () => {
      this.cancelReadings = null
      this.inTurn(() => this.storeReadings())
    })
  }

  forget(visitorId: VisitorId): void {
    this.views = this.views.filter((view) => view.visitorId !== visitorId)
    this.events = this.events.filter((event) => event.visitorId !== visitorId)
    for (const [key, view] of this.readings) if (view.visitorId === visitorId) this.readings.delete(key)
  }

  flush(): Promise<void> {
    this.cancel?.()
    this.cancelReadings?.()
    this.cancel = this.cancelReadings = null
    return this.inTurn(async () => {
      await this.storeGathered()
      await this.storeReadings()
    })
  }

  private gathered(waiting: unknown[]): void {
    if (waiting.length > mostWaiting) this.giveUp(waiting.splice(0, waiting.length - mostWaiting).length)
    if (waiting.length === batchSize) this.inTurn(() => this.storeGathered())
    else this.schedule()
  }

  private schedule(): void {
    this.cancel ??= this.needs.clock.after(gatherFor, () => {
      this.cancel = null
      this.inTurn(() => this.storeGathered())
    })
  }

  private giveUp(count: number): void {
    // One line for a thousand: the log must not become the next thing that is full.
    if (this.givenUp % 1_000 === 0) this.needs.log.warn('visits:givenUp', { before: this.givenUp })
    this.givenUp += count
  }

  /** One write at a time, so that a failed batch goes back to its place. */
  private inTurn(write: () => Promise<void>): Promise<void> {
    this.writing = this.writing.then(write)
    return this.writing
  }

  private async storeGathered(): Promise<void> {
    const { visits } = this.needs
    while (this.views.length > 0) {
      const batch = this.views.splice(0, batchSize).map((view) => this.sorted(view))
      if (await this.attempt(() => visits.record(batch), batch.length)) continue
      this.views.unshift(...batch)
      return
    }
    while (this.events.length > 0) {
      const batch = this.events.splice(0, batchSize)
      if (await this.attempt(() => visits.tell({ readings: [], events: batch }), batch.length)) continue
      this.events.unshift(...batch)
      return
    }
  }

  private async storeReadings(): Promise<void> {
    while (this.readings.size > 0) {
      const batch = [...this.readings].slice(0, batchSize)
      for (const [key] of batch) this.readings.delete(key)
      const readings = batch.map(([, view]) => this.sorted(view))
      if (await this.attempt(() => this.needs.visits.tell({ readings, events: [] }), batch.length)) continue
      // What was told meanwhile is newer.
      for (const [key, view] of batch) if (!this.readings.has(key)) this.read(view)
      return
    }
  }

  private sorted(view: PageViewRecord): PageViewRecord {
    const segments = this.needs.index?.byId(view.visitId)?.standing?.segments
    return segments?.length ? { ...view, segments } : view
  }

  /** False when the store is away: it is tried again. */
  private async attempt(store: () => Promise<void>, rows: number): Promise<boolean> {
    try {
      await store()
      return true
    } catch (error) {
      this.needs.log.warn('pageViews:delayed', { views: rows, error: String(error) })
      this.schedule()
      return false
    }
  }
}
