import type { SiteId } from '../../shared/ids.ts'
import type { Segment } from '../../shared/triggers/segments.ts'
import type { List } from '../connection/api.ts'
import { hrefOf } from '../state/route.ts'
import { useDeskState, useSurroundings, useWords } from '../ui/context.tsx'
import { useLoaded } from '../ui/hooks.tsx'

/** What is chosen stands in the address, so that it can be kept, shared and gone back to. */
export const chooseSegment = (segment: string): void =>
  location.replace(hrefOf({ screen: 'reports', ...(segment ? { segment } : {}) }))

export interface SegmentsThere {
  segments: readonly Segment[]
  /** The one asked for was removed, or belongs to another site. */
  isGone: boolean
}

/** The segments that a report of the site can be asked for. */
export function useSegments(site: SiteId | null, chosen: string | undefined): SegmentsThere {
  const { api } = useSurroundings()
  const version = useDeskState((desk) => desk.workspaceVersion)
  const found = useLoaded(`segments ${site} ${version}`, () => api.get<List<Segment>>('/segments', { site }))
  const segments = found.value?.items ?? []
  const isKnown = chosen === undefined || found.value === null || found.loading
  return { segments, isGone: !isKnown && !segments.some(({ id }) => id === chosen) }
}

interface PickerProps extends SegmentsThere {
  chosen: string | undefined
}

export function SegmentPicker({ segments, isGone, chosen }: PickerProps) {
  const { t } = useWords()
  if (segments.length === 0 && chosen === undefined) return null
  return (
    <select
      class={chosen === undefined ? 'select' : 'select chosen'}
      aria-label={t('filterSegment')}
      value={chosen ?? ''}
      onChange={(event) => chooseSegment(event.currentTarget.value)}
    >
      <option value="">{t('anySegment')}</option>
      {isGone && <option value={chosen}>{chosen}</option>}
      {segments.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  )
}
