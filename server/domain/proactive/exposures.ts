import { type ConversationId, type InviteId, makeId, type VisitorId } from '../../../shared/ids.ts'
import {
  bothSaid,
  type Contact,
  type ContactHistory,
  type Earlier,
  historyOf,
  withRecord,
} from '../../../shared/triggers/budget.ts'
import { goalReachedAt, type Recorded } from '../../../shared/triggers/goal.ts'
import type { Goal, Rule } from '../../../shared/triggers/rule.ts'
import type { ExposureRecord, OpenExposure, PastContacts } from '../../history/exposures.ts'
import type { History } from '../../history/history.ts'
import type { Rules } from '../domain.ts'
import type { Clock, Log, Random } from '../ports.ts'
import type { Sorter } from '../sorter.ts'
import { placeOf, type Visit } from '../visits/visit.ts'
import { visitEnds } from '../visits/visit-index.ts'
import { ExposureRecorder } from './exposure-recorder.ts'

interface ExposureNeeds {
  history: Pick<History, 'exposures'>
  rules: Pick<Rules, 'list'>
  sorter: Pick<Sorter, 'segmentsOf'>
  clock: Clock
  random: Random
  log: Log
}

/** What was said, or would have been. */
export interface Saying {
  by: Contact['by']
  rule?: Pick<Rule, 'id' | 'goal'> | undefined
  variant?: string | null
  silent?: boolean
  heldOut?: boolean
}

/** How a visitor stands with all that was said to them. */
interface Past {
  said: Earlier
  /** The latest of it, which may yet be taken back. */
  fresh: (Contact & { id: InviteId })[]
  /** Goals they may still reach. */
  open: OpenExposure[]
  /** What the lot was drawn by before they were known: it stays so for the visit. */
  lot: string | null
  /** What was said on earlier visits is in it. */
  isRecalled: boolean
}

/** Of one visit and rule: what was asked for more often is not recorded each time. */
const calledKept = 10

const blank: Earlier = { shownThisVisit: 0, lastShownAt: null, ofRules: new Map() }
/** Of all whom nothing was said to: one for them all. */
const untouched: Past = { said: blank, fresh: [], open: [], lot: null, isRecalled: true }

/** What was said to visitors, on this visit and before it, and what came of it. It goes with the visit. */
export class Exposures {
  private readonly ofVisits = new WeakMap<Visit, Past>()
  private readonly recorder: ExposureRecorder
  private readonly recalling = new WeakMap<Visit, Promise<void>>()

  constructor(private readonly needs: ExposureNeeds) {
    this.recorder = new ExposureRecorder({ ...needs, exposures: needs.history.exposures })
  }

  /** Reads what was said to who was here before, where a site has rules to ask for it. Who asks meanwhile waits for the same. */
  recall(visit: Visit): Promise<void> {
    if (!this.isUnread(visit)) return Promise.resolve()
    const underWay = this.recalling.get(visit)
    if (underWay) return underWay
    const reading = this.read(visit).finally(() => this.recalling.delete(visit))
    this.recalling.set(visit, reading)
    return reading
  }

  /** There may be more than is in memory: who cannot be looked up is not asked twice for that. */
  isUnread(visit: Visit): boolean {
    return (
      visit.before !== null &&
      placeOf(visit) !== null &&
      !this.ofVisits.get(visit)?.isRecalled &&
      this.needs.rules.list(visit.siteId).length > 0
    )
  }

  pastOf(visit: Visit): ContactHistory {
    const { id: visitId, quietSince } = visit
    const present = { visitId, quietSince, inConversation: visit.conversationId !== null }
    const past = this.ofVisits.get(visit)
    return historyOf(past?.fresh ?? [], present, past?.said)
  }

  /** What the lot is drawn by. Behind one address there are many, so who is not remembered is one visit. */
  lotOf(visit: Visit): string {
    return this.ofVisits.get(visit)?.lot ?? visit.visitorId ?? visit.id
  }

  /** Something was said to them, or a rule's moment came that they are held out of. */
  add(visit: Visit, saying: Saying, id: InviteId = this.newId()): InviteId {
    const record = this.recordOf(visit, saying, id)
    const { at, by, ruleId, heldOut, silent, goal } = record
    const isUseful = this.isUseful(visit, record)
    const past = this.pastFor(visit)
    settle(visit, past, freshKept)
    past.fresh.push({ id, by, ruleId, heldOut, visitId: visit.id, at, ...(silent ? { silent } : {}) })
    past.lot ??= this.lotOf(visit)
    if (goal) past.open.push({ id, at, goal })
    if (isUseful) this.recorder.record(record)
    return id
  }

  /** To be asked once what was told so far is stored or has failed: it is on record, or counts from now on as not said. */
  isOnRecord(visit: Visit, id: InviteId): boolean {
    if (!placeOf(visit) || !this.recorder.takeBack(id)) return true
    const past = this.pastFor(visit)
    past.fresh = past.fresh.filter((one) => one.id !== id)
    past.open = past.open.filter((one) => one.id !== id)
    return false
  }

  came(id: InviteId, what: 'seenAt' | 'openedAt' | 'repliedAt', conversationId?: ConversationId): void {
    const at = this.needs.clock.now()
    this.recorder.came({ id, [what]: at, ...(conversationId ? { conversationId } : {}) })
  }

  /** Whatever visitors do may be what a message was to lead to. */
  happened(visit: Visit, what: WithoutTime<Recorded>): void {
    const past = this.ofVisits.get(visit)
    if (!past || past.open.length === 0) return
    const recorded: Recorded = { ...what, at: this.needs.clock.now() }
    past.open = past.open.filter(({ id, at, goal }) => {
      const goalAt = goalReachedAt(goal, at, [recorded])
      if (goalAt !== null) this.recorder.came({ id, goalAt })
      return goalAt === null && !isOver(goal, at, recorded.at)
    })
  }

  /** One visit has become part of the other: what was said in it was said to the same person. */
  joined(from: Visit, to: Visit): void {
    const told = this.ofVisits.get(from)
    if (!told || told === untouched) return
    const past = this.pastFor(to)
    settle(from, told, 0)
    past.said = bothSaid(past.said, told.said)
    past.open.push(...told.open)
  }

  /** They are not to be remembered any more: what was said on this visit is. */
  forget(visitorId: VisitorId, visit?: Visit): void {
    this.recorder.forget(visitorId)
    const past = visit && this.ofVisits.get(visit)
    if (past) this.ofVisits.set(visit, { ...past, open: [], isRecalled: false })
  }

  flush(): Promise<void> {
    return this.recorder.flush()
  }

  private async read(visit: Visit): Promise<void> {
    const place = placeOf(visit)
    if (!place) return
    const moments = { since: visit.startedAt - visitEnds, now: this.needs.clock.now() }
    try {
      const { said, open } = await this.needs.history.exposures.past(place.visitorId, moments)
      if (placeOf(visit)?.visitorId === place.visitorId && this.isUnread(visit))
        this.remember(visit, said, open)
    } catch (error) {
      this.needs.log.warn('exposures:unread', { error: String(error) })
    }
  }

  /**
   * What no rule said by itself is kept for who is remembered, so that they are not disturbed too often; else it is of no
   * use. What they ask for by clicks has no other bound than this.
   */
  private isUseful(visit: Visit, { by, ruleId, visitorId }: ExposureRecord): boolean {
    if (by === 'rule' && ruleId) return true
    if (!visitorId || by !== 'visitor' || !ruleId) return visitorId !== null
    return (this.pastOf(visit).ofRules.get(ruleId)?.thisVisit ?? 0) < calledKept
  }

  private recordOf(visit: Visit, { by, rule, ...how }: Saying, id: InviteId): ExposureRecord {
    const { visitorId = null, visitId = null } = placeOf(visit) ?? {}
    const { variant = null, silent = false, heldOut = false } = how
    const ofRule = by === 'rule' ? rule : undefined
    const segments = ofRule ? this.needs.sorter.segmentsOf(visit) : []
    const about = {
      ...{ by, ruleId: rule?.id ?? null, variant, silent, heldOut },
      goal: ofRule?.goal ?? null,
      ...(segments.length > 0 ? { segments } : {}),
    }
    return { id, siteId: visit.siteId, visitorId, visitId, at: this.needs.clock.now(), ...about }
  }

  private remember(visit: Visit, said: PastContacts['said'], open: OpenExposure[]): void {
    const known = this.ofVisits.get(visit)
    if (!known && said.length === 0) return void this.ofVisits.set(visit, untouched)
    const past = this.pastFor(visit)
    past.said = withRecord(past.said, said)
    past.open = [...open, ...past.open]
    past.isRecalled = true
  }

  private pastFor(visit: Visit): Past {
    const known = this.ofVisits.get(visit)
    if (known && known !== untouched) return known
    const past = { ...untouched, fresh: [], open: [], isRecalled: known === untouched }
    this.ofVisits.set(visit, past)
    return past
  }

  private newId(): InviteId {
    return makeId('i', this.needs.clock.now(), this.needs.random.bytes(10))
  }
}

/** Of one visit. */
const freshKept = 8

/** All but the latest is counted for good. */
function settle(visit: Visit, past: Past, kept: number): void {
  const old = past.fresh.splice(0, Math.max(0, past.fresh.length - kept))
  if (old.length === 0) return
  const present = { visitId: visit.id, quietSince: null, inConversation: false }
  past.said = historyOf(old, present, past.said)
}

type WithoutTime<T> = T extends { at: number } ? Omit<T, 'at'> : never

const isOver = ({ withinSeconds }: Goal, from: number, now: number): boolean =>
  now > from + withinSeconds * 1_000
