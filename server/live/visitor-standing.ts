import type { Invitation } from '../../shared/protocol.ts'
import type { Visit } from '../domain/visits/visit.ts'
import type { VisitorSeat } from './seats.ts'
import type { World } from './world.ts'

type Seated = Pick<VisitorSeat, 'auth'> & { visit: Visit }
type Standing = Pick<World, 'seats'> & { domain: Pick<World['domain'], 'proactive'> }

/** What is shown to this page of what waits: what a rule says stands on one page at a time, so that nobody is told it twice. */
export function invitationFor(world: Standing, { visit, auth: { page } }: Seated): Invitation | null {
  const { proactive } = world.domain
  const invitation = proactive.shownTo(visit)
  const stands = proactive.waitingFor(visit)?.page
  if (!invitation || stands === undefined || stands === page) return invitation
  if (isOpen(world, visit, stands)) return null
  proactive.standsOn(visit, invitation.inviteId, page)
  return invitation
}

/** The page it stood on is closed: the one that was opened last of those that are left shows it. */
export function passOn(world: Standing, { visit, auth: { page } }: Seated): void {
  const { proactive } = world.domain
  if (proactive.waitingFor(visit)?.page !== page || isOpen(world, visit, page)) return
  const next = world.seats.of(visit.id).at(-1)
  const invitation = next && proactive.shownTo(visit)
  if (!invitation) return
  proactive.standsOn(visit, invitation.inviteId, next.auth.page)
  next.socket.emit('invite:offered', invitation)
}

const isOpen = ({ seats }: Standing, visit: Visit, page: string): boolean =>
  seats.of(visit.id).some(({ auth }) => auth.page === page)
