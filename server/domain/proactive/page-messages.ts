import type { SignedInAgent } from '../../../shared/agent.ts'
import type { Author } from '../../../shared/conversation/entry.ts'
import type { SiteId, VisitId } from '../../../shared/ids.ts'
import type { Invitation } from '../../../shared/protocol.ts'
import { failure, type Result, success } from '../../../shared/result.ts'
import { answerTo, everybody } from '../../../shared/roster-query.ts'
import { holdBack } from '../../../shared/triggers/budget.ts'
import { Buckets } from '../buckets.ts'
import type { PageMessageOutcome } from '../domain.ts'
import type { Visit } from '../visits/visit.ts'
import type { Dealings } from './dealings.ts'
import type { ProactiveNeeds } from './live-proactive.ts'
import { addressed } from './speech.ts'

export interface PageOfSite {
  /** A glob. */
  page: string
  siteId?: SiteId | undefined
}

type LeftAlone = keyof PageMessageOutcome['leftAlone']

/** Somebody who is to be told, once it is on record. */
interface Addressed {
  visit: Visit
  invitation: Invitation
}

/** Of one agent: everybody on a page is a crowd that should not be called together lightly. */
const allowance = { burst: 3, refillMs: 2 * 60_000 }

/** One message to everybody who is on a page now. */
export class PageMessages {
  private readonly sent: Buckets

  constructor(private readonly needs: ProactiveNeeds & { dealings: Dealings }) {
    this.sent = new Buckets(needs.clock, allowance)
  }

  async send(
    { page, siteId }: PageOfSite,
    text: string,
    from: SignedInAgent,
  ): Promise<Result<PageMessageOutcome>> {
    const retryAfterMs = this.sent.take(from.id)
    if (retryAfterMs)
      return failure('rate_limited', 'Give people a little time between two messages to a page.', {
        retryAfterMs,
      })
    const { visits, exposures } = this.needs
    const outcome: PageMessageOutcome = { reached: 0, leftAlone: {} }
    const there = answerTo({ ...everybody, page }, visits.live(siteId))
    const answers = there.map(({ visitId }) => this.address(visitId, text, from))
    await exposures.flush()
    for (const answer of answers) {
      const because = typeof answer === 'string' ? answer : this.tell(answer)
      if (because) outcome.leftAlone[because] = (outcome.leftAlone[because] ?? 0) + 1
      else outcome.reached++
    }
    return success(outcome)
  }

  /** What is to be said to them, unless there is a reason not to, which it then answers. */
  private address(visitId: VisitId, text: string, from: SignedInAgent): LeftAlone | Addressed {
    const { visits, exposures, clock, dealings } = this.needs
    const visit = visits.byId(visitId)
    if (!visit || visit.sockets === 0) return 'away'
    if (visit.consent === 'denied') return 'consent'
    if (exposures.isUnread(visit)) return 'undecided'
    const held = holdBack(exposures.pastOf(visit), clock.now())
    if (held) return held
    const author: Author = { kind: 'agent', id: from.id, name: from.name }
    const said = { ruleId: null, text: addressed(this.needs, visit, text), from: from.name }
    const place = { unrecorded: true }
    return { visit, invitation: dealings.show(visit, { said, author, by: 'announcement' }, place) }
  }

  /** Tells them, if that is on record by now. */
  private tell({ visit, invitation }: Addressed): LeftAlone | null {
    const { dealings, audience } = this.needs
    if (!dealings.settle(visit, invitation.inviteId)) return 'undecided'
    audience.inviteOffered(visit.id, invitation)
    return null
  }
}
