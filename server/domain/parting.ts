import type { VisitorInput } from '../../shared/protocol.ts'
import { failure, type Result, success } from '../../shared/result.ts'
import { type Allowance, Buckets } from './buckets.ts'
import { limitKey } from './caller.ts'
import type { LiveConversations } from './conversations.ts'
import type { Parting, Sites } from './domain.ts'
import type { Clock } from './ports.ts'
import { hashToken } from './visits/stitching.ts'
import type { Visit } from './visits/visit.ts'
import { forgotten } from './visits/visitor-book.ts'
import type { LiveVisits } from './visits/visits.ts'

export interface PartingNeeds {
  sites: Pick<Sites, 'byKey'>
  visits: Pick<LiveVisits, 'arrive' | 'ensureVisitor' | 'identify'>
  conversations: Pick<LiveConversations, 'postAsVisitor'>
  clock: Clock
}

/** As many as a socket may say. */
const ofPerson: Allowance = { burst: 60, refillMs: 300 }
/** A page is left less often than something is said. */
const ofAddress: Allowance = { burst: 300, refillMs: 50 }

export function createParting(needs: PartingNeeds): Parting {
  const persons = new Buckets(needs.clock, ofPerson)
  const addresses = new Buckets(needs.clock, ofAddress)
  return {
    async take({ site: key, messages, ...page }, caller) {
      const site = needs.sites.byKey(key)
      if (!site) return failure('not_found', 'There is no such site.')
      const tokenHash = hashToken(page.token)
      const visit = await needs.visits.arrive({ ...page, tokenHash, site, caller })
      if (visit.erased) return forgotten()
      let stored = 0
      for (const message of messages) {
        const wait = persons.take(tokenHash) || addresses.take(limitKey(caller.address))
        if (wait) return failure('rate_limited', 'Too many messages.', { retryAfterMs: wait })
        const posted = await post(needs, visit, message)
        if (!posted.ok) return posted
        stored++
      }
      return success({ stored })
    },
  }
}

async function post(
  { visits, conversations }: PartingNeeds,
  visit: Visit,
  { page, inviteId, about, ...message }: VisitorInput<'message:send'>,
): Promise<Result<unknown>> {
  const visitor = await visits.ensureVisitor(visit)
  if (!visitor.ok) return visitor
  const { siteId, id: visitId, consent } = visit
  const by = { siteId, visitId, visitorId: visitor.value }
  const beside = { ...(inviteId ? { inviteId } : {}), ...(page && consent !== 'denied' ? { page } : {}) }
  const posted = await conversations.postAsVisitor({ ...message, ...by, ...beside }, {})
  if (posted.ok && about) await visits.identify(visit, about)
  return posted
}
