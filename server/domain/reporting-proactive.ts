import type { RuleId } from '../../shared/ids.ts'
import { type ProactiveReport, proactiveReport } from '../../shared/metrics/proactive.ts'
import type { Goal } from '../../shared/triggers/rule.ts'
import type { ExposureHistory } from '../history/exposures.ts'
import type { Period } from '../history/history.ts'
import type { Asked, Rules } from './domain.ts'
import type { Clock } from './ports.ts'

/** What one rule has done in a period. */
export interface RuleOutcome extends ProactiveReport {
  /** As it stands now; only its id where it was removed since. */
  rule: { id: RuleId; name: string | null; enabled: boolean; goal: Goal | null }
}

export interface ProactivePeriod extends Omit<Period, 'agentId'> {
  ruleId?: RuleId | undefined
}

/** Those that reached most visitors first. */
export type ProactiveOutcomes = { rules: RuleOutcome[] } & Omit<Asked, 'filters'> & {
    filters: { site: Period['siteId'] | null; rule: RuleId | null }
  }

interface OutcomeNeeds {
  exposures: Pick<ExposureHistory, 'tallies'>
  rules: Pick<Rules, 'byId'>
  clock: Clock
}

export async function proactiveOutcomes(
  { exposures, rules, clock }: OutcomeNeeds,
  period: ProactivePeriod,
): Promise<ProactiveOutcomes> {
  const { from, to, siteId = null, ruleId = null } = period
  const tallies = await exposures.tallies(period, clock.now())
  const ids = new Set([...(ruleId ? [ruleId] : []), ...tallies.map((tally) => tally.ruleId)])
  const outcomes = [...ids].map((id): RuleOutcome => {
    const rule = rules.byId(id)
    return {
      rule: { id, name: rule?.name ?? null, enabled: rule?.enabled ?? false, goal: rule?.goal ?? null },
      ...proactiveReport(tallies.filter((tally) => tally.ruleId === id)),
    }
  })
  return {
    ...{ from: new Date(from).toISOString(), to: new Date(to).toISOString(), timeZone: 'UTC', clock: 'wall' },
    filters: { site: siteId, rule: ruleId },
    rules: outcomes.sort((a, b) => b.eligible - a.eligible || (a.rule.id < b.rule.id ? -1 : 1)),
  }
}
