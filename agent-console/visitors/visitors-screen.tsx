import { useState } from 'preact/hooks'
import { useDeskState, useWords } from '../ui/context.tsx'
import { Page } from '../ui/page.tsx'
import { Empty, Skeleton } from '../ui/parts.tsx'
import { arrivalOrder, busiestPages, pageKey } from './people.ts'
import { useSteady } from './steady.tsx'
import { VisitorTable } from './visitor-table.tsx'

/** Everybody on the site now, in a table that keeps still while it is used. */
export function VisitorsScreen() {
  const { t, count } = useWords()
  const ready = useDeskState((desk) => desk.ready)
  const roster = useDeskState((desk) => desk.roster)
  const onSite = useDeskState((desk) => desk.totals.visitors)
  const [page, setPage] = useState<string | null>(null)
  const everyone = arrivalOrder(roster)
  const people = page === null ? everyone : everyone.filter((one) => pageKey(one) === page)
  const steady = useSteady(people, page)
  if (!ready)
    return (
      <Page title={t('visitors')}>
        <Skeleton rows={6} />
      </Page>
    )
  return (
    <Page title={t('visitors')} about={count('peopleOnSite', onSite)}>
      {everyone.length === 0 ? (
        <Empty icon="visitors" title={t('visitorsEmptyTitle')}>
          <p>{t('visitorsEmptyText')}</p>
          <p>
            <a href="#/settings">{t('getTheSnippet')}</a>
          </p>
        </Empty>
      ) : (
        <>
          <PageFilter chosen={page} onChoose={setPage} />
          <VisitorTable steady={steady} />
        </>
      )}
    </Page>
  )
}

function PageFilter({
  chosen,
  onChoose,
}: {
  chosen: string | null
  onChoose: (page: string | null) => void
}) {
  const { t } = useWords()
  const roster = useDeskState((desk) => desk.roster)
  const { tag } = useWords()
  const pages = busiestPages(roster, chosen)
  if (pages.length < 2 && chosen === null) return null
  return (
    <fieldset class="chips" aria-label={t('filterByPage')}>
      <button type="button" class="chip" aria-pressed={chosen === null} onClick={() => onChoose(null)}>
        {t('allPages')}
      </button>
      {pages.map(({ path, n }) => (
        <button
          key={path}
          type="button"
          class="chip"
          aria-pressed={chosen === path}
          onClick={() => onChoose(chosen === path ? null : path)}
        >
          <bdi dir="ltr" class="chip-words">
            {path}
          </bdi>
          <span class="chip-count">{new Intl.NumberFormat(tag).format(n)}</span>
        </button>
      ))}
    </fieldset>
  )
}
