import type { RuleId } from '../ids.ts'
import { isSilent } from './action.ts'
import { asIfShown, type Budget, type ContactHistory, holdBack, holdBackRule, usualBudget } from './budget.ts'
import { evaluate } from './evaluate.ts'
import type { Facts } from './facts.ts'
import { isHeldOut, variantFor } from './lot.ts'
import { byRank } from './page.ts'
import { remainder } from './remainder.ts'
import { defaultHoldout, type Rule } from './rule.ts'

/** Every reason why a rule did not speak. The set is closed: each has its words in every language. */
export const reasons = [
  'off', // switched off
  'consent', // the visitor does not want their behaviour looked at
  'conditions', // a condition does not hold
  'undecided', // something it needs is not known here
  'nobodyOnline', // nobody could answer
  'inConversation', // they are talking already
  'quiet', // they dismissed a message or chatted not long ago
  'tooSoon', // something was said a moment ago
  'onceASession', // enough was said in this visit
  'ruleOnceEver', // this very rule has spoken to them
  'ruleOnceASession', // and has in this visit
  'ruleTooSoon', // and not long enough ago
  'ruleOften', // and often enough
  'heldOut', // they are of those who are not shown it, to compare
  'outranked', // another rule came first
] as const
export type Reason = (typeof reasons)[number]

/** Who is to be addressed, and what was said to them before. */
export interface Standing {
  history: ContactHistory
  /** What the lot is drawn by: stays the same for one visitor. */
  visitor: string
  budget?: Budget | undefined
  /** A rule of which the page says that its own part holds. */
  claimed?: RuleId | undefined
  consent?: 'essential' | 'granted' | 'denied' | undefined
  /** The site calls for these rules by name. */
  called?: CalledBy | undefined
}

/** Whether the site's own code calls for a rule, or its visitor by a click on something of the site's. */
export type CalledBy = 'page' | 'visitor'

type Decidable = Pick<
  Rule,
  'id' | 'enabled' | 'priority' | 'when' | 'limits' | 'holdout' | 'variants' | 'action'
>

export interface Verdict<R> {
  /** `variant`: null for the rule's own text. */
  winner: { rule: R; variant: string | null } | null
  losers: { rule: R; because: Reason }[]
  /** Those that would have spoken now, were this visitor not held out of them: for the comparison. */
  withheld: R[]
}

/**
 * Which one of the rules speaks, and why each other does not. Who is held out of a rule may hear the next one:
 * that is what they would hear were there no such rule.
 */
export function decide<R extends Decidable>(
  rules: readonly R[],
  facts: Facts,
  standing: Standing,
  now: number,
): Verdict<R> {
  const verdict: Verdict<R> = { winner: null, losers: [], withheld: [] }
  for (const rule of [...rules].sort(byRank)) {
    const because = obstacle(rule, facts, standing, now) ?? turnOf(rule, verdict, standing)
    if (because === null) verdict.winner = { rule, variant: variantFor(rule, standing.visitor) }
    else verdict.losers.push({ rule, because })
    if (because === 'heldOut' && hasMoment(rule, standing, now)) verdict.withheld.push(rule)
  }
  return verdict
}

/** What stands in the way of this rule, whatever the others do. */
function obstacle(rule: Decidable, facts: Facts, standing: Standing, now: number): Reason | null {
  if (!rule.enabled) return 'off'
  if (standing.consent === 'denied') return 'consent'
  const unfit = standing.called ? null : misfit(rule, facts, standing)
  if (unfit) return unfit
  if ((rule.limits?.needsSomebody ?? true) && facts.somebodyCanAnswer !== true) return 'nobodyOnline'
  return held(rule, standing, standing.history, now)
}

function misfit(rule: Decidable, facts: Facts, { claimed }: Standing): Reason | null {
  const fits = rule.id === claimed ? remainder(rule, facts) !== null : evaluate(rule, facts)
  if (fits === true) return null
  return fits === false ? 'conditions' : 'undecided'
}

function held(rule: Decidable, standing: Standing, history: ContactHistory, now: number): Reason | null {
  const { called, budget = usualBudget } = standing
  const silent = isSilent(rule.action)
  // Who asks for it is not disturbed by it.
  if (called === 'visitor') return history.inConversation && !silent ? 'inConversation' : null
  // Nobody is disturbed by what only the page hears.
  const all = silent ? null : holdBack(history, now, budget)
  return all ?? holdBackRule(rule.limits?.often, history.ofRules.get(rule.id), now)
}

/** Whether who is held out would be addressed again, had they been addressed each time before. */
const hasMoment = (rule: Decidable, standing: Standing, now: number): boolean =>
  held(rule, standing, asIfShown(standing.history, rule.id), now) === null

/** Held out counts only for who would have been shown it: so both sides of the comparison are alike. */
function turnOf<R extends Decidable>(
  rule: R,
  { winner }: Verdict<R>,
  { visitor, called }: Standing,
): Reason | null {
  if (winner) return 'outranked'
  return called !== 'visitor' && isHeldOut(rule, visitor, defaultHoldout) ? 'heldOut' : null
}
