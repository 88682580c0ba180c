import { makeId, type PageId, type SiteId } from '../../../shared/ids.ts'
import type { Locale } from '../../../shared/locale.ts'
import type { Consent, PageView } from '../../../shared/visitor.ts'
import type { Site } from '../../../shared/workspace.ts'
import { browserOf, deviceOf } from '../caller.ts'
import type { Caller } from '../domain.ts'
import type { Clock, Random } from '../ports.ts'
import { isLeftOut } from './left-out.ts'
import { continues, createStitchingKey } from './stitching.ts'
import { addView, beginVisit, type Visit, viewOf } from './visit.ts'
import type { VisitIndex } from './visit-index.ts'

/** What a page says when it is loaded, by beacon or by socket. */
export interface Arrival {
  site: Site
  page: PageId
  /** Of the token that came with it. */
  tokenHash: string | null
  consent: Consent
  locale: Locale
  /** Left out: as the browser says of itself. */
  device?: 'desktop' | 'phone' | undefined
  view?: PageView | undefined
  /** By a new socket: whichever it had before is of no use to it any more. */
  connects?: boolean | undefined
  timeZone?: string | undefined
  caller: Caller
}

interface FinderNeeds {
  index: VisitIndex
  clock: Clock
  random: Random
}

/** Tells whose page it is that arrives. */
export class VisitFinder {
  /** What tells browsers apart that keep nothing. */
  readonly likenessOf: (siteId: SiteId, caller: Caller) => string

  constructor(private readonly needs: FinderNeeds) {
    this.likenessOf = createStitchingKey(needs)
  }

  ofPage(page: PageId, siteId: SiteId): Visit | null {
    const visit = this.needs.index.byPage(page)
    return visit?.siteId === siteId ? visit : null
  }

  /** The visit this page is of already, or its visitor's, or the one it goes on from. */
  find(arrival: Arrival): Visit | null {
    const { tokenHash } = arrival
    const known = this.ofPage(arrival.page, arrival.site.id)
    if (known && (!tokenHash || !known.tokenHash || known.tokenHash === tokenHash)) return known
    if (tokenHash) return this.ofToken(arrival.site.id, tokenHash)
    return arrival.view ? this.goesOn(arrival, arrival.view) : null
  }

  /** The stitching key holds the site, so these are of it. */
  private goesOn(arrival: Arrival, view: PageView): Visit | null {
    const { index, clock } = this.needs
    const key = this.keyOf(arrival)
    return continues((url) => index.traces.at(key, url), view, clock.now())
  }

  begin(arrival: Arrival): Visit {
    const { index, clock, random } = this.needs
    const { site, consent, locale, caller, timeZone = null } = arrival
    const device = arrival.device ?? deviceOf(caller.userAgent)
    const now = clock.now()
    const visit = beginVisit(
      {
        id: makeId('t', now, random.bytes(10)),
        siteId: site.id,
        key: this.keyOf(arrival),
        tokenHash: arrival.tokenHash,
        consent,
        locale,
        device,
        browser: browserOf(caller.userAgent),
        timeZone,
        language: caller.language ?? null,
        country: caller.country ?? null,
        leftOut: isLeftOut(site, caller),
      },
      now,
    )
    index.add(visit)
    return visit
  }

  /** Notes that the visit has this page, and the token if one came with it. */
  opened(visit: Visit, arrival: Arrival): void {
    this.needs.index.opened(visit, arrival.page)
    if (arrival.tokenHash) this.holds(visit, arrival.tokenHash)
  }

  holds(visit: Visit, tokenHash: string): void {
    if (visit.tokenHash !== tokenHash) this.needs.index.holds(visit, tokenHash)
  }

  /** A visit of somebody else by the same browser. */
  anew(visit: Visit): Visit {
    const { index, clock, random } = this.needs
    const now = clock.now()
    const fresh = beginVisit({ ...visit, id: makeId('t', now, random.bytes(10)), tokenHash: null }, now)
    index.add(fresh)
    return fresh
  }

  /** The visit of whoever keeps this token. */
  ofToken(siteId: SiteId, tokenHash: string): Visit | null {
    return [...this.needs.index.byToken(tokenHash)].findLast((visit) => visit.siteId === siteId) ?? null
  }

  /** The page is one of the other visit from now on, with what it shows. */
  carryOver(page: PageId, from: Visit, to: Visit): void {
    // What it has shown since it became a page of the other is newer.
    const view = this.needs.index.byPage(page) === to ? null : viewOf(from, page)
    if (view) addView(to, page, view, this.needs.clock.now())
    this.needs.index.opened(to, page)
  }

  private keyOf(arrival: Arrival): string {
    return arrival.tokenHash ?? this.likenessOf(arrival.site.id, arrival.caller)
  }
}
