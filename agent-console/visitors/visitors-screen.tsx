import { useState } from 'preact/hooks'
import { everybody, keyOfQuery, type RosterQuery } from '../../shared/roster-query.ts'
import type { Outlook } from '../state/outlook.ts'
import { hrefOf } from '../state/route.ts'
import { useDeskState, useMayConfigure, useWords } from '../ui/context.tsx'
import { Page } from '../ui/page.tsx'
import { Empty, Skeleton } from '../ui/parts.tsx'
import type { Chosen } from './chosen.ts'
import { Filters } from './filters.tsx'
import { PageMap } from './page-map.tsx'
import { usePart } from './part.tsx'
import { useSteady } from './steady.tsx'
import { VisitorCard } from './visitor-card.tsx'
import { VisitorTable } from './visitor-table.tsx'
import { WriteToPage } from './write-to-page.tsx'

/** What is asked for stands in the address, so that it can be kept, shared and gone back to. */
const go = (query: RosterQuery): void => location.replace(hrefOf({ screen: 'visitors', query }))

/** Everybody on the site now, in a table that keeps still while it is used. */
export function VisitorsScreen({ query }: { query: RosterQuery }) {
  const { t, count } = useWords()
  const onSite = useDeskState((desk) => desk.totals.visitors)
  const outlook = useDeskState((desk) => desk.outlook)
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const [writing, setWriting] = useState(false)
  const mayWriteToPage = useMayConfigure()
  const part = usePart(query)
  const shown = outlook && keyOfQuery(outlook.look.query) === keyOfQuery(query) ? outlook : null
  const write = mayWriteToPage && onSite > 0 && (
    <button type="button" class="button" aria-expanded={writing} onClick={() => setWriting(!writing)}>
      {t('writeToPage')}
    </button>
  )
  return (
    <div class={chosen ? 'people with-card' : 'people'} ref={part.frame}>
      <Page title={t('visitors')} about={count('peopleOnSite', onSite)} actions={write}>
        {writing && (
          <WriteToPage query={query} pages={outlook?.pages ?? []} onDone={() => setWriting(false)} />
        )}
        <Filters query={query} people={outlook?.people ?? null} onChange={go} />
        <div class="people-layout" ref={part.list}>
          <PageMap query={query} pages={outlook?.pages ?? []} onChange={go} />
          <People shown={shown} query={query} chosen={chosen} onChoose={setChosen} />
        </div>
      </Page>
      {chosen && <VisitorCard key={chosen.visitId} {...chosen} onClose={() => setChosen(null)} />}
    </div>
  )
}

interface PeopleProps {
  shown: Outlook | null
  query: RosterQuery
  chosen: Chosen | null
  onChoose: (chosen: Chosen | null) => void
}

function People({ shown, query, chosen, onChoose }: PeopleProps) {
  const steady = useSteady(shown)
  if (!shown) return <Skeleton rows={6} />
  if (shown.total === 0 && steady.rows.length === 0) return <NobodyThere query={query} />
  return <VisitorTable steady={steady} outlook={shown} chosen={chosen} onChoose={onChoose} />
}

function NobodyThere({ query }: { query: RosterQuery }) {
  const { t } = useWords()
  const { order: _, grouped: __, ...filters } = query
  if (Object.keys(filters).length === 0)
    return (
      <Empty icon="visitors" title={t('visitorsEmptyTitle')}>
        <p>{t('visitorsEmptyText')}</p>
        <p>{t('ownEmpty')}</p>
        <p>
          <a href="#/settings">{t('getTheSnippet')}</a>
        </p>
      </Empty>
    )
  return (
    <Empty icon="visitors" title={t('nobodyFitsTitle')}>
      <p>{t('nobodyFitsText')}</p>
      <p>
        <a href={hrefOf({ screen: 'visitors', query: everybody })}>{t('clearFilters')}</a>
      </p>
    </Empty>
  )
}
