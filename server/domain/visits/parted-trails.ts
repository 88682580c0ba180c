import type { VisitorId } from '../../../shared/ids.ts'
import { day } from '../../../shared/limits.ts'
import type { RecordedPageView } from '../../../shared/visitor.ts'
import { placeOf, type Visit } from './visit.ts'

/** The oldest go. */
const mostKept = 2_000

/**
 * Where those had been who left in the middle of a chat, so that whoever answers them later knows it. Their visit is over,
 * and nothing of it is stored without consent: this is in memory alone, and goes with the conversation or after a day.
 */
export class PartedTrails {
  private readonly trails = new Map<VisitorId, { until: number; views: readonly RecordedPageView[] }>()

  keep(visit: Visit, now: number): void {
    const { visitorId, conversationId, trail } = visit
    if (!visitorId || !conversationId || trail.length === 0 || placeOf(visit)) return
    this.trails.delete(visitorId)
    this.trails.set(visitorId, { until: now + day, views: trail })
    const [oldest] = this.trails.keys()
    if (this.trails.size > mostKept && oldest) this.trails.delete(oldest)
  }

  /** Oldest first. */
  of(visitorId: VisitorId, now: number): readonly RecordedPageView[] {
    const kept = this.trails.get(visitorId)
    if (!kept) return []
    if (now <= kept.until) return kept.views
    this.trails.delete(visitorId)
    return []
  }

  /** In the order in which they were kept, so the first that is still good ends it. */
  expire(now: number): void {
    for (const [visitorId, { until }] of this.trails) {
      if (now <= until) return
      this.trails.delete(visitorId)
    }
  }

  forget(visitorId: VisitorId): void {
    this.trails.delete(visitorId)
  }
}
