import { calendarOf, type HouseHours } from './calendar-of.ts'

/** Whose days are looked at; of everybody where nothing is said. */
export interface Looked {
  siteId?: string | undefined
  team?: string | undefined
}

/**
 * The day that weeks begin with, 1 for Monday: as the calendar of the team says, else that of the site, else as all those
 * say that say anything. Undefined where nothing is said, or different things.
 */
export function weekStartIn(house: HouseHours, { siteId, team }: Looked): number | undefined {
  const { calendars = [], teams = [], sites } = house
  const ofTeam = calendars.find(({ id }) => id === teams.find((one) => one.id === team)?.calendar)
  const site = sites.find(({ id }) => id === siteId)
  const ofSite = site && calendarOf(house, { siteId: site.id })
  const own = ofTeam?.weekStart ?? ofSite?.weekStart
  if (own !== undefined) return own
  const said = new Set(calendars.flatMap(({ weekStart = null }) => (weekStart === null ? [] : [weekStart])))
  const [only] = said
  return said.size === 1 ? only : undefined
}
