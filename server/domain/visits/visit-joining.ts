import type { PageId } from '../../../shared/ids.ts'
import { limits } from '../../../shared/limits.ts'
import type { Audience } from '../audience.ts'
import type { Exposures } from '../proactive/exposures.ts'
import { isAlone, isLookedAt, type Visit, viewOf } from './visit.ts'
import type { Arrival, VisitFinder } from './visit-finder.ts'
import type { VisitIndex } from './visit-index.ts'
import { bringEvents } from './visit-told.ts'
import type { VisitorBook } from './visitor-book.ts'

/** This page belongs to another visit from now on, which has become one with the first where that is gone. */
export type Moved = (page: PageId, from: Visit, to: Visit) => void

interface JoiningNeeds {
  index: VisitIndex
  finder: VisitFinder
  book: Pick<VisitorBook, 'marks'>
  exposures: Pick<Exposures, 'joined'>
  audience: Pick<Audience, 'visitGone'>
}

/** Brings the pages of one person together, however they come to show whose they are. */
export class VisitJoining {
  private moved: Moved = () => undefined

  constructor(private readonly needs: JoiningNeeds) {}

  onMoved(listener: Moved): void {
    this.moved = listener
  }

  /** The visit that a page which is loaded, or connects again, is of; null for a new one. */
  whose(arrival: Arrival): Visit | null {
    const { tokenHash, page, connects } = arrival
    const found = this.needs.finder.find(arrival)
    if (!found || !tokenHash) return found
    // Without a socket of its own it comes again by the one it has, and then brings along what was seen.
    return this.under(found, { tokenHash, page, isWhole: connects ? isAlone(found, page) : !found.sockets })
  }

  /** The visit of the token's holder, on this page of `visit`: theirs elsewhere, this one, or a new one. */
  under(visit: Visit, { tokenHash, page, isWhole = isAlone(visit, page) }: Shown): Visit {
    if (visit.tokenHash === tokenHash) return visit
    const { finder, book } = this.needs
    const theirs = finder.ofToken(visit.siteId, tokenHash)
    if (!theirs && visit.tokenHash === null) return visit
    const to = theirs ?? finder.anew(visit)
    if (visit.own && !to.own) book.marks(to, true)
    finder.carryOver(page, visit, to)
    if (theirs && visit.tokenHash === null && isWhole) this.join(page, visit, theirs)
    this.moved(page, visit, to)
    return to
  }

  private join(page: PageId, from: Visit, to: Visit): void {
    const { index, exposures, audience } = this.needs
    if (index.byId(from.id) !== from) return
    bringAlong(page, from, to)
    exposures.joined(from, to)
    index.remove(from)
    audience.visitGone(from.id)
  }
}

/** A page shows a token; `isWhole`: the visit has no other page whose socket still needs it. */
interface Shown {
  tokenHash: string
  page: PageId
  isWhole?: boolean
}

/**
 * What was seen in one visit becomes part of the other, but for the view on the screen of this page, which is carried
 * over as it is. In memory only, as it was.
 */
function bringAlong(page: PageId, from: Visit, to: Visit): void {
  if (from.quietSince !== null) to.quietSince = Math.max(from.quietSince, to.quietSince ?? 0)
  if (!isLookedAt(from) || !isLookedAt(to)) return
  const shown = viewOf(from, page)
  const seen = from.trail.filter((view) => view !== shown)
  if (from.startedAt < to.startedAt) Object.assign(to, { startedAt: from.startedAt, landing: from.landing })
  to.trail = [...to.trail, ...seen].sort((a, b) => a.at - b.at).slice(-limits.trailLength)
  to.pageViews += Math.max(0, from.pageViews - (shown ? 1 : 0))
  to.engagedMs += from.engagedMs
  bringEvents(from, to)
}
