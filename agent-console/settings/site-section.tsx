import { useState } from 'preact/hooks'
import type { Site } from '../../shared/workspace.ts'
import type { List } from '../connection/api.ts'
import { useDeskState, useMayConfigure, useSurroundings, useWords } from '../ui/context.tsx'
import { useLoaded } from '../ui/hooks.tsx'
import { Fault, Skeleton } from '../ui/parts.tsx'
import { SiteForm } from './site-form.tsx'
import { Snippet } from './snippet.tsx'

/** What to paste into the pages, and how the chat looks there. */
export function SiteSection() {
  const { t } = useWords()
  const { api } = useSurroundings()
  const mayConfigure = useMayConfigure()
  const version = useDeskState((desk) => desk.workspaceVersion)
  const sites = useLoaded(`sites ${version}`, () => api.get<List<Site>>('/sites'))
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
      <Snippet siteKey={site.key} />
      {mayConfigure && <SiteForm key={site.id} site={site} onSaved={sites.again} />}
    </div>
  )
}
