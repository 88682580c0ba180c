import type { ConversationId, PageId, VisitorId } from '../../../shared/ids.ts'
import { failure, type Result, success } from '../../../shared/result.ts'
import type {
  EventProperties,
  Identity,
  PageView,
  PageViewReport,
  Reading,
  SiteAnswer,
} from '../../../shared/visitor.ts'
import type { Caller } from '../domain.ts'
import { isByAgent, isPassedOver } from './left-out.ts'
import type { LiveVisits, VisitNeeds } from './live-visits.ts'
import { OwnPeople } from './own-people.ts'
import { hashToken } from './stitching.ts'
import { countSocket, isLookedAt, leavePage, presence, type Visit } from './visit.ts'
import { holdings } from './visit-facts.ts'
import { type Arrival, VisitFinder } from './visit-finder.ts'
import { type Moved, VisitJoining } from './visit-joining.ts'
import { VisitRecord } from './visit-record.ts'
import { VisitRoster } from './visit-roster.ts'
import { noteTags } from './visit-told.ts'
import { VisitorBook } from './visitor-book.ts'

export type { LiveVisits }

export const createVisits = (needs: VisitNeeds): LiveVisits => new VisitsInMemory(needs)

const sweepEvery = 5_000
const mostVisits = 50_000

class VisitsInMemory extends VisitRoster implements LiveVisits {
  private readonly record: VisitRecord
  private readonly finder: VisitFinder
  private readonly joining: VisitJoining
  private readonly book: VisitorBook
  private readonly ownPeople: OwnPeople
  private readonly most: number
  private cancelSweep: () => void

  constructor(private readonly needs: VisitNeeds) {
    const { history, clock } = needs
    super(history.visits, clock)
    this.most = needs.most ?? mostVisits
    this.record = new VisitRecord({ ...needs, index: this.index })
    this.finder = new VisitFinder({ ...needs, index: this.index })
    this.book = new VisitorBook({ ...needs, index: this.index })
    this.joining = new VisitJoining({ ...needs, index: this.index, finder: this.finder, book: this.book })
    this.ownPeople = new OwnPeople({
      ...{ finder: this.finder, book: this.book, record: this.record },
      ...{ keys: needs.ownKeys, audience: needs.audience },
    })
    this.cancelSweep = clock.after(sweepEvery, () => this.sweep())
  }

  async report(report: PageViewReport, caller: Caller): Promise<Result<SiteAnswer>> {
    const site = this.needs.sites.byKey(report.site)
    if (!site) return failure('not_found', 'There is no such site.')
    // Nothing is kept of a program that does not stay; who opens the chat gets one.
    if (isPassedOver(site, caller)) return success(this.needs.sites.answer(site, report.locale))
    const visit = report.view
      ? await this.arrive({
          ...report,
          tokenHash: report.token ? hashToken(report.token) : null,
          site,
          caller,
        })
      : this.finder.ofPage(report.page, site.id)
    if (visit && isByAgent(site, caller)) this.ownPeople.leaveOut(visit)
    if (visit && report.reading) this.read(visit, report.page, report.reading)
    if (visit && report.leaving) this.left(visit, report.page)
    const answer = this.needs.sites.answer(site, report.locale)
    // The socket it then opens is told why nobody takes its token, and the device is wiped.
    return success(visit?.erased ? { ...answer, live: true } : answer)
  }

  async arrive(arrival: Arrival): Promise<Visit> {
    const visit = this.joining.whose(arrival) ?? this.begin(arrival)
    visit.consent = arrival.consent
    visit.locale = arrival.locale
    this.finder.opened(visit, arrival)
    if (!(await this.recognise(visit))) this.refuse(visit.tokenHash, [visit])
    if (visit.erased) return visit
    this.ownPeople.arrived(visit, arrival)
    this.consented(visit)
    this.book.seen(visit)
    if (arrival.view) this.record.show(visit, arrival.page, arrival.view)
    this.alive(visit)
    return visit
  }

  entered(visit: Visit, page?: PageId): void {
    countSocket(visit, page, 1)
    visit.connectedOnce = true
    this.alive(visit)
  }

  exited(visit: Visit, page?: PageId): void {
    countSocket(visit, page, -1)
    this.alive(visit)
  }

  viewed(visit: Visit, page: PageId, view: PageView): void {
    this.record.show(visit, page, view)
    this.alive(visit)
  }

  left(visit: Visit, page: PageId): void {
    leavePage(visit, page, this.needs.clock.now())
    this.alive(visit)
  }

  touched(visit: Visit, state: 'active' | 'idle'): void {
    visit.idle = state === 'idle'
    if (!visit.idle) visit.activeAt = this.needs.clock.now()
    this.alive(visit)
  }

  tracked(visit: Visit, name: string, properties?: EventProperties, times?: number): void {
    if (this.record.happened(visit, name, properties, times)) this.alive(visit)
  }

  read(visit: Visit, page: PageId, reading: Reading): void {
    if (this.record.read(visit, page, reading)) this.alive(visit)
  }

  async tag(visit: Visit, names: readonly string[]): Promise<void> {
    if (!isLookedAt(visit) || !noteTags(visit, names)) return
    await this.book.tag(visit, names)
    this.needs.audience.visitChanged(visit.id)
  }

  async keep(visit: Visit, kept: Parameters<LiveVisits['keep']>[1]): Promise<Visit> {
    const tokenHash = hashToken(kept.token)
    const page = kept.page ?? visit.tabs.at(-1)?.page
    const own = page ? this.joining.under(visit, { tokenHash, page }) : visit
    own.consent = kept.consent
    this.finder.holds(own, tokenHash)
    // Who asked is told in answer; they hold no seat under this token yet.
    if (!(await this.recognise(own))) this.drop(own)
    if (own.erased) return own
    const site = this.needs.sites.byId(own.siteId)
    if (site) this.ownPeople.look(own, site)
    this.consented(own)
    this.record.keepCurrent(own)
    this.alive(own)
    return own
  }

  onMoved(listener: Moved): void {
    this.joining.onMoved(listener)
  }

  async identify(visit: Visit, identity: Identity): Promise<void> {
    await this.book.identify(visit, identity)
    this.needs.audience.visitChanged(visit.id)
  }

  async ensureVisitor(visit: Visit): Promise<Result<VisitorId>> {
    const ensured = await this.book.ensure(visit)
    if (!ensured.ok && ensured.error.reason === 'erased') this.refuse(visit.tokenHash, [visit])
    return ensured
  }

  heldOf(visitorId: VisitorId): object[] {
    const theirs = [...this.index.all()].filter((visit) => visit.visitorId === visitorId)
    const trail = this.parted.of(visitorId, this.needs.clock.now())
    return [...theirs.map(holdings), ...(trail.length > 0 ? [{ trail }] : [])]
  }

  forget({ visitorId, tokenHash }: { visitorId: VisitorId; tokenHash: string | null }): void {
    this.record.forget(visitorId)
    this.parted.forget(visitorId)
    const theirs = (visit: Visit) =>
      visit.visitorId === visitorId || (tokenHash !== null && visit.tokenHash === tokenHash)
    this.refuse(tokenHash, [...this.index.all()].filter(theirs))
  }

  forgetVisit(visit: Visit): void {
    this.refuse(null, [visit])
  }

  conversing(visitorId: VisitorId, conversationId: ConversationId | null, lastChatAt: number | null): void {
    const visit = this.index.byVisitor(visitorId)
    if (conversationId === null) this.parted.forget(visitorId)
    if (visit) visit.lastChatAt = lastChatAt
    if (!visit || visit.conversationId === conversationId) return
    visit.conversationId = conversationId
    this.needs.audience.visitChanged(visit.id)
  }

  async quieten(visit: Visit): Promise<void> {
    visit.quietSince = this.needs.clock.now()
    await this.book.quiet(visit)
  }

  flush(): Promise<void> {
    return this.record.flush()
  }

  close(): Promise<void> {
    this.cancelSweep()
    return this.record.close()
  }

  private begin(arrival: Arrival): Visit {
    const gone = this.index.size < this.most ? null : this.index.dropOldest()
    if (gone) this.needs.audience.visitGone(gone.id)
    return this.finder.begin(arrival)
  }

  /** Who keeps a token may be known; who granted consent becomes known. False for who was erased. */
  private async recognise(visit: Visit): Promise<boolean> {
    if (!visit.tokenHash || visit.visitorId) return true
    if (visit.consent !== 'granted') return this.book.find(visit)
    const ensured = await this.book.ensure(visit)
    return ensured.ok || ensured.error.reason !== 'erased'
  }

  private drop(visit: Visit): void {
    visit.erased = true
    this.index.remove(visit)
    this.needs.audience.visitGone(visit.id)
  }

  private refuse(tokenHash: string | null, visits: readonly Visit[]): void {
    for (const visit of visits) this.drop(visit)
    this.needs.audience.visitorRefused(
      tokenHash,
      visits.map(({ id }) => id),
    )
  }

  private consented(visit: Visit): void {
    if (this.book.counts(visit)) this.record.withdraw(visit)
    this.book.keepQuiet(visit)
    if (visit.consent === 'denied' && visit.visitorId) this.parted.forget(visit.visitorId)
    if (visit.consent === 'denied' && this.record.hide(visit)) this.needs.audience.visitGone(visit.id)
  }

  private alive(visit: Visit): void {
    visit.seenAt = this.needs.clock.now()
    this.index.seen(visit)
    visit.state = presence(visit, visit.seenAt)
    if (visit.trail.length) this.needs.audience.visitChanged(visit.id)
  }

  private sweep(): void {
    const { clock, audience } = this.needs
    const now = clock.now()
    for (const visit of this.index.all()) {
      const state = presence(visit, now)
      if (state === visit.state) continue
      visit.state = state
      if (state === 'gone') audience.visitGone(visit.id)
      else audience.visitChanged(visit.id)
    }
    for (const ended of this.index.dropEnded(now)) this.parted.keep(ended, now)
    this.parted.expire(now)
    this.cancelSweep = clock.after(sweepEvery, () => this.sweep())
  }
}
