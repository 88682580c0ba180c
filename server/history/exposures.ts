import type { ConversationId, InviteId, RuleId, SiteId, VisitId, VisitorId } from '../../shared/ids.ts'
import type { Invited, InvitedWanted } from '../../shared/metrics/invited.ts'
import type { Tally } from '../../shared/metrics/proactive.ts'
import type { Contact, SaidBefore } from '../../shared/triggers/budget.ts'
import type { Goal } from '../../shared/triggers/rule.ts'
import type { PastExposure } from '../../shared/triggers/why.ts'
import type { Part } from './figures.ts'

/** One time that something was said to a visitor, or would have been but for the comparison. Times in ms. */
export interface ExposureRecord {
  id: InviteId
  siteId: SiteId
  /** Null for who is not remembered, as is the visit: then the record leads to nobody. */
  visitorId: VisitorId | null
  visitId: VisitId | null
  at: number
  by: Contact['by']
  ruleId: RuleId | null
  /** A rule's moment of which its visitor was left without the message. */
  heldOut: boolean
  /** Only their page heard it. */
  silent: boolean
  /** Null for the rule's own text. */
  variant: string | null
  /** As the rule had it then. */
  goal: Goal | null
  /** Those they belonged to then, by id; left out for none, and where nobody noted it. */
  segments?: readonly string[]
}

/** What came of one, each as it first happened. */
export interface Aftermath {
  id: InviteId
  seenAt?: number
  openedAt?: number
  repliedAt?: number
  goalAt?: number
  conversationId?: ConversationId
}

/** One whose goal is neither reached nor over. */
export interface OpenExposure {
  id: InviteId
  at: number
  goal: Goal
}

/** What was said to a visitor before. */
export interface PastContacts {
  /** `lately`: since the moment asked about. */
  said: SaidBefore[]
  open: OpenExposure[]
}

export interface ExposurePeriod {
  from: number
  to: number
  siteId?: SiteId | undefined
  ruleId?: RuleId | undefined
  /** Who belonged to it at their first time. */
  segment?: string | undefined
}

/** What rules did. */
export interface ExposureHistory {
  /** In batches; what is stored already, or of somebody who was erased, is left out. */
  store(told: { exposures: ExposureRecord[]; aftermaths: Aftermath[] }): Promise<void>
  past(visitorId: VisitorId, moments: { since: number; now: number }): Promise<PastContacts>
  /** What rules said to a visitor, or would have, the latest first. */
  ofVisitor(visitorId: VisitorId, limit: number): Promise<PastExposure[]>
  /** Of the visitors whose first time with a rule, within the period, was then. Costs what the period has. */
  tallies(period: ExposurePeriod, now: number): Promise<(Tally & { ruleId: RuleId })[]>
  /** Whom a figure of one rule counts, as `tallies` does, the latest first. */
  invited(
    period: ExposurePeriod & { ruleId: RuleId },
    wanted: InvitedWanted,
    part: Part & { now: number },
  ): Promise<{ items: Invited[]; nextCursor: string | null }>
  /**
   * Of about `most` records from before `visitsBefore` nothing tells any more in which visit they were, and those of
   * nobody from before `nobodyBefore` are deleted. Answers how many; 0 when none is left.
   */
  expire(
    siteId: SiteId,
    before: { visitsBefore: number; nobodyBefore: number },
    most: number,
  ): Promise<number>
}
