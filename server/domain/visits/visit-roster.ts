import { isVisitId, type SiteId, type VisitId, type VisitorId } from '../../../shared/ids.ts'
import type { LiveVisitor, RecordedPageView, VisitEvent } from '../../../shared/visitor.ts'
import type { VisitHistory } from '../../history/history.ts'
import type { Visits } from '../domain.ts'
import type { Clock } from '../ports.ts'
import { PartedTrails } from './parted-trails.ts'
import { presence, type Visit } from './visit.ts'
import { describe, describeWhole, isCut } from './visit-facts.ts'
import { VisitIndex } from './visit-index.ts'
import { eventsOf } from './visit-told.ts'

/** The visits in memory, as they are asked about; nothing here changes one. */
export class VisitRoster implements Omit<Visits, 'report'> {
  protected readonly index = new VisitIndex()
  protected readonly parted = new PartedTrails()

  constructor(
    private readonly stored: Pick<VisitHistory, 'pageViews' | 'events'>,
    private readonly clock: Clock,
  ) {}

  live(siteId?: SiteId): LiveVisitor[] {
    const now = this.clock.now()
    const there: LiveVisitor[] = []
    for (const visit of this.index.all()) {
      const one = !siteId || visit.siteId === siteId ? describe(visit, now) : null
      if (one && one.state !== 'gone') there.push(one)
    }
    return there
  }

  /** How many are on the sites now. */
  count(): number {
    const now = this.clock.now()
    let there = 0
    for (const visit of this.index.all()) if (visit.trail.length && presence(visit, now) !== 'gone') there++
    return there
  }

  everybody(): Visit[] {
    return [...this.index.all()]
  }

  byId(id: VisitId): Visit | null {
    return this.index.byId(id)
  }

  find(visitId: VisitId): LiveVisitor | null {
    const visit = this.index.byId(visitId)
    return visit && describe(visit, this.clock.now())
  }

  whole(visitId: VisitId): LiveVisitor | null {
    const visit = this.index.byId(visitId)
    return visit && describeWhole(visit, this.clock.now())
  }

  /** More than the list carries is looked up only where there is more. */
  sought(visitor: LiveVisitor): LiveVisitor {
    return isCut(visitor) ? (this.whole(visitor.visitId) ?? visitor) : visitor
  }

  ofVisitor(visitorId: VisitorId): LiveVisitor | null {
    const visit = this.index.byVisitor(visitorId)
    return visit && describe(visit, this.clock.now())
  }

  trail(visitId: VisitId): RecordedPageView[] {
    return [...(this.index.byId(visitId)?.trail ?? [])]
  }

  events(visitId: VisitId): VisitEvent[] {
    const visit = this.index.byId(visitId)
    return visit ? eventsOf(visit) : []
  }

  async happened(id: VisitorId | VisitId, limit: number): Promise<(VisitEvent & { visitId: VisitId })[]> {
    const visit = isVisitId(id) ? this.index.byId(id) : this.index.byVisitor(id)
    const stored = isVisitId(id) ? [] : await this.stored.events(id, limit)
    // What is stored of this visit is in memory as well, but for the oldest of very many.
    const isStored = visit !== null && stored.some(({ visitId }) => visitId === visit.id)
    const held = visit && !isStored ? happenedIn(visit) : []
    return [...held, ...stored].slice(0, limit)
  }

  async pageViews(visitorId: VisitorId, limit: number): Promise<RecordedPageView[]> {
    const stored = await this.stored.pageViews(visitorId, limit)
    const visit = this.index.byVisitor(visitorId)
    const before = this.parted.of(visitorId, this.clock.now())
    const held = [...before, ...(visit?.trail ?? [])].reverse()
    const earlier = stored.filter((view) => view.visitId !== visit?.id).map(({ visitId: _, ...view }) => view)
    return [...held, ...earlier].slice(0, limit)
  }
}

const happenedIn = ({ id: visitId, latestEvents }: Visit): (VisitEvent & { visitId: VisitId })[] =>
  (latestEvents ?? []).map((told) => ({ count: 1, ...told, visitId })).reverse()
