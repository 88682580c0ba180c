import type { SiteId } from '../../shared/ids.ts'
import type { JourneyQuestion, Journeys } from '../../shared/metrics/journeys/question.ts'
import { type Stages, usualChurnDays } from '../../shared/metrics/journeys/stages.ts'
import { readSegments } from '../../shared/triggers/stored-sorting.ts'
import type { ReportHistory } from '../history/history.ts'
import type { Workspace } from '../workspace/workspace.ts'
import type { Clock } from './ports.ts'
import { type Asked, asked, periodBefore, type ReportAsk } from './reporting-question.ts'

/** What a visit does not know: nobody has it, nothing of it is answered, and it is the same at any hour. */
const unapplied = [
  ['team', 'team'],
  ['agentId', 'agent'],
  ['proactive', 'proactive'],
  ['clock', 'clock'],
] as const

type JourneysAsked = Journeys &
  Asked & {
    /** What was asked for and narrows nothing here. */
    notApplied: string[]
  }

/** `before`, where it is asked to compare, is of the period before. */
export type JourneyAnswer = JourneysAsked & {
  before?: Pick<Journeys, 'totals' | 'stages' | 'returned' | 'allPages' | 'churn'> & Asked
}

interface JourneyNeeds {
  reports: Pick<ReportHistory, 'journeys'>
  workspace: Pick<Workspace, 'read'>
  clock: Clock
}

export async function journeyAnswer(needs: JourneyNeeds, whole: ReportAsk): Promise<JourneyAnswer> {
  const notApplied = unapplied.flatMap(([name, word]) => (whole[name] === undefined ? [] : [word]))
  const ask = { ...whole, ...Object.fromEntries(unapplied.map(([name]) => [name, undefined])) }
  const made = { ...(await needs.reports.journeys(questionOf(needs, ask))), ...asked(ask), notApplied }
  if (!ask.compare) return made
  const earlier = periodBefore(ask, needs.clock.now())
  const { totals, stages, returned, allPages, churn } = await needs.reports.journeys(
    questionOf(needs, earlier),
  )
  return { ...made, before: { totals, stages, returned, allPages, churn, ...asked(earlier) } }
}

/** With what each site has decided of its stages, and of when it takes somebody for lost. */
function questionOf({ workspace, clock }: JourneyNeeds, ask: ReportAsk): JourneyQuestion {
  const { from, to, timeZone = 'UTC', siteId, segment, language, page, device } = ask
  const document = workspace.read()
  const sites = document.sites.filter(({ id }) => siteId === undefined || id === siteId)
  const stages: Record<SiteId, Stages> = {}
  for (const { id, journey } of sites) if (journey) stages[id] = journey.stages
  return {
    ...{ from, to, timeZone, now: clock.now(), stages },
    of: {
      ...(siteId === undefined ? {} : { siteId }),
      ...(segment === undefined ? {} : { segment }),
      ...(language === undefined ? {} : { language }),
      ...(page === undefined ? {} : { page }),
      ...(device === undefined ? {} : { device }),
    },
    segments: readSegments(document.segments).segments.flatMap(({ id, siteId: own }) => {
      const site = sites.find((one) => one.id === own)
      return site ? [{ id, siteId: own, churnDays: site.journey?.churnDays?.[id] ?? usualChurnDays }] : []
    }),
  }
}
