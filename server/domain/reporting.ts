import type { FollowUp } from '../../shared/follow-up.ts'
import type { Agents } from '../../shared/metrics/agents.ts'
import type { TurnsWanted } from '../../shared/metrics/asked.ts'
import type { CasesWanted } from '../../shared/metrics/case-figures.ts'
import type { FollowUpsWanted } from '../../shared/metrics/follow-ups.ts'
import type { Invited, InvitedWanted } from '../../shared/metrics/invited.ts'
import type { Overview } from '../../shared/metrics/overview.ts'
import type { ProactiveOutcomes } from '../../shared/metrics/proactive.ts'
import type { ResponseTimes } from '../../shared/metrics/response-times.ts'
import type { SatisfactionReport } from '../../shared/metrics/satisfaction.ts'
import type { StaffedHour } from '../../shared/metrics/staffing.ts'
import type { Volume } from '../../shared/metrics/volume.ts'
import type { ExposureHistory, ExposurePeriod } from '../history/exposures.ts'
import type { CasesPage, Part, TurnsPage } from '../history/figures.ts'
import type { FollowUpHistory } from '../history/follow-ups.ts'
import type { Page, ReportHistory } from '../history/history.ts'
import type { Workspace } from '../workspace/workspace.ts'
import type { Clock } from './ports.ts'
import type { Rules } from './proactive/rule-book.ts'
import { followedUp, followUpsListed } from './reporting-follow-ups.ts'
import { type JourneyAnswer, journeyAnswer } from './reporting-journeys.ts'
import {
  type InvitedPage,
  invitedListed,
  invitedRows,
  proactiveOutcomes,
  type RulePeriod,
} from './reporting-proactive.ts'
import { type Asked, asked, periodBefore, questionOf, type ReportAsk } from './reporting-question.ts'

/** An answer with what it was asked for; `before`, where it is asked to compare, is that of the period before. */
export type Answer<Report, Compared = Report> = Report & Asked & { before?: Compared & Asked }

export interface Reporting {
  responseTimes(ask: ReportAsk): Promise<Answer<ResponseTimes, Pick<ResponseTimes, 'measures' | 'shares'>>>
  /** Of the episodes closed in the period. */
  satisfaction(
    ask: ReportAsk,
  ): Promise<Answer<SatisfactionReport, Omit<SatisfactionReport, 'comments' | 'byTeam'>>>
  /** How much there was to do, by when it began. */
  volume(ask: ReportAsk): Promise<Answer<Volume, Pick<Volume, 'totals'>>>
  /** Each agent by what they owned alone. */
  agents(ask: ReportAsk): Promise<Answer<Agents>>
  /** The headline of each of the others. */
  overview(ask: ReportAsk): Promise<Answer<Overview, Omit<Overview, 'series'>>>
  /** The arithmetic behind the response times, latest first. */
  turns(ask: ReportAsk, wanted: TurnsWanted, part: Part): Promise<TurnsPage & Asked>
  /** What a figure of any of the others counts, latest first. */
  cases(ask: ReportAsk, wanted: CasesWanted, part: Part): Promise<CasesPage & Asked>
  /** How many waited and how many were there to answer, hour by hour. */
  staffing(ask: ReportAsk): Promise<{ hours: StaffedHour[] } & Asked>
  /** How far visitors came, and who came back; of those who consented to be remembered. */
  journeys(ask: ReportAsk): Promise<JourneyAnswer>
  /** What rules did: their goals are looked at as they stand now. */
  proactive(period: ExposurePeriod): Promise<ProactiveOutcomes>
  /** Whom one figure of a rule counts, the latest first. */
  invited(period: RulePeriod, wanted: InvitedWanted, part: Part): Promise<InvitedPage>
  /** The same without how many they are, which takes another way through the period. */
  invitedRows(period: RulePeriod, wanted: InvitedWanted, part: Part): Promise<Page<Invited>>
  /** The follow-ups that a figure counts, the latest first. */
  followUps(ask: ReportAsk, wanted: FollowUpsWanted, part: Part): Promise<FollowUpsPage>
}

export type FollowUpsPage = { items: FollowUp[]; nextCursor: string | null; total: number } & Asked

export interface ReportingParts {
  reports: ReportHistory
  followUps: Pick<FollowUpHistory, 'opened'>
  exposures: Pick<ExposureHistory, 'tallies' | 'invited'>
  rules: Pick<Rules, 'byId'>
  workspace: Pick<Workspace, 'read'>
  clock: Clock
}

export function createReporting(parts: ReportingParts): Reporting {
  const { reports } = parts
  const question = (ask: ReportAsk) => questionOf(ask, parts.workspace, parts.clock.now())
  const compared = comparing(parts.clock)
  return {
    proactive: (period) => proactiveOutcomes(parts, period),
    invited: (period, wanted, part) => invitedListed(parts, { period, wanted, part }),
    invitedRows: (period, wanted, part) => invitedRows(parts, { period, wanted, part }),
    followUps: async (ask, wanted, part) => ({
      ...(await followUpsListed(parts, ask, { wanted, part })),
      ...asked(ask),
    }),
    journeys: (ask) => journeyAnswer(parts, ask),
    responseTimes: (ask) => compared(ask, (one) => reports.responseTimes(question(one)), lengthsAndShares),
    satisfaction: (ask) =>
      compared(
        ask,
        async (one) => ({
          ...(await reports.satisfaction(question(one))),
          followUps: await followedUp(parts, one),
        }),
        ({ comments, byTeam, ...figures }) => figures,
      ),
    volume: (ask) => compared(ask, (one) => reports.volume(question(one)), totalsAlone),
    agents: (ask) =>
      compared(
        ask,
        (one) => reports.agents(question(one)),
        (agents) => agents,
      ),
    overview: (ask) =>
      compared(
        ask,
        (one) => reports.overview(question(one)),
        ({ series, ...headlines }) => headlines,
      ),
    turns: async (ask, wanted, part) => ({
      ...(await reports.turns(question(ask), wanted, part)),
      ...asked(ask),
    }),
    cases: async (ask, wanted, part) => ({
      ...(await reports.cases(question(ask), wanted, part)),
      ...asked(ask),
    }),
    staffing: async (ask) => ({ ...(await reports.staffing(question(ask))), ...asked(ask) }),
  }
}

const lengthsAndShares = ({ measures, shares }: ResponseTimes) => ({ measures, shares })
const totalsAlone = ({ totals }: Volume) => ({ totals })

/** Lists stay out of what is only there to compare with. */
const comparing =
  (clock: Clock) =>
  async <Report, Compared>(
    ask: ReportAsk,
    make: (ask: ReportAsk) => Promise<Report>,
    withoutLists: (report: Report) => Compared,
  ): Promise<Answer<Report, Compared>> => {
    const report = await make(ask)
    if (!ask.compare) return { ...report, ...asked(ask) }
    const before = periodBefore(ask, clock.now())
    return { ...report, ...asked(ask), before: { ...withoutLists(await make(before)), ...asked(before) } }
  }
