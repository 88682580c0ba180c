import type { RuleId } from '../../shared/ids.ts'
import { type Invited, type InvitedWanted, invitedCount } from '../../shared/metrics/invited.ts'
import { type ProactiveOutcomes, proactiveReport, type RuleOutcome } from '../../shared/metrics/proactive.ts'
import type { Rule } from '../../shared/triggers/rule.ts'
import type { ExposureHistory, ExposurePeriod } from '../history/exposures.ts'
import type { Part } from '../history/figures.ts'
import type { Page } from '../history/history.ts'
import type { Clock } from './ports.ts'

interface OutcomeNeeds {
  exposures: Pick<ExposureHistory, 'tallies'>
  rules: { byId(id: RuleId): Rule | null }
  clock: Clock
}

export async function proactiveOutcomes(
  { exposures, rules, clock }: OutcomeNeeds,
  period: ExposurePeriod,
): Promise<ProactiveOutcomes> {
  const { from, to, siteId = null, ruleId = null, segment = null } = period
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
    filters: { site: siteId, rule: ruleId, segment },
    rules: outcomes.sort((a, b) => b.eligible - a.eligible || (a.rule.id < b.rule.id ? -1 : 1)),
  }
}

/** Whom a figure counts, and how many the report said they are when the first part was asked for. */
export type InvitedPage = Page<Invited> & { total: number }

export type RulePeriod = ExposurePeriod & { ruleId: RuleId }

interface InvitedAsked {
  period: RulePeriod
  wanted: InvitedWanted
  part: Part
}

interface InvitedNeeds extends Pick<OutcomeNeeds, 'clock'> {
  exposures: Pick<ExposureHistory, 'tallies' | 'invited'>
}

/** To say how many they are takes the report of the whole period: the cursor carries it on to the parts after. */
export async function invitedListed(needs: InvitedNeeds, asked: InvitedAsked): Promise<InvitedPage> {
  const { limit, cursor } = asked.part
  const [, said, place] = /^(\d{1,15})\.(.+)$/.exec(cursor ?? '') ?? []
  const total = said === undefined ? await totalOf(needs, asked) : Number(said)
  const { items, nextCursor } = await invitedRows(needs, { ...asked, part: { limit, cursor: place } })
  return { items, nextCursor: nextCursor && `${total}.${nextCursor}`, total }
}

async function totalOf(
  { exposures, clock }: InvitedNeeds,
  { period, wanted }: InvitedAsked,
): Promise<number> {
  return invitedCount(proactiveReport(await exposures.tallies(period, clock.now())), wanted)
}

/** Without how many they are. */
export const invitedRows = (
  { exposures, clock }: InvitedNeeds,
  { period, wanted, part }: InvitedAsked,
): Promise<Page<Invited>> => exposures.invited(period, wanted, { ...part, now: clock.now() })
