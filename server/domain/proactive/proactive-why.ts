import type { RuleId } from '../../../shared/ids.ts'
import type { Standing } from '../../../shared/triggers/decide.ts'
import type { Facts } from '../../../shared/triggers/facts.ts'
import { byRank } from '../../../shared/triggers/page.ts'
import type { Rule } from '../../../shared/triggers/rule.ts'
import { type RuleWhy, tryRules } from '../../../shared/triggers/why.ts'
import type { Visit } from '../visits/visit.ts'
import type { Decision } from './dealings.ts'

/** How somebody on the site stands with the rules at this moment. */
export interface LiveStanding {
  visit: Visit
  facts: Facts
  standing: Standing
  /** What was decided before, latest last. */
  decisions: readonly Decision[]
  now: number
}

/** Each rule with what would come of it now and what did before, the first in rank first. */
export function whyOf({ facts, standing, decisions, now }: LiveStanding, rules: readonly Rule[]): RuleWhy[] {
  return tryRules(rules, facts, standing, now).map(({ rule, ...tried }) => {
    const asked = lastOf(decisions, rule.id)
    const spokeAt = standing.history.ofRules.get(rule.id)?.lastAt ?? null
    const at = asked && (spokeAt === null || asked.at > spokeAt) ? asked.at : spokeAt
    return { ruleId: rule.id, name: rule.name, ...tried, at, spokeAt, asked }
  })
}

/** To who is not counted nothing is said, whatever would hold of them: nobody has looked. */
export const whyNone = (rules: readonly Rule[]): RuleWhy[] =>
  [...rules].sort(byRank).map(({ id: ruleId, name }) => ({
    ...{ ruleId, name, because: 'leftOut', findings: [], variant: null, heldOut: false },
    ...{ at: null, spokeAt: null, asked: null },
  }))

function lastOf(decisions: readonly Decision[], ruleId: RuleId): RuleWhy['asked'] {
  const last = decisions.findLast((one) => one.ruleId === ruleId)
  return last ? { at: last.at, because: last.because } : null
}
