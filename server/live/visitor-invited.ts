import { success } from '../../shared/result.ts'
import type { VisitorHandlers } from './visitor-handlers.ts'
import { isAgents, ownRating } from './visitor-surveys.ts'
import type { World } from './world.ts'

type InviteRequest = 'invite:ask' | 'invite:dismiss' | 'invite:seen' | 'invite:opened' | 'invite:rate'

/** What a visitor's page asks about rules, and tells of what they said. */
export function visitorInvited(world: World): Pick<VisitorHandlers, InviteRequest> {
  const { proactive, surveyReturn } = world.domain
  return {
    'invite:ask': async ({ visit, auth }, asked) => {
      const answer = proactive.ask(visit, { ...asked, page: auth.page })
      // What was said once is on record before it is said: nobody is asked twice because of a crash.
      if (answer.because === 'shown') await proactive.recorded(visit)
      return success(answer)
    },
    'invite:dismiss': async (seat, { inviteId }) => {
      await proactive.dismiss(seat.visit, inviteId, { except: seat.socket.id })
      await surveyReturn.dismissed(seat.visit, inviteId, {})
      return success({})
    },
    'invite:seen': async (seat, { inviteId }) => {
      proactive.seen(seat.visit, inviteId)
      await surveyReturn.seen(seat.visit, inviteId)
      return success({})
    },
    'invite:opened': (seat, { inviteId, ...how }) => {
      proactive.opened(seat.visit, inviteId, how, { except: seat.socket.id })
      return success({})
    },
    'invite:rate': async (seat, { inviteId, score }) => {
      if (surveyReturn.asks(seat.visit, inviteId) && (await isAgents(world, seat))) return ownRating()
      const rated = proactive.rated(seat.visit, inviteId, score, { except: seat.socket.id })
      if (!rated.ok) return rated
      await surveyReturn.rated(seat.visit, inviteId, score, {})
      return success({})
    },
  }
}
