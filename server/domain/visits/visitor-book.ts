import { makeId, type VisitorId } from '../../../shared/ids.ts'
import { failure, type Result, success } from '../../../shared/result.ts'
import { type Identity, type Visitor, withAttributes, withTags } from '../../../shared/visitor.ts'
import { isWithin } from '../../../shared/within.ts'
import type { History } from '../../history/history.ts'
import type { VisitorChange } from '../../history/visitor-change.ts'
import type { Clock, Log, Random } from '../ports.ts'
import type { Exposures } from '../proactive/exposures.ts'
import type { Visit } from './visit.ts'
import type { VisitIndex } from './visit-index.ts'

interface VisitorBookNeeds {
  history: Pick<History, 'visitors' | 'erasures'>
  index: VisitIndex
  exposures: Pick<Exposures, 'recall'>
  clock: Clock
  random: Random
  log: Log
}

/** A visitor who was seen this recently is not stored as seen again. */
const seenWorthStoring = 60 * 60_000

/** Of a quiet that goes on, so much may be missing in the store: no write for every message of a chat. */
const quietWorthStoring = 5 * 60_000

/** Ties visits to the people the store knows. */
export class VisitorBook {
  constructor(private readonly needs: VisitorBookNeeds) {}

  /** Ties the visit to its stored visitor, if there is one. False when they asked to be forgotten. */
  async find(visit: Visit): Promise<boolean> {
    if (!visit.tokenHash) return true
    const { visitors, erasures } = this.needs.history
    const visitor = await visitors.findByToken(visit.siteId, visit.tokenHash)
    if (visitor) this.tie(visit, visitor)
    await this.needs.exposures.recall(visit)
    return visitor !== null || !(await erasures.isErased(visit.siteId, visit.tokenHash))
  }

  /** The same, making the visitor when the store does not know them. */
  async ensure(visit: Visit): Promise<Result<VisitorId>> {
    if (visit.visitorId) return success(visit.visitorId)
    if (!visit.tokenHash) return failure('conflict', 'Keep a visitor token first (visitor:keep).')
    const { history, clock, random } = this.needs
    if (await history.erasures.isErased(visit.siteId, visit.tokenHash)) return forgotten()
    const at = clock.now()
    const visitor = await history.visitors.ensure({
      siteId: visit.siteId,
      tokenHash: visit.tokenHash,
      newId: makeId('v', at, random.bytes(10)),
      locale: visit.locale,
      at,
    })
    this.tie(visit, visitor)
    if (visit.erased) return forgotten()
    await this.needs.exposures.recall(visit)
    if (visit.identity) await this.identify(visit, visit.identity)
    return success(visitor.id)
  }

  /** Notes that they are here. Who arrives does not wait for it. */
  seen(visit: Visit): void {
    if (visit.visitorId && this.isSeenDue(visit)) this.store(visit, visit.visitorId, {})
  }

  /** From now on this browser is the house's own, or a guest's again. */
  marks(visit: Visit, own: boolean): void {
    visit.own = own
    if (visit.visitorId) this.store(visit, visit.visitorId, { own })
  }

  /** Stores what the page says of its visitor; kept in memory as long as there is nobody to store it for. */
  async identify(visit: Visit, identity: Identity): Promise<void> {
    visit.identity = merge(visit.identity, identity)
    visit.name = identity.name ?? visit.name
    visit.email = identity.email ?? visit.email
    if (identity.attributes) visit.attributes = withAttributes(visit.attributes ?? {}, identity.attributes)
    if (!visit.visitorId) return
    visit.identity = null
    await this.needs.history.visitors.update(visit.visitorId, identity)
  }

  /**
   * Counts the visit of who consented. Of who does not, or not any more, what was kept for that reason is to be deleted:
   * then true.
   */
  counts(visit: Visit): boolean {
    if (!visit.visitorId || visit.leftOut) return false
    if (visit.consent !== 'granted') return visit.kept
    visit.kept = true
    if (visit.counted) return false
    visit.counted = true
    visit.visits ??= 1
    this.store(visit, visit.visitorId, { visits: visit.visits })
    return false
  }

  async tag(visit: Visit, tags: readonly string[]): Promise<void> {
    if (visit.visitorId && visit.consent === 'granted')
      await this.needs.history.visitors.update(visit.visitorId, { tags })
  }

  /** Stores since when they want quiet, unless the store knows it nearly to the minute. */
  async quiet(visit: Visit): Promise<void> {
    const { visitorId, quietSince, quietStored } = visit
    if (!visitorId || quietSince === null) return
    if (quietStored !== null && isWithin(quietWorthStoring, quietStored, quietSince)) return
    visit.quietStored = quietSince
    try {
      await this.needs.history.visitors.update(visitorId, { quietSince })
    } catch (error) {
      visit.quietStored = quietStored
      throw error
    }
  }

  /** They may have wanted quiet before anybody knew them, or on a page that has come to be theirs. */
  keepQuiet(visit: Visit): void {
    this.quiet(visit).catch((error: unknown) =>
      this.needs.log.warn('quiet:notStored', { error: String(error) }),
    )
  }

  private isSeenDue({ seenStoredAt }: Visit): boolean {
    return !isWithin(seenWorthStoring, seenStoredAt, this.needs.clock.now())
  }

  private store(visit: Visit, visitorId: VisitorId, change: VisitorChange): void {
    const now = this.needs.clock.now()
    const seen = this.isSeenDue(visit) ? { seenAt: now } : {}
    if (seen.seenAt) visit.seenStoredAt = now
    this.needs.history.visitors
      .update(visitorId, { ...change, ...seen })
      .catch((error: unknown) => this.needs.log.warn('visitor:seenUnstored', { error: String(error) }))
  }

  private tie(visit: Visit, visitor: Visitor): void {
    // It was read before they were erased.
    if (visit.erased) return
    this.needs.index.belongs(visit, visitor.id)
    visit.seenStoredAt = visitor.seenAt
    const { createdAt, seenAt, attributes, tags, visits } = visitor
    if (createdAt < visit.startedAt) {
      visit.before ??= { createdAt, seenAt }
      if (visits) visit.visits ??= visits + 1
    }
    visit.kept ||= visits !== undefined
    if (tags) visit.tags = withTags(tags, visit.tags ?? [])
    if (visitor.scoreHeld) visit.scoreHeld = heldIn(visitor.scoreHeld, visit.scoreHeld)
    if (Object.keys(attributes).length > 0)
      visit.attributes = withAttributes(attributes, visit.attributes ?? {})
    visit.name = visit.name ?? visitor.name
    visit.email = visit.email ?? visitor.email
    visit.quietStored = visitor.quietSince
    visit.quietSince = latest(visit.quietSince, visitor.quietSince)
    if (visit.own && !visitor.own) this.marks(visit, true)
    visit.own ||= visitor.own ?? false
    this.keepQuiet(visit)
  }
}

/** The same wherever somebody comes back who asked to be forgotten. */
export const forgotten = () =>
  failure('forbidden', 'This visitor asked to be forgotten.', { reason: 'erased' })

const merge = (held: Identity | null, told: Identity): Identity => ({
  ...held,
  ...told,
  ...(held?.attributes || told.attributes
    ? { attributes: withAttributes(held?.attributes ?? {}, told.attributes ?? {}) }
    : {}),
})

/** Of this visit and of those before it, whichever was later. */
function heldIn(stored: Readonly<Record<string, number>>, own: Visit['scoreHeld']): Visit['scoreHeld'] {
  const held = new Map(Object.entries(stored))
  for (const [id, at] of own ?? []) held.set(id, Math.max(at, held.get(id) ?? 0))
  return held
}

const latest = (one: number | null, other: number | null): number | null =>
  one === null ? other : other === null ? one : Math.max(one, other)
