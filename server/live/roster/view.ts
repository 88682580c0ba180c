import type { VisitId } from '../../../shared/ids.ts'
import {
  byPlace,
  type PreparedQuery,
  pageOf,
  placeOf,
  prepareQuery,
  type RosterPlace,
  type RosterQuery,
} from '../../../shared/roster-query.ts'
import type { LiveVisitor } from '../../../shared/visitor.ts'
import { Ordered } from './ordered.ts'
import { PageCounts } from './page-counts.ts'

/** Somebody of whom this question asks. `place` is null where they are on another page than asked for. */
interface Held {
  visitor: LiveVisitor
  place: RosterPlace | null
}

/** The people one question asks for, in its order, kept by the changes: one for all consoles that ask it. */
export class View {
  readonly pages = new PageCounts()
  private readonly held = new Map<VisitId, Held>()
  private readonly order: Ordered<RosterPlace>
  private readonly prepared: PreparedQuery

  /** @param sought somebody with all that may be asked for, of which the list carries only the beginning */
  constructor(
    private readonly query: RosterQuery,
    visitors: Iterable<LiveVisitor>,
    private readonly sought: (visitor: LiveVisitor) => LiveVisitor = (visitor) => visitor,
  ) {
    this.prepared = prepareQuery(query)
    const places: RosterPlace[] = []
    for (const visitor of visitors) {
      const held = this.holdingOf(visitor)
      if (!held) continue
      this.held.set(visitor.visitId, held)
      this.pages.enter(visitor)
      if (held.place) places.push(held.place)
    }
    this.order = Ordered.of(places, byPlace)
  }

  get size(): number {
    return this.order.size
  }

  /** Somebody came, or something of them has changed. */
  put(visitor: LiveVisitor): void {
    const before = this.held.get(visitor.visitId)
    const now = this.holdingOf(visitor)
    if (!now) {
      this.drop(visitor.visitId)
      return
    }
    this.held.set(visitor.visitId, now)
    this.recount(before, visitor)
    if (before?.place && now.place && byPlace(before.place, now.place) === 0) return
    if (before?.place) this.order.remove(before.place)
    if (now.place) this.order.add(now.place)
  }

  drop(visitId: VisitId): void {
    const before = this.held.get(visitId)
    if (!before) return
    this.held.delete(visitId)
    this.pages.leave(before.visitor)
    if (before.place) this.order.remove(before.place)
  }

  slice(from: number, count: number): LiveVisitor[] {
    return this.order.slice(from, count).flatMap(({ visitId }) => this.held.get(visitId)?.visitor ?? [])
  }

  private recount(before: Held | undefined, visitor: LiveVisitor): void {
    const { url, title } = visitor.page
    const shown = before?.visitor.page
    if (shown && shown.title === title && pageOf(shown.url) === pageOf(url)) return
    if (before) this.pages.leave(before.visitor)
    this.pages.enter(visitor)
  }

  private holdingOf(visitor: LiveVisitor): Held | null {
    if (!this.prepared.fits(this.sought(visitor))) return null
    return { visitor, place: this.prepared.onPage(visitor) ? placeOf(this.query, visitor) : null }
  }
}
