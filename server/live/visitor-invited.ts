import { success } from '../../shared/result.ts'
import type { VisitorHandlers } from './visitor-handlers.ts'
import type { World } from './world.ts'

type InviteRequest = 'invite:ask' | 'invite:dismiss' | 'invite:seen' | 'invite:opened' | 'invite:rate'

/** What a visitor's page asks about rules, and tells of what they said. */
export function visitorInvited({ domain: { proactive } }: World): Pick<VisitorHandlers, InviteRequest> {
  return {
    'invite:ask': async ({ visit, auth }, asked) => {
      const answer = proactive.ask(visit, { ...asked, page: auth.page })
      // What was said once is on record before it is said: nobody is asked twice because of a crash.
      if (answer.because === 'shown') await proactive.recorded(visit)
      return success(answer)
    },
    'invite:dismiss': async (seat, { inviteId }) => {
      await proactive.dismiss(seat.visit, inviteId, { except: seat.socket.id })
      return success({})
    },
    'invite:seen': (seat, { inviteId }) => {
      proactive.seen(seat.visit, inviteId)
      return success({})
    },
    'invite:opened': (seat, { inviteId, ...how }) => {
      proactive.opened(seat.visit, inviteId, how, { except: seat.socket.id })
      return success({})
    },
    'invite:rate': (seat, { inviteId, score }) => {
      const rated = proactive.rated(seat.visit, inviteId, score, { except: seat.socket.id })
      return rated.ok ? success({}) : rated
    },
  }
}
