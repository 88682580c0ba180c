import type { VisitId } from '../../shared/ids.ts'
import { times } from '../../shared/limits.ts'
import type { Sites } from '../domain/domain.ts'
import type { Clock, Log } from '../domain/ports.ts'
import type { LiveProactive } from '../domain/proactive.ts'
import { Digest } from './digest.ts'
import type { VisitorSeats } from './seats.ts'

interface RuleNewsNeeds {
  seats: VisitorSeats
  proactive: Pick<LiveProactive, 'rulesFor'>
  sites: Pick<Sites, 'byId' | 'publicSite'>
  clock: Clock
  log: Log
}

/** Each page has rules of its own, so they are worked out a few visits at a time. */
const visitsPerFrame = 400

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
    const { proactive, sites, seats } = this.needs
    for (const { socket, siteId, visit, auth } of ids.flatMap((id) => seats.of(id))) {
      const site = sites.byId(siteId)
      if (!visit || !site) continue
      const rules = proactive.rulesFor(visit, auth.page)
      socket.emit('site:changed', { site: sites.publicSite(site, auth.locale), rules })
    }
    return []
  }
}
