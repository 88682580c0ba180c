import type { VisitId } from '../../shared/ids.ts'
import { times } from '../../shared/limits.ts'
import type { Sites } from '../domain/domain.ts'
import type { Clock, Log } from '../domain/ports.ts'
import type { LiveProactive } from '../domain/proactive/proactive.ts'
import { eventLoopPace, type Pace } from '../domain/slices.ts'
import { Digest } from './digest.ts'
import type { VisitorSeats } from './seats.ts'

interface RuleNewsNeeds {
  seats: VisitorSeats
  proactive: Pick<LiveProactive, 'rulesFor'>
  sites: Pick<Sites, 'byId' | 'publicSite'>
  clock: Clock
  log: Log
  /** Left out: that of the event loop. */
  pace?: Pick<Pace, 'now'>
}

/** Each page has rules of its own, so they are worked out a few visits at a time. */
const visitsPerFrame = 400
/** Where there are very many rules, fewer: everybody else waits meanwhile. */
const mostMs = 20

/** Tells pages which rules are left for them once that has changed: settings, or what is known of their visitor. */
export class RuleNews {
  private readonly changed: Digest<VisitId>

  constructor(private readonly needs: RuleNewsNeeds) {
    const { clock, log } = needs
    const pace = { every: times.digestEvery, most: visitsPerFrame }
    this.changed = new Digest({ ...pace, send: (ids) => this.send(ids), clock, log })
  }

  ofVisit(id: VisitId): void {
    this.changed.add(id)
  }

  ofEverybody(): void {
    for (const id of this.needs.seats.visits()) this.changed.add(id)
  }

  close(): void {
    this.changed.close()
  }

  private send(ids: readonly VisitId[]): VisitId[] {
    const { pace = eventLoopPace } = this.needs
    const until = pace.now() + mostMs
    let told = 0
    // At least one, so that everybody's turn comes.
    do this.tell(ids[told++])
    while (told < ids.length && pace.now() < until)
    return ids.slice(told)
  }

  private tell(id: VisitId | undefined): void {
    const { proactive, sites, seats } = this.needs
    for (const { socket, siteId, visit, auth } of id ? seats.of(id) : []) {
      const site = sites.byId(siteId)
      if (!visit || !site) continue
      const rules = proactive.rulesFor(visit, auth.page)
      socket.emit('site:changed', { site: sites.publicSite(site, auth.locale), rules })
    }
  }
}
