import { useLayoutEffect, useRef } from 'preact/hooks'
import { type ReportPart, type ReportView, reportHref, reportParts } from '../state/report-view.ts'
import { hrefOf } from '../state/route.ts'
import { inCalendar } from '../ui/calendars.ts'
import { ProvideSurroundings, useDesk, useSurroundings, useWords } from '../ui/context.tsx'
import { zoneName } from '../ui/format.ts'
import { Icon } from '../ui/icons.tsx'
import { Page } from '../ui/page.tsx'
import type { TextKey } from '../ui/words.ts'
import { FilterBar } from './filter-bar.tsx'
import { withoutNarrowing } from './opens.ts'
import { Part } from './part.tsx'
import { ownZone, pinned, type Reader, readerOf } from './period.ts'
import { partOf, queryOf } from './report-query.ts'
import { ProvideScope } from './report-scope.tsx'
import { useSegments } from './segments-there.tsx'
import { Share } from './share.tsx'
import { useWeekStart } from './week-start.tsx'

/** How fast people were answered, how they left, and what there was to do. */
export function ReportsScreen({ view }: { view: ReportView }) {
  const surroundings = useSurroundings()
  const { words } = surroundings
  const now = useDesk().now()
  const reader = readerOf(view, words.locale, ownZone())
  const weekStart = useWeekStart(view)
  const placed = { ...inCalendar(words, reader.calendar, reader.zone), weekStart }
  const segments = useSegments(view.site ?? null, view.segment)
  return (
    <ProvideSurroundings value={{ ...surroundings, words: placed }}>
      <ProvideScope value={{ view, query: queryOf(view, reader, now), reader }}>
        <Page
          title={words.t('reports')}
          actions={
            <>
              <WallLink view={view} />
              <Share href={reportHref(pinned(view, reader, now))} />
            </>
          }
        >
          <Parts view={view} />
          <FilterBar view={view} reader={reader} segments={segments} />
          {segments.isGone ? <p class="card not-enough">{words.t('segmentGone')}</p> : <Part />}
          <Stated reader={reader} />
        </Page>
      </ProvideScope>
    </ProvideSurroundings>
  )
}

const WallLink = ({ view }: { view: ReportView }) => {
  const { t } = useWords()
  return (
    <a class="button quiet" href={hrefOf({ screen: 'wall', site: view.site ?? null })} title={t('wallAbout')}>
      <Icon name="desktop" size={18} />
      {t('wall')}
    </a>
  )
}

const partNames: Record<ReportPart, TextKey> = {
  overview: 'overview',
  responses: 'responseTimes',
  satisfaction: 'satisfaction',
  volume: 'volume',
  staffing: 'staffing',
  agents: 'agents',
  journeys: 'journeys',
  proactive: 'proactive',
  turns: 'turnsTitle',
}

function Parts({ view }: { view: ReportView }) {
  const { t } = useWords()
  // What the list of turns is narrowed by is of no meaning elsewhere.
  const rest = withoutNarrowing(view)
  const here = partOf(view)
  const row = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (row.current) bringIntoView(row.current)
  }, [here, t])
  return (
    <nav class="report-parts" aria-label={t('reportParts')}>
      <div class="report-parts-row" ref={row}>
        {reportParts.map((part) => (
          <a
            key={part}
            href={reportHref({ ...rest, part })}
            aria-current={part === here ? 'page' : undefined}
          >
            {t(partNames[part])}
          </a>
        ))}
      </div>
    </nav>
  )
}

/** The row alone is moved, so that the page stays where it is. */
function bringIntoView(row: HTMLElement): void {
  const current = row.querySelector('[aria-current]')
  if (!current) return
  const [within, at] = [row.getBoundingClientRect(), current.getBoundingClientRect()]
  if (at.left >= within.left && at.right <= within.right) return
  row.scrollLeft += at.left + at.width / 2 - (within.left + within.width / 2)
}

/** Whose days and hours they are. */
function Stated({ reader }: { reader: Reader }) {
  const words = useWords()
  return (
    <p class="reports-clock">
      {words.t('timesIn', { zone: zoneName(words, reader.zone), id: `\u2066${reader.zone}\u2069` })}
    </p>
  )
}
