import type { AgentId, SiteId } from '../ids.ts'
import type { Workspace } from '../workspace.ts'
import { aroundTheClock, type OfficeHours } from './hours.ts'

/** What of a house decides whose hours count. */
export type HouseHours = Pick<Workspace, 'sites' | 'teams' | 'calendars'>

/** Whose time is asked for: an agent's on a site, or that of everybody there. */
export interface HoursOwner {
  siteId: SiteId
  agentId?: AgentId | null | undefined
}

/**
 * The calendar of the first team that has the agent, else the site's, else the only one of the house, else around the
 * clock. One that is not there any more counts as none.
 */
export function calendarOf(house: HouseHours, { siteId, agentId }: HoursOwner): OfficeHours {
  const { calendars = [], teams = [], sites } = house
  const named = (id: string | undefined) => calendars.find((one) => one.id === id)
  const team = agentId ? teams.find(({ agents }) => agents.includes(agentId)) : undefined
  const site = sites.find(({ id }) => id === siteId)
  const only = calendars.length === 1 ? calendars[0] : undefined
  return named(team?.calendar) ?? named(site?.calendar) ?? only ?? aroundTheClock
}
