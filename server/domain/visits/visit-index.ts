import type { PageId, VisitId, VisitorId } from '../../../shared/ids.ts'
import { notInTheFuture, openTab, surplusTabs, type Visit } from './visit.ts'
import { VisitTraces } from './visit-traces.ts'

/** A page after this much silence begins another visit. */
export const visitEnds = 30 * 60_000

/** Visits looked at to find room for one more. */
const looksForRoom = 64

/** All visits in memory, found by what tells of them. Bounded. */
export class VisitIndex {
  private readonly ids = new Map<VisitId, Visit>()
  private readonly pages = new Map<PageId, Visit>()
  /** Nearly always one, which is kept without a set. */
  private readonly tokens = new Map<string, Visit | Set<Visit>>()
  private readonly visitors = new Map<VisitorId, Visit>()
  /** Of those who keep no token. */
  readonly traces = new VisitTraces()

  get size(): number {
    return this.ids.size
  }

  all(): Iterable<Visit> {
    return this.ids.values()
  }

  byId(id: VisitId): Visit | null {
    return this.ids.get(id) ?? null
  }

  byPage(page: PageId): Visit | null {
    return this.pages.get(page) ?? null
  }

  byToken(tokenHash: string): Iterable<Visit> {
    const there = this.tokens.get(tokenHash)
    return there instanceof Set ? there : there ? [there] : []
  }

  byVisitor(id: VisitorId): Visit | null {
    return this.visitors.get(id) ?? null
  }

  add(visit: Visit): void {
    this.ids.set(visit.id, visit)
    this.enter(visit)
  }

  /** The visit has this page open. */
  opened(visit: Visit, page: PageId): void {
    openTab(visit, page)
    // One that has become part of another may still hear of its page by a line that has gone dead.
    if (this.ids.get(visit.id) !== visit) return
    this.pages.set(page, visit)
    for (const old of surplusTabs(visit)) this.pages.delete(old)
  }

  /** The visit shows this page. */
  shows(visit: Visit, page: PageId, url: string): void {
    this.opened(visit, page)
    if (visit.tokenHash === null) this.traces.add(visit, url)
  }

  /** From now on the visit is recognised by the token alone. */
  holds(visit: Visit, tokenHash: string): void {
    this.withdraw(visit)
    visit.key = tokenHash
    visit.tokenHash = tokenHash
    this.enter(visit)
  }

  belongs(visit: Visit, visitorId: VisitorId): void {
    visit.visitorId = visitorId
    this.visitors.set(visitorId, visit)
  }

  /** A sign of life: of all visits this one was seen last. */
  seen(visit: Visit): void {
    if (!this.ids.delete(visit.id)) return
    this.ids.set(visit.id, visit)
  }

  /** Drops those that ended. */
  dropEnded(now: number): Visit[] {
    for (const visit of this.ids.values()) notInTheFuture(visit, now)
    const dropped = [...this.ids.values()].filter((visit) => !visit.sockets && now - visit.seenAt > visitEnds)
    for (const visit of dropped) this.remove(visit)
    return dropped
  }

  /**
   * Drops somebody who was not seen for long, so that one more fits. Visits with sockets stay, and
   * go to the end: the next one in need of room does not look at them again.
   */
  dropOldest(): Visit | null {
    let looks = looksForRoom
    for (const visit of this.ids.values()) {
      if (looks-- === 0) break
      if (visit.sockets) {
        this.seen(visit)
        continue
      }
      this.remove(visit)
      return visit
    }
    return null
  }

  remove(visit: Visit): void {
    this.ids.delete(visit.id)
    this.withdraw(visit)
    for (const { page } of visit.tabs) if (this.pages.get(page) === visit) this.pages.delete(page)
    if (visit.visitorId && this.visitors.get(visit.visitorId) === visit) this.visitors.delete(visit.visitorId)
  }

  private enter(visit: Visit): void {
    if (visit.tokenHash === null) return
    const same = this.tokens.get(visit.key)
    if (!same) this.tokens.set(visit.key, visit)
    else if (same instanceof Set) same.add(visit)
    else if (same !== visit) this.tokens.set(visit.key, new Set([same, visit]))
  }

  private withdraw(visit: Visit): void {
    this.traces.remove(visit)
    const same = this.tokens.get(visit.key)
    if (same instanceof Set) same.delete(visit)
    if (same === visit || (same instanceof Set && same.size === 0)) this.tokens.delete(visit.key)
  }
}
