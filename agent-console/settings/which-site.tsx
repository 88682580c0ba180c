import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { Site } from '../../shared/workspace.ts'
import type { List } from '../connection/api.ts'
import { useDeskState, useSurroundings, useWords } from '../ui/context.tsx'
import { useLoaded } from '../ui/hooks.tsx'
import { Fault, Skeleton } from '../ui/parts.tsx'

/** `revision`: of all that is set of it, when it was read. */
export type ShownSite = Site & { revision?: string }

/** What is set of one site; where there are several, one is chosen first. */
export function OfSite({
  children,
}: {
  children: (site: ShownSite, again: () => void) => ComponentChildren
}) {
  const { t } = useWords()
  const { api } = useSurroundings()
  const version = useDeskState((desk) => desk.workspaceVersion)
  const sites = useLoaded(`sites ${version}`, () => api.get<List<ShownSite>>('/sites'))
  const [chosen, setChosen] = useState<string | null>(null)
  if (sites.value === null)
    return sites.failed ? (
      <Fault text={t('couldNotLoad')} again={sites.again} />
    ) : (
      <Skeleton rows={2} shape="card" />
    )
  const { items } = sites.value
  const site = items.find((one) => one.id === chosen) ?? items[0]
  if (!site) return <p class="not-enough">{t('noSites')}</p>
  return (
    <div class="settings">
      {items.length > 1 && (
        <select
          class="select"
          aria-label={t('site')}
          value={site.id}
          onChange={(event) => setChosen(event.currentTarget.value)}
        >
          {items.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </select>
      )}
      {children(site, sites.again)}
    </div>
  )
}
