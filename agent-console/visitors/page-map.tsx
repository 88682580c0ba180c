import { limits } from '../../shared/limits.ts'
import type { PageCount } from '../../shared/roster.ts'
import type { RosterQuery } from '../../shared/roster-query.ts'
import { useWords } from '../ui/context.tsx'
import { figure, share } from '../ui/format.ts'
import { hostOf, pathOf } from '../ui/person.ts'

interface PageMapProps {
  query: RosterQuery
  pages: readonly PageCount[]
  onChange: (query: RosterQuery) => void
}

const most = 12

/** The page as a filter: its path where all pages are of one host. */
export function globOf(page: string, pages: readonly PageCount[]): string {
  const hosts = new Set(pages.map((one) => hostOf(one.page)))
  const glob = hosts.size > 1 ? page : pathOf(page)
  return glob.length > limits.globCharacters ? `${glob.slice(0, limits.globCharacters - 1)}*` : glob
}

/** Where people are: each page with how many are on it now; a press shows those alone. */
export function PageMap({ query, pages, onChange }: PageMapProps) {
  const { t } = useWords()
  if (pages.length < 2 && query.page === undefined) return null
  const shown = pages.slice(0, most)
  const fullest = shown[0]?.n ?? 1
  const { page: chosen, ...rest } = query
  const isListed = shown.some(({ page }) => globOf(page, pages) === chosen)
  const choose = (page: string) => onChange(page === chosen ? rest : { ...rest, page })
  return (
    <section class="page-map" aria-label={t('pagesNow')}>
      <h2>{t('pagesNow')}</h2>
      <fieldset class="page-map-list" aria-label={t('filterByPage')}>
        <button
          type="button"
          class="page-place"
          aria-pressed={chosen === undefined}
          onClick={() => onChange(rest)}
        >
          {t('allPages')}
        </button>
        {chosen !== undefined && !isListed && (
          <button type="button" class="page-place" aria-pressed onClick={() => onChange(rest)}>
            <bdi dir="ltr" class="page-place-path">
              {chosen}
            </bdi>
          </button>
        )}
        {shown.map((one) => (
          <Place
            key={one.page}
            {...one}
            path={globOf(one.page, pages)}
            share={one.n / fullest}
            chosen={chosen}
            onChoose={choose}
          />
        ))}
      </fieldset>
    </section>
  )
}

interface PlaceProps extends PageCount {
  path: string
  /** Of the fullest page. */
  share: number
  chosen: string | undefined
  onChoose: (path: string) => void
}

function Place({ title, path, n, share: part, chosen, onChoose }: PlaceProps) {
  const words = useWords()
  return (
    <button
      type="button"
      class="page-place"
      aria-pressed={chosen === path}
      onClick={() => onChoose(path)}
      style={{ '--part': share({ ...words, tag: 'en' }, part) }}
    >
      <span class="page-place-words">
        <bdi>{title || path}</bdi>
        <bdi dir="ltr" class="page-place-path">
          {path}
        </bdi>
      </span>
      <span class="page-place-count">{figure(words, n)}</span>
    </button>
  )
}
