import type { SiteId } from '../../shared/ids.ts'
import type { Segment } from '../../shared/triggers/segments.ts'
import { everyPage } from '../connection/api.ts'
import { useDeskState, useSurroundings } from '../ui/context.tsx'
import { useLoaded } from '../ui/hooks.tsx'

export interface SegmentsThere {
  segments: readonly Segment[]
  /** The one asked for was removed, or belongs to another site. */
  isGone: boolean
}

/** The segments that a report of the site can be asked for. */
export function useSegments(site: SiteId | null, chosen: string | undefined): SegmentsThere {
  const { api } = useSurroundings()
  const version = useDeskState((desk) => desk.workspaceVersion)
  const found = useLoaded(`segments ${site} ${version}`, () => everyPage<Segment>(api, '/segments', { site }))
  const segments = found.value?.items ?? []
  const isKnown = chosen === undefined || found.value === null || found.loading
  return { segments, isGone: !isKnown && !segments.some(({ id }) => id === chosen) }
}
