import * as v from 'valibot'
import { RuleId, type SiteId, type VisitId, type VisitorId } from '../../../shared/ids.ts'
import type { Result } from '../../../shared/result.ts'
import type { BackTest, Outcome, PastSteps, SampleVisit } from '../../../shared/triggers/past/back-test.ts'
import { lift, type Rule, type RuleDraft } from '../../../shared/triggers/rule.ts'
import type { Trial, WhyOnRecord } from '../../../shared/triggers/why.ts'
import type { Page } from '../../history/history.ts'
import type { ToldNames } from '../../history/past.ts'

/** A rule that is still being written. */
export interface Draft {
  rule: RuleDraft
  /** The one that it is to take the place of, when there is one. */
  ruleId?: RuleId | undefined
}

/** How many on the site fit a rule now; of `undecided` only their own pages know. */
export interface Matching {
  live: number
  matching: number
  undecided: number
}

/** A rule held against what was recorded. Times in ms. */
export interface BackTestAsked extends Draft {
  /** Left out: the last thirty days. */
  from?: number | undefined
  to?: number | undefined
  /** Whose clock hours are counted by; UTC when left out. */
  timeZone?: string | undefined
  /** What nobody has recorded: that somebody was there is assumed unless it is said otherwise. */
  assume?:
    | {
        somebodyCanAnswer?: boolean | 'unknown' | undefined
        agentsOnline?: number | undefined
        queue?: number | undefined
      }
    | undefined
}

/** Whose visits are told one by one: of the others nothing was decided. */
export const listedOutcomes = [
  'reached',
  'heldOut',
  'lost',
  'undecided',
  'heldBack',
] as const satisfies Outcome[]
export type ListedOutcome = (typeof listedOutcomes)[number]

export interface VisitsAsked extends BackTestAsked {
  /** Left out: those it would have reached. */
  outcome?: ListedOutcome | undefined
  cursor?: string | undefined
  limit: number
}

export interface StepsAsked extends BackTestAsked {
  visitorId: VisitorId
  visitId: VisitId
}

/** What a rule would do, before it does anything. Nobody is told of anything. */
export interface Trials {
  /** How it would fare with this visit now, among all the others. `not_found` for who is not there. */
  try(draft: Draft, visitId: VisitId): Result<Trial>
  /** By its conditions alone. Counted anew at most once a second; `rate_limited` when too many ask. */
  matching(draft: Draft): Promise<Result<Matching>>
  /** One at a time, else `rate_limited`. Ends when the signal says that nobody waits for it. */
  backTest(asked: BackTestAsked, signal: AbortSignal): Promise<Result<BackTest>>
  /**
   * All visits that came to this, some at a time, whoever was there last first. There may be none in a part and yet a
   * next one. One at a time, as above.
   */
  visits(asked: VisitsAsked, signal: AbortSignal): Promise<Result<Page<SampleVisit>>>
  /** How each rule fares by what is on record of a visitor, also of one who has left; null where there is nobody. */
  onRecord(visitorId: VisitorId): Promise<WhyOnRecord | null>
  /** What pages of the site have told of by name: of who is there now, and of whom it was recorded lately. */
  told(siteId: SiteId): Promise<Result<{ here: ToldNames; recorded: ToldNames }>>
  /** One recorded visit, moment by moment. */
  steps(asked: StepsAsked): Promise<Result<PastSteps>>
}

/** The newest of all, as it would be: of two of the same priority the older speaks. */
const newest = v.parse(RuleId, 'r_zzzzzzzzzzzzzzzzzzzzzzzzzz')

/** As it would stand among the others, switched on. */
export const asRule = ({ rule, ruleId = newest }: Draft): Rule => ({
  ...lift(rule),
  ...{ id: ruleId, enabled: true, createdAt: 0 },
})

/** All rules with this one in its place. */
export const among = (rules: readonly Rule[], tried: Rule): Rule[] => [
  ...rules.filter(({ id }) => id !== tried.id),
  tried,
]
