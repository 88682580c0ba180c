import { may } from '../../shared/agent.ts'
import { lastSaidAt } from '../../shared/conversation/conversation.ts'
import { forVisitor } from '../../shared/conversation/entry.ts'
import type { VisitorId } from '../../shared/ids.ts'
import { limits } from '../../shared/limits.ts'
import type { ConversationSnapshot, VisitorSnapshot } from '../../shared/protocol.ts'
import type { Visit } from '../domain/visits/visit.ts'
import type { VisitorSeat } from './seats.ts'
import { addedBetween, type Resume, visitorSnapshots } from './snapshots.ts'
import { readersOf } from './sockets.ts'
import { invitationFor, passOn } from './visitor-standing.ts'
import type { World } from './world.ts'

const facesShown = 20

/** Of a conversation that began since, the client holds nothing. */
const startedMeanwhile = { resume: null, epoch: '' }

/**
 * Who this socket may speak for. A visit alone proves nothing, since pages without a token are
 * tied to it by likeness; only the token makes its conversations theirs.
 */
export const visitorOf = (seat: VisitorSeat): VisitorId | null =>
  seat.tokenHash !== null && seat.visit?.tokenHash === seat.tokenHash ? seat.visit.visitorId : null

/** The socket takes its place in the visit and hears from now on what concerns it. */
export function takeSeat(world: World, seat: VisitorSeat, visit: Visit): void {
  if (!seat.socket.connected) return
  if (seat.visit !== visit) {
    leaveSeat(world, seat)
    seat.visit = visit
    world.seats.add(visit.id, seat)
    world.domain.visits.entered(visit, seat.auth.page)
    seat.socket.join(readersOf(seat.siteId, seat.auth.locale))
  }
  listen(seat)
}

/** Somebody new to the store has come to be known: their other tabs hear what is said as well. */
export function listenInAllTabs({ seats }: World, visit: Visit): void {
  for (const seat of seats.of(visit.id)) listen(seat)
}

/** What is said in the visitor's conversations is heard here, once it is known whose they are. */
function listen(seat: VisitorSeat): void {
  const visitorId = visitorOf(seat)
  if (visitorId && !seat.socket.rooms.has(visitorId)) seat.socket.join(visitorId)
}

export function leaveSeat(world: World, seat: VisitorSeat): void {
  const { visit } = seat
  if (!visit) return
  if (visit.visitorId) seat.socket.leave(visit.visitorId)
  world.seats.remove(visit.id, seat)
  world.domain.visits.exited(visit, seat.auth.page)
  passOn(world, { ...seat, visit })
  seat.visit = null
  seat.own = null
}

/** The visitor's conversations as this socket needs them. */
export async function conversationsOf(
  { domain, epoch }: World,
  visitorId: VisitorId | null,
  resume: Resume,
): Promise<ConversationSnapshot[]> {
  if (!visitorId) return []
  const stored = await domain.conversations.ofVisitor(visitorId, limits.conversationsOfVisitor)
  const open = stored.find(({ conversation }) => conversation.status === 'open')
  const latest = stored[0] ? lastSaidAt(stored[0].conversation) : null
  domain.visits.conversing(visitorId, open?.conversation.id ?? null, latest)
  return visitorSnapshots(domain.conversations, stored, { resume, epoch: epoch() })
}

/** Sends what was added between the reading of the snapshots and the first announcement heard. */
export async function catchUp(
  { domain: { conversations } }: World,
  { socket }: VisitorSeat,
  visitorId: VisitorId | null,
  sent: ConversationSnapshot[],
): Promise<void> {
  if (!visitorId) return
  const held = new Map(sent.map(({ conversation }) => [conversation.id, conversation.seq]))
  for (const stored of await conversations.ofVisitor(visitorId, limits.conversationsOfVisitor)) {
    const { id: conversationId } = stored.conversation
    const seq = held.get(conversationId)
    if (seq === undefined) {
      const [begun] = await visitorSnapshots(conversations, [stored], startedMeanwhile)
      if (begun) socket.emit('conversation:started', begun)
      continue
    }
    for await (const entries of addedBetween(conversations, stored.conversation, seq))
      socket.emit('entries:added', { conversationId, entries: entries.map(forVisitor) })
  }
}

export function visitorSnapshot(
  world: World,
  seat: VisitorSeat & { visit: Visit },
  conversations: ConversationSnapshot[],
): VisitorSnapshot | null {
  const { domain, clock, epoch } = world
  const site = domain.sites.byId(seat.siteId)
  if (!site) return null
  const { visit } = seat
  const id = visitorOf(seat)
  return {
    epoch: epoch(),
    serverTime: clock.now(),
    site: domain.sites.publicSite(site, seat.auth.locale),
    visitor: id && { id, name: visit.name, email: visit.email },
    team: faces(world),
    conversations,
    rules: domain.proactive.rulesFor(visit, seat.auth.page),
    pageViews: visit.pageViews,
    invitation: invitationFor(world, seat),
  }
}

/** Names and ids only: an agent's e-mail address is nobody's business on a visitor's wire. */
const faces = ({ domain }: World): VisitorSnapshot['team'] =>
  domain.agents
    .colleagues()
    .filter(({ role }) => may(role, 'conversations:write'))
    .slice(0, facesShown)
    .map(({ id, name }) => ({ id, name }))
