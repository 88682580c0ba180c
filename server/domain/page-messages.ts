import type { AgentId, SiteId, VisitId } from '../../shared/ids.ts'
import { failure, type Result, success } from '../../shared/result.ts'
import { answerTo, everybody } from '../../shared/roster-query.ts'
import { Buckets } from './buckets.ts'
import type { PageMessageOutcome } from './domain.ts'
import type { Clock } from './ports.ts'
import type { LiveVisits } from './visits.ts'

export interface PageOfSite {
  /** A glob. */
  page: string
  siteId?: SiteId | undefined
}

/** Why somebody was not told; null when they were. */
type Address = (visitId: VisitId) => keyof PageMessageOutcome['leftAlone'] | null

/** Of one agent: everybody on a page is a crowd that should not be called together lightly. */
const allowance = { burst: 3, refillMs: 2 * 60_000 }

/** One message to everybody who is on a page now. */
export class PageMessages {
  private readonly sent: Buckets

  constructor(private readonly needs: { visits: Pick<LiveVisits, 'live'>; clock: Clock }) {
    this.sent = new Buckets(needs.clock, allowance)
  }

  send({ page, siteId }: PageOfSite, from: { id: AgentId }, address: Address): Result<PageMessageOutcome> {
    const retryAfterMs = this.sent.take(from.id)
    if (retryAfterMs)
      return failure('rate_limited', 'Give people a little time between two messages to a page.', {
        retryAfterMs,
      })
    const outcome: PageMessageOutcome = { reached: 0, leftAlone: {} }
    for (const { visitId } of answerTo({ ...everybody, page }, this.needs.visits.live(siteId))) {
      const because = address(visitId)
      if (because) outcome.leftAlone[because] = (outcome.leftAlone[because] ?? 0) + 1
      else outcome.reached++
    }
    return success(outcome)
  }
}
