import type { SiteId } from '../../shared/ids.ts'
import { times } from '../../shared/limits.ts'
import { locales } from '../../shared/locale.ts'
import { Digest } from './digest.ts'
import type { Gateway } from './gateway.ts'
import { admitVisitor, type Crowds, personKey } from './handshake.ts'
import { refusal } from './refusal.ts'
import type { VisitorSeat } from './seats.ts'
import { readersOf, type VisitorNamespace, type VisitorSocket } from './sockets.ts'
import { trimSocket } from './trim-socket.ts'
import { leaveSeat } from './visitor-arrival.ts'
import { visitorDoor } from './visitor-events.ts'
import type { World } from './world.ts'

interface LobbyNeeds {
  namespace: VisitorNamespace
  world: World
  crowds: Crowds
  gateway: Gateway
}

/** Where visitors' sockets come in and go out. */
export class VisitorLobby {
  private readonly admitted = new WeakMap<VisitorSocket, VisitorSeat>()
  private readonly changes: Digest<'site'>
  private readonly stopListening: (() => void)[]
  private known: readonly SiteId[]

  constructor(private readonly needs: LobbyNeeds) {
    const { namespace, world, gateway } = needs
    const door = visitorDoor(world)
    const { clock, log } = world
    this.changes = new Digest({ every: times.digestEvery, most: 1, send: () => this.tellSites(), clock, log })
    namespace.use((socket, next) => next(this.admitSafely(socket)))
    namespace.on('connection', (socket) => {
      const seat = this.admitted.get(socket)
      if (!seat) return socket.disconnect(true)
      gateway.guard(socket, seat, door)
      socket.on('disconnect', () => leaveSeat(world, seat))
      trimSocket(socket)
    })
    this.known = this.siteIds()
    const changed = () => this.changes.add('site')
    this.stopListening = [
      world.onSettingsChange(() => this.turnAwayFromRemoved()),
      world.onSettingsChange(changed),
      world.onSettingsChange(() => world.ruleNews.ofEverybody()),
      world.domain.agents.onStatusChange(changed),
      world.domain.promise.onChange(changed),
      world.domain.agents.onStatusChange(() => this.lookAgainForColleagues()),
      world.domain.proactive.onNews((id) => (id ? world.ruleNews.ofVisit(id) : world.ruleNews.ofEverybody())),
    ]
  }

  close(): void {
    for (const stop of this.stopListening) stop()
    this.changes.close()
  }

  /** Socket.IO awaits its middlewares unguarded: what they throw ends the process. */
  private admitSafely(socket: VisitorSocket): Error | undefined {
    try {
      return this.admit(socket)
    } catch (error) {
      this.needs.world.log.error('visitor:admission', { error: String(error) })
      return refusal('site')
    }
  }

  private admit(socket: VisitorSocket): Error | undefined {
    const { world, crowds } = this.needs
    const outcome = admitVisitor(world, crowds, socket)
    if ('refused' in outcome) return refusal(outcome.refused)
    const { seat } = outcome
    const person = personKey(seat)
    this.admitted.set(socket, seat)
    // Not at `disconnect`, which a client that leaves in the middle of the handshake never causes.
    socket.conn.on('close', () => {
      crowds.addresses.leave(seat.addressKey)
      crowds.visitors.leave(person)
    })
    return undefined
  }

  /** Settings, or who is there to answer, have changed. One frame per site and language. */
  private tellSites(): [] {
    const { namespace, world } = this.needs
    const { sites } = world.domain
    for (const site of sites.list())
      for (const locale of locales) {
        const room = readersOf(site.id, locale)
        if (!namespace.adapter.rooms.has(room)) continue
        namespace.to(room).emit('site:changed', { site: sites.publicSite(site, locale) })
      }
    return []
  }

  /** Pages were not told of rules that wait for more colleagues than there were. */
  private lookAgainForColleagues(): void {
    const { domain, ruleNews } = this.needs.world
    const { sites, proactive } = domain
    const asked = (id: SiteId) =>
      proactive.listensFor('agentsOnline', id) || proactive.listensFor('teamsOnline', id)
    if (sites.list().some(({ id }) => asked(id))) ruleNews.ofEverybody()
  }

  /** A site that was removed has no visitors. */
  private turnAwayFromRemoved(): void {
    const sites = this.siteIds()
    const { namespace } = this.needs
    for (const id of this.known.filter((one) => !sites.includes(one))) {
      const rooms = locales.map((locale) => readersOf(id, locale))
      namespace.to(rooms).emit('refused', { reason: 'site' })
      namespace.in(rooms).disconnectSockets(true)
    }
    this.known = sites
  }

  private siteIds(): SiteId[] {
    return this.needs.world.domain.sites.list().map(({ id }) => id)
  }
}
