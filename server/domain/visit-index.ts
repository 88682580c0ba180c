import type { PageId, VisitId, VisitorId } from '../../shared/ids.ts'
import { openTab, surplusTabs, type Visit } from './visit.ts'

/** A page after this much silence begins another visit. */
const visitEnds = 30 * 60_000

/** All visits in memory, found by what tells of them. Bounded. */
export class VisitIndex {
  private readonly ids = new Map<VisitId, Visit>()
  private readonly pages = new Map<PageId, Visit>()
  private readonly keys = new Map<string, Set<Visit>>()
  private readonly visitors = new Map<VisitorId, Visit>()

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

  byKey(key: string): Iterable<Visit> {
    return this.keys.get(key) ?? []
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
    this.pages.set(page, visit)
    for (const old of surplusTabs(visit)) this.pages.delete(old)
  }

  rekey(visit: Visit, key: string): void {
    this.withdraw(visit)
    visit.key = key
    this.enter(visit)
  }

  belongs(visit: Visit, visitorId: VisitorId): void {
    visit.visitorId = visitorId
    this.visitors.set(visitorId, visit)
  }

  /** Drops those that ended and, beyond `most`, those gone longest; answers the dropped. */
  trim(most: number, now: number): Visit[] {
    const all = [...this.ids.values()]
    const dropped = all.filter((visit) => !visit.sockets && now - visit.seenAt > visitEnds)
    const surplus = this.ids.size - dropped.length - most
    if (surplus > 0) dropped.push(...longestGone(all, new Set(dropped), surplus))
    for (const visit of dropped) this.remove(visit)
    return dropped
  }

  remove(visit: Visit): void {
    this.ids.delete(visit.id)
    this.withdraw(visit)
    for (const { page } of visit.tabs) if (this.pages.get(page) === visit) this.pages.delete(page)
    if (visit.visitorId && this.visitors.get(visit.visitorId) === visit) this.visitors.delete(visit.visitorId)
  }

  private enter(visit: Visit): void {
    const same = this.keys.get(visit.key)
    if (same) same.add(visit)
    else this.keys.set(visit.key, new Set([visit]))
  }

  private withdraw(visit: Visit): void {
    const same = this.keys.get(visit.key)
    same?.delete(visit)
    if (same?.size === 0) this.keys.delete(visit.key)
  }
}

const longestGone = (visits: Visit[], besides: ReadonlySet<Visit>, count: number): Visit[] =>
  visits
    .filter((visit) => !visit.sockets && !besides.has(visit))
    .sort((a, b) => a.seenAt - b.seenAt)
    .slice(0, count)
