import type { ComponentChildren } from 'preact'
import type { Query } from '../connection/api.ts'
import { useSurroundings, useWords } from '../ui/context.tsx'
import { Fault, Skeleton } from '../ui/parts.tsx'
import type { PluralKey, TextKey } from '../ui/words.ts'
import type { PageOf } from './answers.ts'
import { usePages } from './pages.tsx'

/** Asked for at once: each answer is worked out from all facts of the period. */
const pageSize = 50

interface PagedListProps<Item> {
  /** Of the reports. */
  path: 'turns' | 'cases' | 'follow-ups' | 'proactive/visitors'
  query: Query
  none: TextKey
  /** How many of how many are shown. */
  shown: PluralKey
  keyOf: (item: Item) => string
  row: (item: Item) => ComponentChildren
}

/** What stands behind a figure, a page at a time. */
export function PagedList<Item>({ path, query, none, shown, keyOf, row }: PagedListProps<Item>) {
  const { t, count } = useWords()
  const { api } = useSurroundings()
  const pages = usePages(path + JSON.stringify(query), (cursor) =>
    api.get<PageOf<Item>>(`/reports/${path}`, { ...query, limit: pageSize, cursor }),
  )
  const { items, total } = pages
  if (items.length === 0) {
    if (pages.failed) return <Fault text={t('couldNotLoad')} again={pages.more} />
    return pages.loading ? <Skeleton rows={4} /> : <p class="not-enough">{t(none)}</p>
  }
  return (
    <>
      <ul class="turn-list">
        {items.map((item) => (
          <li key={keyOf(item)}>{row(item)}</li>
        ))}
      </ul>
      <p class="turn-count" role="status">
        {count(shown, total, { shown: items.length })}
      </p>
      {pages.failed && <Fault text={t('couldNotLoad')} again={pages.more} />}
      {pages.hasMore && !pages.failed && (
        <button type="button" class="button quiet" disabled={pages.loading} onClick={pages.more}>
          {t('showOlder')}
        </button>
      )}
    </>
  )
}
