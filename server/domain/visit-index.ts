import type { PageId, VisitId, VisitorId } from '../../shared/ids.ts'
import { openTab, surplusTabs, type Visit } from './visit.ts'

/** A page after this much silence begins another visit. */
const visitEnds = 30 * 60_000

/** All visits in memory, found by what tells of them. Bounded. */
export interface VisitIndex {
  readonly size: number
  all(): Iterable<Visit>
  byId(id: VisitId): Visit | null
  byPage(page: PageId): Visit | null
  byKey(key: string): Iterable<Visit>
  byVisitor(id: VisitorId): Visit | null
  add(visit: Visit): void
  /** The visit has this page open. */
  opened(visit: Visit, page: PageId): void
  rekey(visit: Visit, key: string): void
  belongs(visit: Visit, visitorId: VisitorId): void
  /** Drops those that ended and, beyond `most`, those gone longest; answers the dropped. */
  trim(most: number, now: number): Visit[]
}

export function createVisitIndex(): VisitIndex {
  const ids = new Map<VisitId, Visit>()
  const pages = new Map<PageId, Visit>()
  const keys = new Map<string, Set<Visit>>()
  const visitors = new Map<VisitorId, Visit>()

  const unkey = (visit: Visit): void => {
    const same = keys.get(visit.key)
    same?.delete(visit)
    if (same?.size === 0) keys.delete(visit.key)
  }
  const key = (visit: Visit): void => {
    const same = keys.get(visit.key)
    if (same) same.add(visit)
    else keys.set(visit.key, new Set([visit]))
  }
  const drop = (visit: Visit): void => {
    ids.delete(visit.id)
    unkey(visit)
    for (const tab of visit.tabs) if (pages.get(tab.page) === visit) pages.delete(tab.page)
    if (visit.visitorId && visitors.get(visit.visitorId) === visit) visitors.delete(visit.visitorId)
  }

  return {
    get size() {
      return ids.size
    },
    all: () => ids.values(),
    byId: (id) => ids.get(id) ?? null,
    byPage: (page) => pages.get(page) ?? null,
    byKey: (one) => keys.get(one) ?? [],
    byVisitor: (id) => visitors.get(id) ?? null,
    add(visit) {
      ids.set(visit.id, visit)
      key(visit)
    },
    opened(visit, page) {
      openTab(visit, page)
      pages.set(page, visit)
      for (const old of surplusTabs(visit)) pages.delete(old)
    },
    rekey(visit, next) {
      unkey(visit)
      visit.key = next
      key(visit)
    },
    belongs(visit, visitorId) {
      visit.visitorId = visitorId
      visitors.set(visitorId, visit)
    },
    trim(most, now) {
      const dropped = [...ids.values()].filter((visit) => !visit.sockets && now - visit.seenAt > visitEnds)
      const surplus = ids.size - dropped.length - most
      if (surplus > 0) dropped.push(...longestGone([...ids.values()], new Set(dropped), surplus))
      for (const visit of dropped) drop(visit)
      return dropped
    },
  }
}

const longestGone = (visits: Visit[], besides: ReadonlySet<Visit>, count: number): Visit[] =>
  visits
    .filter((visit) => !visit.sockets && !besides.has(visit))
    .sort((a, b) => a.seenAt - b.seenAt)
    .slice(0, count)
