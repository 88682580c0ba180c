import { useState } from 'preact/hooks'
import type { VisitorId } from '../../shared/ids.ts'
import type { LiveVisitor, RecordedPageView } from '../../shared/visitor.ts'
import type { List } from '../connection/api.ts'
import { visitsIn } from '../state/trail.ts'
import { useSurroundings, useWords } from '../ui/context.tsx'
import { clockTime, dayAndTime } from '../ui/format.ts'
import { useLoaded } from '../ui/hooks.tsx'
import { Fault, Skeleton } from '../ui/parts.tsx'
import { pathOf } from '../ui/person.ts'
import { PanelPart } from './panel-part.tsx'

interface EarlierVisitsProps {
  /** Null where nobody is remembered. */
  visitorId: VisitorId | null
  /** Where they are now, or null while they are not there. */
  visit: LiveVisitor | null
}

/** The pages of visits before this one, a click away; where nothing is kept it says why. */
export function EarlierVisits({ visitorId, visit }: EarlierVisitsProps) {
  const { t } = useWords()
  const [open, setOpen] = useState(false)
  const forgotten = visitorId === null || (visit !== null && visit.consent !== 'granted')
  return (
    <PanelPart title="earlierVisits">
      {forgotten ? (
        <p class="panel-quiet">{t('nothingKept')}</p>
      ) : open ? (
        <Past visitorId={visitorId} before={visit?.startedAt ?? Number.POSITIVE_INFINITY} />
      ) : (
        <button type="button" class="button quiet" onClick={() => setOpen(true)}>
          {t('showEarlierVisits')}
        </button>
      )}
    </PanelPart>
  )
}

const most = 200

function Past({ visitorId, before }: { visitorId: VisitorId; before: number }) {
  const words = useWords()
  const { api } = useSurroundings()
  const path = `/visitors/${visitorId}/page-views`
  const found = useLoaded(path, () => api.get<List<RecordedPageView>>(path, { limit: most }))
  if (found.failed) return <Fault text={words.t('couldNotLoad')} again={found.again} />
  if (!found.value) return <Skeleton rows={2} />
  const visits = visitsIn(found.value.items.filter((view) => view.at < before))
  if (visits.length === 0) return <p class="panel-quiet">{words.t('noEarlierVisits')}</p>
  return (
    <ul class="past-visits">
      {visits.map((views) => (
        <li key={views[0]?.at}>
          <p class="panel-quiet">{views[0] && dayAndTime(words, views[0].at)}</p>
          <ol class="trail">
            {views.map((view) => (
              <li key={view.at} class="trail-step">
                <bdi class="trail-title" title={view.url}>
                  {view.title || pathOf(view.url)}
                </bdi>
                <time class="trail-time" dateTime={new Date(view.at).toISOString()}>
                  {clockTime(words, view.at)}
                </time>
              </li>
            ))}
          </ol>
        </li>
      ))}
    </ul>
  )
}
