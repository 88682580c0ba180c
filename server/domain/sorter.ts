import type { SiteId, VisitId } from '../../shared/ids.ts'
import { dependsOn } from '../../shared/triggers/evaluate.ts'
import type { FactName, Facts } from '../../shared/triggers/facts.ts'
import { noteHeld, scoreOf } from '../../shared/triggers/score.ts'
import { type Sorting, sorted } from '../../shared/triggers/segments.ts'
import type { LiveScore } from '../../shared/visitor.ts'
import { isWithin } from '../../shared/within.ts'
import type { Workspace as Document } from '../../shared/workspace.ts'
import type { History } from '../history/history.ts'
import type { Workspace } from '../workspace/workspace.ts'
import type { Clock, Log } from './ports.ts'
import type { House } from './proactive/house.ts'
import { seenFacts } from './proactive/proactive-facts.ts'
import { sortingIn } from './segments.ts'
import { isLookedAt, lastView, placeOf, type Standing, type Visit } from './visits/visit.ts'

interface SorterNeeds {
  workspace: Pick<Workspace, 'read'>
  house: House
  visitors: Pick<History['visitors'], 'update'>
  clock: Clock
  log: Log
}

/** When a part of the score last held is stored when it is new, and else as rarely as this. */
const heldStoredEvery = 10 * 60_000
const nothingHeld: ReadonlyMap<string, number> = new Map()

/** Sorts visitors into the segments of their site, and counts their score, where a site has any. */
export class Sorter {
  private document: Readonly<Document> | null = null
  private readonly sortings = new Map<SiteId, Sorting | null>()
  private readonly listeners = new Set<(visitId: VisitId, siteId: SiteId) => void>()

  constructor(private readonly needs: SorterNeeds) {}

  /** Null where a site has neither segments nor a score: then nothing of all this is done. */
  sortingOf(siteId: SiteId): Sorting | null {
    const document = this.needs.workspace.read()
    if (document !== this.document) {
      this.document = document
      this.sortings.clear()
    }
    const known = this.sortings.get(siteId)
    if (known !== undefined) return known
    const sorting = sortingIn(document, siteId)
    const used = sorting.segments.length > 0 || sorting.score?.parts.length ? sorting : null
    this.sortings.set(siteId, used)
    return used
  }

  /** Whether a segment of the site, or its score, asks for this. */
  asks(siteId: SiteId, fact: FactName): boolean {
    const sorting = this.sortingOf(siteId)
    if (!sorting) return false
    return [...sorting.segments, ...(sorting.score?.parts ?? [])].some((one) => dependsOn(one, fact))
  }

  /** The facts with the segments and the score of this visit. */
  sorted(visit: Visit, facts: Facts): Facts {
    const sorting = this.sortingOf(visit.siteId)
    if (!sorting) return { ...facts, segments: noSegments }
    const { segments, leadScore } = sorted(sorting, told(visit, facts), visit.scoreHeld ?? nothingHeld)
    return { ...facts, segments, leadScore }
  }

  /** All the segments they belong to at this moment, by id. */
  segmentsOf(visit: Visit): string[] {
    const seen = this.seen(visit)
    return seen ? belonging(seen) : []
  }

  /** Something of the visit has changed, or time has passed: where it stands is worked out anew. */
  look(visit: Visit): boolean {
    const before = visit.standing
    visit.standing = this.standingOf(visit)
    if (isSame(before, visit.standing)) return false
    for (const listener of this.listeners) listener(visit.id, visit.siteId)
    return true
  }

  /** Called when somebody stands elsewhere than before. */
  onMoved(listener: (visitId: VisitId, siteId: SiteId) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  private standingOf(visit: Visit): Standing | undefined {
    const seen = this.seen(visit)
    if (!seen) return undefined
    const { by, facts } = seen
    return { by, segments: belonging(seen), score: this.scored(visit, by, facts) }
  }

  /** Null for who is not looked at, and where a site sorts nobody. */
  private seen(visit: Visit): Seen | null {
    const by = this.sortingOf(visit.siteId)
    const view = by && isLookedAt(visit) ? lastView(visit) : undefined
    if (!by || !view) return null
    const now = this.needs.clock.now()
    const house = this.needs.house.now(this.asks(visit.siteId, 'queue'))
    return { by, facts: this.sorted(visit, seenFacts(house, { visit, view, now })) }
  }

  private scored(visit: Visit, { score }: Sorting, facts: Facts): LiveScore | null {
    if (!score) return null
    const now = this.needs.clock.now()
    const seen = told(visit, facts)
    const held = visit.scoreHeld ?? nothingHeld
    const latest = noteHeld(score, held, seen, now)
    if (latest !== held) this.remember(visit, latest, now)
    const counted = scoreOf(score, seen, latest, now)
    const reasons = counted.reasons.map(({ name, points, left, at }) => ({
      ...{ name, points, at },
      left: Math.round(left),
    }))
    return { points: Math.round(counted.score), reasons }
  }

  private remember(visit: Visit, held: ReadonlyMap<string, number>, now: number): void {
    const isNews = [...held.keys()].some((id) => !visit.scoreHeld?.has(id))
    visit.scoreHeld = held
    const place = placeOf(visit)
    if (!place || (!isNews && isWithin(heldStoredEvery, visit.heldStoredAt ?? 0, now))) return
    visit.heldStoredAt = now
    this.needs.visitors
      .update(place.visitorId, { scoreHeld: Object.fromEntries(held) })
      .catch((error: unknown) => this.needs.log.warn('score:unstored', { error: String(error) }))
  }
}

/** What somebody is sorted by, as things stand with them. */
interface Seen {
  by: Sorting
  facts: Facts
}

const belonging = ({ by, facts }: Seen): string[] =>
  by.segments.filter(({ id }) => facts.segments?.get(id) === true).map(({ id }) => id)

const noSegments: NonNullable<Facts['segments']> = new Map()

/** A page that has told of no scrolling has not been scrolled, as far as sorting goes: it is done again when it tells. */
const told = (visit: Visit, facts: Facts): Facts => ({
  ...facts,
  scroll: facts.scroll ?? lastView(visit)?.scroll ?? 0,
})

const isSame = (one: Standing | undefined, other: Standing | undefined): boolean =>
  one?.score?.points === other?.score?.points &&
  (one?.segments.join('\n') ?? '') === (other?.segments.join('\n') ?? '')
