import type { RuleId } from '../ids.ts'
import { decide, type Reason, type Standing } from './decide.ts'
import { explain, type Finding } from './evaluate.ts'
import type { Facts } from './facts.ts'
import { isHeldOut, variantFor } from './lot.ts'
import { byRank } from './page.ts'
import { defaultHoldout, type Rule } from './rule.ts'

/**
 * How a rule fares: it speaks, or why it does not. `unknown`: it was asked for and is not there; `leftOut`: whoever is
 * there is a program or of the house, and not counted.
 */
export type Because = Reason | 'shown' | 'unknown' | 'leftOut'

/** One rule and somebody, as it fares now. */
export interface Trial {
  /** `shown` where it would speak. */
  because: Because
  findings: Finding[]
  /** Which text they would hear; null for its own. */
  variant: string | null
  /** They are of those who are not shown it. */
  heldOut: boolean
}

/** What would come of a rule for a visitor now, and what did before. Times in ms. */
export interface RuleWhy extends Trial {
  ruleId: RuleId
  name: string
  /** When it spoke, or was last asked for; null for never. */
  at: number | null
  /** When it last spoke to them. */
  spokeAt: number | null
  /** The last time that their page asked for it. */
  asked: { at: number; because: Because } | null
}

/** Once that a rule spoke to somebody, or would have, and when what came of it first did. Times in ms. */
export interface PastExposure {
  ruleId: RuleId
  at: number
  /** Its moment came, and they were left without it, to compare. */
  heldOut: boolean
  variant: string | null
  seenAt: number | null
  openedAt: number | null
  repliedAt: number | null
  goalAt: number | null
}

/** Of somebody who has left: how it fared at the last moment that is recorded, and what stands on record of it. */
export interface RecordedWhy extends RuleWhy {
  record: { shown: number; heldOut: number; last: PastExposure | null }
}

export interface WhyOnRecord {
  /** The last moment that is recorded of them; null where no visit is. */
  at: number | null
  items: RecordedWhy[]
}

/** How each of the rules fares with somebody now, in the order of their rank. */
export function tryRules<R extends Rule>(
  rules: readonly R[],
  facts: Facts,
  standing: Standing,
  now: number,
): (Trial & { rule: R })[] {
  const { winner, losers } = decide(rules, facts, standing, now)
  const reasons = new Map<RuleId, Because>(losers.map(({ rule, because }) => [rule.id, because]))
  if (winner) reasons.set(winner.rule.id, 'shown')
  return [...rules].sort(byRank).map((rule) => ({
    rule,
    because: reasons.get(rule.id) ?? 'unknown',
    findings: explain(rule, facts).findings,
    variant: variantFor(rule, standing.visitor),
    heldOut: isHeldOut(rule, standing.visitor, defaultHoldout),
  }))
}
