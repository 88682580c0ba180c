import { momentOf, offsetAt } from '../../shared/calendar/zone.ts'
import type { AgentId, SiteId } from '../../shared/ids.ts'
import type { Narrowing, ReportQuestion } from '../../shared/metrics/asked.ts'
import type { ClockName } from '../../shared/metrics/clocks.ts'
import type { Workspace } from '../workspace/workspace.ts'

/** What somebody asks of a report. */
export interface ReportAsk {
  /** ms, inclusive. */
  from: number
  /** ms, exclusive. */
  to: number
  siteId?: SiteId | undefined
  /** By its id. */
  team?: string | undefined
  agentId?: AgentId | undefined
  segment?: string | undefined
  language?: string | undefined
  page?: string | undefined
  device?: 'desktop' | 'phone' | undefined
  proactive?: boolean | undefined
  /** The wall’s where nothing is said. */
  clock?: ClockName | undefined
  /** UTC where nothing is said. */
  timeZone?: string | undefined
  /** With the period of the same length before it. */
  compare?: boolean | undefined
}

/** Every report says what it was asked for. */
export interface Asked {
  from: string
  to: string
  timeZone: string
  clock: ClockName
  filters: {
    site: SiteId | null
    team: string | null
    agent: AgentId | null
    segment: string | null
    language: string | null
    page: string | null
    device: 'desktop' | 'phone' | null
    proactive: boolean | null
  }
}

export const asked = (ask: ReportAsk): Asked => ({
  from: new Date(ask.from).toISOString(),
  to: new Date(ask.to).toISOString(),
  timeZone: ask.timeZone ?? 'UTC',
  clock: ask.clock ?? 'wall',
  filters: {
    ...{ site: ask.siteId ?? null, team: ask.team ?? null, agent: ask.agentId ?? null },
    ...{ segment: ask.segment ?? null, language: ask.language ?? null, page: ask.page ?? null },
    ...{ device: ask.device ?? null, proactive: ask.proactive ?? null },
  },
})

/**
 * As many days before by the clock of the place, whatever was done to clocks meanwhile; and of a period that is not over
 * as far as it has come, since a morning says nothing beside a whole day.
 */
export function periodBefore(ask: ReportAsk, now: number): ReportAsk {
  const { from, to, timeZone = 'UTC' } = ask
  const localOf = (at: number): number => at + offsetAt(timeZone, at)
  const length = localOf(to) - localOf(from)
  const earlier = (at: number): number => momentOf(timeZone, localOf(at) - length)
  const isRunning = now > from && now < to
  return { ...ask, from: earlier(from), to: isRunning ? Math.min(earlier(now), from) : from }
}

/** With what a house has decided: who is in the team, whose hours count. */
export function questionOf(ask: ReportAsk, workspace: Pick<Workspace, 'read'>, now: number): ReportQuestion {
  const { sites, teams, calendars, targets } = workspace.read()
  const { from, to, clock = 'wall', timeZone = 'UTC' } = ask
  const house = {
    sites,
    ...(teams ? { teams } : {}),
    ...(calendars ? { calendars } : {}),
    ...(targets ? { targets } : {}),
  }
  const of = narrowingOf(ask, teams ?? [])
  return { from, to, of, clock, timeZone, now, house }
}

function narrowingOf(ask: ReportAsk, teams: readonly { id: string; agents: AgentId[] }[]): Narrowing {
  const { siteId, team, agentId, segment, language, page, device, proactive } = ask
  const own = team === undefined ? null : (teams.find(({ id }) => id === team)?.agents ?? [])
  const agentIds = agentId === undefined ? own : own && !own.includes(agentId) ? [] : [agentId]
  return {
    ...(siteId === undefined ? {} : { siteId }),
    ...(agentIds === null ? {} : { agentIds }),
    ...(segment === undefined ? {} : { segment }),
    ...(language === undefined ? {} : { language }),
    ...(page === undefined ? {} : { page }),
    ...(device === undefined ? {} : { device }),
    ...(proactive === undefined ? {} : { proactive }),
  }
}
