import type { PageId } from '../../../shared/ids.ts'
import type { EventProperties, PageView, Reading } from '../../../shared/visitor.ts'
import type { VisitNeeds } from './live-visits.ts'
import { addView, isLookedAt, lookerOf, placeOf, type Visit, viewOf } from './visit.ts'
import type { VisitIndex } from './visit-index.ts'
import { createVisitRecorder, type VisitRecorder } from './visit-recorder.ts'
import { noteEvent, noteReading, withoutTraces, withoutViews } from './visit-told.ts'
import { VisitWithdrawals } from './visit-withdrawal.ts'

type RecordNeeds = Pick<VisitNeeds, 'history' | 'exposures' | 'clock' | 'log'> & { index: VisitIndex }

/** What pages tell of a visit: in memory where it is looked at at all, and stored where its visitor granted that. */
export class VisitRecord {
  private readonly recorder: VisitRecorder
  private readonly withdrawals: VisitWithdrawals

  constructor(private readonly needs: RecordNeeds) {
    const { history, index } = needs
    const { visits } = history
    this.recorder = createVisitRecorder({ ...needs, visits, index })
    this.withdrawals = new VisitWithdrawals({ ...needs, visits, recorder: this.recorder })
  }

  show(visit: Visit, page: PageId, view: PageView): void {
    if (!isLookedAt(visit)) {
      this.passBy(visit, page, view)
      return
    }
    const isNew = addView(visit, page, view, this.needs.clock.now())
    this.needs.index.shows(visit, page, view.url)
    if (!isNew) return
    this.keepCurrent(visit)
    this.needs.exposures.happened(visit, { kind: 'url', url: view.url })
  }

  /** The view that is shown now, which is stored once. */
  keepCurrent(visit: Visit): void {
    const view = visit.trail.at(-1)
    if (!view || !placeOf(visit) || visit.recorded === view) return
    visit.recorded = view
    this.store(visit, (place) => this.recorder.record({ ...view, ...lookerOf(visit), ...place }))
  }

  /** Answers whether it is looked at. */
  happened(visit: Visit, name: string, properties?: EventProperties, times?: number): boolean {
    if (!isLookedAt(visit)) return false
    const at = this.needs.clock.now()
    noteEvent(visit, { name, properties, times }, at)
    this.needs.exposures.happened(visit, { kind: 'event', name })
    const told = { at, name, count: times ?? 1, ...(properties ? { properties } : {}) }
    this.store(visit, (place) => this.recorder.happened({ ...place, ...told }))
    return true
  }

  /** Answers whether it is looked at, and news. */
  read(visit: Visit, page: PageId, reading: Reading): boolean {
    if (!isLookedAt(visit) || !noteReading(visit, page, reading)) return false
    const view = viewOf(visit, page)
    if (view) this.store(visit, (place) => this.recorder.read({ ...view, ...lookerOf(visit), ...place }))
    return true
  }

  /** It turns out to be of the site's own people: what was taken in of it goes, here and in the store. */
  leaveOut(visit: Visit): void {
    withoutViews(visit)
    const { visitorId, recorded } = visit
    if (visitorId && recorded) this.withdrawals.takeBack(visit, visitorId)
  }

  /** What was kept by consent goes when there is none any more; what was written in conversations stays. */
  withdraw(visit: Visit): void {
    const { visitorId } = visit
    if (visitorId) this.withdrawals.withdrawConsent(visit, visitorId)
  }

  /** Answers whether anything of it was to be seen. */
  hide(visit: Visit): boolean {
    const wasSeen = visit.trail.length > 0
    if (wasSeen || visit.events) withoutTraces(visit)
    return wasSeen
  }

  forget(visitorId: Parameters<VisitRecorder['forget']>[0]): void {
    this.recorder.forget(visitorId)
    this.needs.exposures.forget(visitorId)
  }

  async flush(): Promise<void> {
    await Promise.all([this.recorder.flush(), this.needs.exposures.flush()])
  }

  /** What is being deleted is gone by then, and what was told is stored, as far as the store is there. */
  async close(): Promise<void> {
    await this.withdrawals.close()
    await this.flush()
  }

  /** The next page of a marked browser is known by this one. */
  private passBy(visit: Visit, page: PageId, { url }: PageView): void {
    if (visit.own && visit.consent !== 'denied') this.needs.index.shows(visit, page, url)
  }

  private store(visit: Visit, tell: (place: Place) => void): void {
    if (!placeOf(visit)) return
    this.withdrawals.store(visit, () => {
      const place = placeOf(visit)
      if (place) tell(place)
    })
  }
}

type Place = NonNullable<ReturnType<typeof placeOf>>
