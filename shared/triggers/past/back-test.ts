import type { RuleId, SiteId, VisitId, VisitorId } from '../../ids.ts'
import type { Finding } from '../evaluate.ts'
import type { FactName } from '../facts.ts'
import type { Because } from '../why.ts'
import type { Assumed } from './past-facts.ts'
import type { Cause } from './replay.ts'

/** What a rule would have done. Times in ms. */
export interface BackTest extends Replayed {
  /** The period that was gone through; later than asked for where there was too much (`isCut`). */
  from: number
  to: number
  isCut: boolean
  timeZone: string
  filters: { site: SiteId }
  assumed: Assumed
  assumes: Assumption[]
  /** Visitors with so many page views that they are taken for programs, and left out. */
  leftOut: number
  load: Load
}

/** What the visits came to. */
export interface Replayed {
  views: number
  visits: number
  visitors: number
  reached: Reach
  heldOut: Reach
  /** Another rule would have spoken instead. */
  lost: Reach
  undecided: Reach
  /** What of the rule's facts nobody has recorded: the most visits first. */
  missing: { fact: FactName; visits: number }[]
  /** The conditions held, and yet: without those above. */
  heldBack: { because: Because; visits: number }[]
  /** Those with the most visits first, and the visits of all the others. */
  byPage: { page: string; visits: number }[]
  otherPages: number
  /** Seven days from Monday, 24 hours each. */
  byHour: number[][]
  lostTo: Rival[]
  beats: Rival[]
  /** Rules of which nobody knows what they would have said. */
  unplayed: (Rival & { facts: FactName[] })[]
  /** The latest of each outcome, the latest first. */
  sample: SampleVisit[]
}

export interface Reach {
  visitors: number
  visits: number
}

export interface Rival {
  ruleId: RuleId
  name: string
  visits: number
}

/** How a visit ended for the rule. `untouched`: its conditions never held. */
export type Outcome = 'reached' | 'heldOut' | 'lost' | 'undecided' | 'heldBack' | 'untouched'

export interface SampleVisit {
  visitId: VisitId
  visitorId: VisitorId
  name: string | null
  outcome: Outcome
  because: Because
  /** When it was decided so. */
  at: number
  page: string
  views: number
}

/** What answering would come to. */
export interface Load {
  /** Messages shown, a day of the period. */
  perDay: number
  /** The hour with the most of them; null where there was none. */
  busiest: { at: number; messages: number } | null
  /** What became of messages that were shown before; null where nothing is recorded of any. */
  replied: { shown: number; replied: number } | null
  /** Messages times the share that was answered; null where that is not known. */
  chatsPerDay: number | null
  chatsAtBusiest: number | null
}

/** What has to be taken for granted. The set is closed: each has its words in every language. */
export const assumptions = [
  'consentOnly', // only who agreed to be remembered is recorded
  'nobodyReplies', // whom it reaches neither answers nor dismisses
  'freshStart', // what was said to them before the period is not counted
  'lastPage', // the last page of a visit counts as long as it was in use
  'knownToday', // attributes, labels and visits are those of today
  'somebodyThere', // somebody was there to answer
  'nobodyThere', // nobody was
  'agentsThere', // so many were online
  'queueThen', // so many waited
] as const
export type Assumption = (typeof assumptions)[number]

/** One moment of a visit, to step through. */
export interface PastStep {
  at: number
  cause: Cause
  url: string
  title: string
  because: Because
  /** The rule that spoke at this moment. */
  speaks: { ruleId: RuleId; name: string } | null
  findings: Finding[]
}

export interface PastSteps {
  visitId: VisitId
  visitorId: VisitorId
  name: string | null
  startedAt: number
  steps: PastStep[]
  /** There is more of it than is shown. */
  isCut: boolean
}
