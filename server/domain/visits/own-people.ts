import type { Site } from '../../../shared/workspace.ts'
import type { Audience } from '../audience.ts'
import { isByAgent, isLeftOut } from './left-out.ts'
import type { OwnKeys } from './own-keys.ts'
import type { Visit } from './visit.ts'
import type { Arrival, VisitFinder } from './visit-finder.ts'
import type { VisitRecord } from './visit-record.ts'
import type { VisitorBook } from './visitor-book.ts'

interface OwnPeopleNeeds {
  keys: Pick<OwnKeys, 'read'>
  finder: Pick<VisitFinder, 'likenessOf'>
  book: Pick<VisitorBook, 'marks'>
  record: Pick<VisitRecord, 'leaveOut'>
  audience: Pick<Audience, 'visitGone'>
}

/** Whoever answers visits the site, too, and is no guest. */
export class OwnPeople {
  constructor(private readonly needs: OwnPeopleNeeds) {}

  /** A page of the visit says by its address, or by the session that came along, whose browser it is. */
  arrived(visit: Visit, arrival: Pick<Arrival, 'site' | 'caller' | 'view'>): void {
    const { site, caller } = arrival
    const said = this.said(arrival)
    if (said) this.needs.book.marks(visit, said === 'own')
    if (said === 'guest') visit.leftOut = isLeftOut(site, caller)
    if (isByAgent(site, caller)) this.leaveOut(visit)
    else this.look(visit, site)
  }

  /** It may have been known from an earlier visit that this browser is the house's own. */
  look(visit: Visit, site: Site): void {
    if (visit.own && !site.countAgents) this.leaveOut(visit)
  }

  /** For the rest of the visit. What the store did not let go of is tried again. */
  leaveOut(visit: Visit): void {
    if (visit.leftOut && !visit.recorded) return
    visit.leftOut = true
    this.needs.record.leaveOut(visit)
    this.needs.audience.visitGone(visit.id)
  }

  private said({ site, caller, view }: Pick<Arrival, 'site' | 'caller' | 'view'>) {
    return view ? this.needs.keys.read(view, site.id, this.needs.finder.likenessOf(site.id, caller)) : null
  }
}
