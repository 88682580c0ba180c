import { success } from '../../shared/result.ts'
import type { VisitorHandlers } from './visitor-handlers.ts'
import { isAgents, ownRating } from './visitor-surveys.ts'
import type { World } from './world.ts'

type InviteRequest = 'invite:ask' | 'invite:dismiss' | 'invite:seen' | 'invite:opened' | 'invite:rate'

/** What a visitor's page asks about rules, and tells of what they said: to the visit that it is just becoming part of. */
export function visitorInvited(world: World): Pick<VisitorHandlers, InviteRequest> {
  const { proactive, surveyReturn } = world.domain
  return {
    // What was said once is on record before it is said: nobody is asked twice because of a crash.
    'invite:ask': ({ visit, auth }, asked) => proactive.say(visit, { ...asked, page: auth.page }),
    'invite:dismiss': async (seat, { inviteId }) => {
      await seat.becoming
      await proactive.dismiss(seat.visit, inviteId, { except: seat.socket.id })
      await surveyReturn.dismissed(seat.visit, inviteId, {})
      return success({})
    },
    'invite:seen': async (seat, { inviteId }) => {
      await seat.becoming
      proactive.seen(seat.visit, inviteId)
      await surveyReturn.seen(seat.visit, inviteId)
      return success({})
    },
    'invite:opened': async (seat, { inviteId, ...how }) => {
      await seat.becoming
      proactive.opened(seat.visit, inviteId, how, { except: seat.socket.id })
      return success({})
    },
    'invite:rate': async (seat, { inviteId, score }) => {
      await seat.becoming
      if (surveyReturn.asks(seat.visit, inviteId)) {
        if (await isAgents(world, seat)) return ownRating()
        // Thanks are said only for what is stored.
        const stored = await surveyReturn.rated(seat.visit, inviteId, score, {})
        if (!stored.ok) return stored
      }
      const rated = proactive.rated(seat.visit, inviteId, score, { except: seat.socket.id })
      return rated.ok ? success({}) : rated
    },
  }
}
