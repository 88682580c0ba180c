import { type FollowUp, usualFollowUps } from '../../shared/follow-up.ts'
import {
  type FollowUpReport,
  type FollowUpsWanted,
  followUpReport,
  followUpsBehind,
  type Measure,
} from '../../shared/metrics/follow-ups.ts'
import type { Part } from '../history/figures.ts'
import type { FollowUpHistory } from '../history/follow-ups.ts'
import type { Page } from '../history/history.ts'
import type { Workspace } from '../workspace/workspace.ts'
import type { Clock } from './ports.ts'
import type { ReportAsk } from './reporting-question.ts'

interface FollowUpNeeds {
  followUps: Pick<FollowUpHistory, 'opened'>
  workspace: Pick<Workspace, 'read'>
  clock: Clock
}

/** Null where the report is narrowed by what a follow-up does not know. */
export async function followedUp(needs: FollowUpNeeds, ask: ReportAsk): Promise<FollowUpReport | null> {
  const { team, segment, language, page, device, proactive } = ask
  if ([team, segment, language, page, device, proactive].some((one) => one !== undefined)) return null
  return followUpReport(await openedIn(needs, ask), measureOf(needs))
}

interface Looking {
  wanted: FollowUpsWanted
  part: Part
}

/** A page of those that a figure counts; each period has few enough to be chosen from at once. */
export async function followUpsListed(
  needs: FollowUpNeeds,
  ask: ReportAsk,
  { wanted, part: { cursor, limit } }: Looking,
): Promise<Page<FollowUp> & { total: number }> {
  const all = followUpsBehind(await openedIn(needs, ask), wanted, measureOf(needs))
  const rest = all.filter((one) => cursor === undefined || placeOf(one) < cursor)
  const items = rest.slice(0, limit)
  const last = items.at(-1)
  return { items, nextCursor: last && rest.length > limit ? placeOf(last) : null, total: all.length }
}

const placeOf = ({ openedAt, id }: FollowUp): string => `${`${openedAt}`.padStart(15, '0')} ${id}`

const openedIn = ({ followUps }: FollowUpNeeds, { from, to, siteId, agentId }: ReportAsk) =>
  followUps.opened({ from, to, ...(siteId ? { siteId } : {}), ...(agentId ? { agentId } : {}) })

const hourMs = 3_600_000

const measureOf = ({ workspace, clock }: FollowUpNeeds): Measure => ({
  within: (workspace.read().followUps ?? usualFollowUps).hours * hourMs,
  now: clock.now(),
})
