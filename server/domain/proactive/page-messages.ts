import type { SignedInAgent } from '../../../shared/agent.ts'
import type { Author } from '../../../shared/conversation/entry.ts'
import type { SiteId } from '../../../shared/ids.ts'
import type { Invitation } from '../../../shared/protocol.ts'
import { failure, type Result, success } from '../../../shared/result.ts'
import { everybody, prepareQuery } from '../../../shared/roster-query.ts'
import { holdBack } from '../../../shared/triggers/budget.ts'
import { Buckets } from '../buckets.ts'
import type { PageMessageOutcome } from '../domain.ts'
import { eventLoopPace, type Pace, Slices } from '../slices.ts'
import { presence, type Visit } from '../visits/visit.ts'
import { describe } from '../visits/visit-facts.ts'
import type { Dealings, Waiting } from './dealings.ts'
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
  /** Goes along with their page if that becomes part of another visit meanwhile. */
  waiting: Waiting | null
}

/** Of one agent: everybody on a page is a crowd that should not be called together lightly. */
const allowance = { burst: 3, refillMs: 2 * 60_000 }
/** Put on record together, and told as soon as they are. */
const atOnce = 200

interface MessageNeeds extends ProactiveNeeds {
  dealings: Dealings
  /** Left out: that of the event loop. */
  pace?: Pace
}

/** One message to everybody who is on a page now. However many they are, nobody else waits for it. */
export class PageMessages {
  private readonly sent: Buckets

  constructor(private readonly needs: MessageNeeds) {
    this.sent = new Buckets(needs.clock, allowance)
  }

  async send(to: PageOfSite, text: string, from: SignedInAgent): Promise<Result<PageMessageOutcome>> {
    const retryAfterMs = this.sent.take(from.id)
    if (retryAfterMs)
      return failure('rate_limited', 'Give people a little time between two messages to a page.', {
        retryAfterMs,
      })
    const outcome: PageMessageOutcome = { reached: 0, leftAlone: {} }
    const slices = new Slices(this.needs.pace ?? eventLoopPace)
    const there = await this.thoseOn(to, slices)
    for (let i = 0; i < there.length; i += atOnce)
      await this.sendTo(there.slice(i, i + atOnce), { text, from, outcome, slices })
    return success(outcome)
  }

  private async thoseOn({ page, siteId }: PageOfSite, slices: Slices): Promise<Visit[]> {
    const { visits, clock } = this.needs
    const { onPage } = prepareQuery({ ...everybody, page })
    const found: Visit[] = []
    for (const visit of visits.everybody()) {
      const now = clock.now()
      const isHere = (!siteId || visit.siteId === siteId) && presence(visit, now) !== 'gone'
      const shown = isHere ? describe(visit, now) : null
      if (shown && onPage(shown)) found.push(visit)
      await slices.breath()
    }
    return found
  }

  private async sendTo(some: readonly Visit[], { text, from, outcome, slices }: Sending): Promise<void> {
    const answers: (LeftAlone | Addressed)[] = []
    for (const visit of some) {
      answers.push(this.address(visit, text, from))
      await slices.breath()
    }
    await this.needs.exposures.flush()
    for (const answer of answers) {
      const because = typeof answer === 'string' ? answer : this.tell(answer)
      if (because) outcome.leftAlone[because] = (outcome.leftAlone[because] ?? 0) + 1
      else outcome.reached++
      await slices.breath()
    }
  }

  /** What is to be said to them, unless there is a reason not to, which it then answers. */
  private address(visit: Visit, text: string, from: SignedInAgent): LeftAlone | Addressed {
    const { visits, exposures, clock, dealings } = this.needs
    // They may have left while others were told, or become part of another visit.
    if (visits.byId(visit.id) !== visit || visit.sockets === 0 || visit.leftOut) return 'away'
    if (visit.consent === 'denied') return 'consent'
    if (exposures.isUnread(visit)) return 'undecided'
    const held = holdBack(exposures.pastOf(visit), clock.now())
    if (held) return held
    const author: Author = { kind: 'agent', id: from.id, name: from.name }
    const said = { ruleId: null, text: addressed(this.needs, visit, text), from: from.name }
    const place = { unrecorded: true }
    const invitation = dealings.show(visit, { said, author, by: 'announcement' }, place)
    return { visit, invitation, waiting: dealings.waiting(visit, invitation.inviteId) }
  }

  /** Tells them, if that is on record by now and still fits; their page may have become part of another visit. */
  private tell({ visit, invitation, waiting }: Addressed): LeftAlone | null {
    const { dealings, audience } = this.needs
    const { inviteId } = invitation
    if (!dealings.settle(visit, inviteId, waiting)) return 'undecided'
    const holder = dealings.holderOf(invitation)
    // Something else that was said to them stands there.
    if (!holder) return 'onceASession'
    const because = this.meanwhile(holder)
    if (because) dealings.withdraw(holder, inviteId)
    if (because) return because
    // A page that shows its token just now has not moved its socket yet.
    const places = new Set([holder, visit])
    for (const { id } of places) audience.inviteOffered(id, invitation)
    return [...places].some(({ sockets }) => sockets > 0) ? null : 'away'
  }

  /** Why they are not to be told any more. That this was said to them counts by now. */
  private meanwhile(visit: Visit): LeftAlone | null {
    const { exposures, clock } = this.needs
    if (visit.erased || visit.leftOut) return 'away'
    if (visit.consent === 'denied') return 'consent'
    return holdBack({ ...exposures.pastOf(visit), lastShownAt: null, shownThisVisit: 0 }, clock.now())
  }
}

interface Sending {
  text: string
  from: SignedInAgent
  outcome: PageMessageOutcome
  slices: Slices
}
