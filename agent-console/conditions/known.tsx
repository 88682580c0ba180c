import type { SiteId } from '../../shared/ids.ts'
import type { LiveVisitor } from '../../shared/visitor.ts'
import { everyPage, type List } from '../connection/api.ts'
import { useDeskState, useSurroundings } from '../ui/context.tsx'
import { useLoaded } from '../ui/hooks.tsx'
import type { Known, Named } from './editing.tsx'

interface OfSite extends Named {
  siteId?: SiteId
}

/** What there is to choose from. Lists that cannot be had are empty: then it is written by hand. */
export function useKnown(site: SiteId): Known {
  const { api } = useSurroundings()
  const version = useDeskState((desk) => desk.workspaceVersion)
  const useList = (noun: string) => {
    const loaded = useLoaded(`${noun} ${version}`, () => everyPage<OfSite>(api, `/${noun}`))
    return (loaded.value?.items ?? []).filter(({ siteId }) => !siteId || siteId === site)
  }
  return {
    segments: useList('segments'),
    teams: useList('teams'),
    calendars: useList('calendars'),
    ...useSeen(site),
  }
}

/** Names that have been told of who is on the site now. */
export function useSeen(site: SiteId): Pick<Known, 'events' | 'attributes' | 'tags'> {
  const { api } = useSurroundings()
  const live = useLoaded(`live ${site}`, () => api.get<List<LiveVisitor>>('/visitors/live', { site }))
  const here = live.value?.items ?? []
  return {
    events: namesIn(here, ({ events }) => (events ?? []).map(({ name }) => name)),
    attributes: namesIn(here, ({ attributes }) => Object.keys(attributes ?? {})),
    tags: namesIn(here, ({ tags }) => tags ?? []),
  }
}

const namesIn = (here: readonly LiveVisitor[], of: (one: LiveVisitor) => readonly string[]): string[] =>
  [...new Set(here.flatMap(of))].sort()
