import { weekStartIn } from '../../shared/calendar/week-start.ts'
import type { Calendar, Team } from '../../shared/house.ts'
import { success } from '../../shared/result.ts'
import type { Site } from '../../shared/workspace.ts'
import { everyPage } from '../connection/api.ts'
import type { ReportView } from '../state/report-view.ts'
import { firstDayOfWeek } from '../ui/calendars.ts'
import { useDeskState, useSurroundings, useWords } from '../ui/context.tsx'
import { useLoaded } from '../ui/hooks.tsx'

/** The day that weeks begin with: as the hours of whom is looked at have it, else as usual in the language. */
export function useWeekStart({ site, team }: ReportView): number {
  const { locale } = useWords()
  const house = {
    calendars: useNamed<Calendar>('/calendars', true),
    teams: useNamed<Team>('/teams', team !== undefined),
    sites: useNamed<Site>('/sites', site !== undefined),
  }
  return weekStartIn(house, { siteId: site, team }) ?? firstDayOfWeek(locale, navigator.language)
}

function useNamed<T>(path: string, wanted: boolean): T[] {
  const { api } = useSurroundings()
  const version = useDeskState((desk) => desk.workspaceVersion)
  const ask = async () => (wanted ? everyPage<T>(api, path) : success({ items: [], nextCursor: null }))
  return useLoaded(`${path} ${wanted} ${version}`, ask).value?.items ?? []
}
