import type { PageId } from '../../../shared/ids.ts'
import type { EventProperties, PageView, Reading } from '../../../shared/visitor.ts'
import type { VisitNeeds } from './live-visits.ts'
import { addView, isLookedAt, lookerOf, placeOf, type Visit, viewOf } from './visit.ts'
import type { VisitIndex } from './visit-index.ts'
import { createVisitRecorder, type VisitRecorder } from './visit-recorder.ts'
import { noteEvent, noteReading, withoutTraces, withoutViews } from './visit-told.ts'
import { takeBackVisit, withdrawConsent } from './visit-withdrawal.ts'

type RecordNeeds = Pick<VisitNeeds, 'history' | 'exposures' | 'clock' | 'log'> & { index: VisitIndex }

/** What pages tell of a visit: in memory where it is looked at at all, and stored where its visitor granted that. */
export class VisitRecord {
  private readonly recorder: VisitRecorder

  constructor(private readonly needs: RecordNeeds) {
    const { history, clock, log, index } = needs
    this.recorder = createVisitRecorder({ visits: history.visits, clock, log, index })
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
    const place = placeOf(visit)
    if (!view || !place || visit.recorded === view) return
    visit.recorded = view
    this.recorder.record({ ...view, ...lookerOf(visit), ...place })
  }

  /** Answers whether it is looked at. */
  happened(visit: Visit, name: string, properties?: EventProperties, times?: number): boolean {
    if (!isLookedAt(visit)) return false
    const at = this.needs.clock.now()
    noteEvent(visit, { name, properties, times }, at)
    this.needs.exposures.happened(visit, { kind: 'event', name })
    const place = placeOf(visit)
    const told = { at, name, count: times ?? 1, ...(properties ? { properties } : {}) }
    if (place) this.recorder.happened({ ...place, ...told })
    return true
  }

  /** Answers whether it is looked at, and news. */
  read(visit: Visit, page: PageId, reading: Reading): boolean {
    if (!isLookedAt(visit) || !noteReading(visit, page, reading)) return false
    const view = viewOf(visit, page)
    const place = placeOf(visit)
    if (view && place) this.recorder.read({ ...view, ...lookerOf(visit), ...place })
    return true
  }

  /** It turns out to be of the site's own people: what was taken in of it goes, here and in the store. */
  leaveOut(visit: Visit): void {
    withoutViews(visit)
    const { visitorId, recorded } = visit
    if (visitorId && recorded) void takeBackVisit(this.withdrawal(), visit, visitorId)
  }

  /** What was kept by consent goes when there is none any more; what was written in conversations stays. */
  withdraw(visit: Visit): void {
    const { visitorId } = visit
    if (visitorId) void withdrawConsent(this.withdrawal(), visit, visitorId)
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

  /** The next page of a marked browser is known by this one. */
  private passBy(visit: Visit, page: PageId, { url }: PageView): void {
    if (visit.own && visit.consent !== 'denied') this.needs.index.shows(visit, page, url)
  }

  private withdrawal() {
    const { history, exposures, log } = this.needs
    return { visits: history.visits, exposures, log, recorder: this.recorder }
  }
}
