import type { ComponentChildren } from 'preact'
import type { ProactiveOutcomes } from '../../shared/metrics/proactive.ts'
import type { Result } from '../../shared/result.ts'
import { type ReportPart, type ReportView, reportHref } from '../state/report-view.ts'
import { inCalendar } from '../ui/calendars.ts'
import { ProvideSurroundings, useDesk, useSurroundings, useWords } from '../ui/context.tsx'
import { zoneName } from '../ui/format.ts'
import { type Loaded, useLoaded } from '../ui/hooks.tsx'
import { Page } from '../ui/page.tsx'
import { Fault, Skeleton } from '../ui/parts.tsx'
import type { TextKey } from '../ui/words.ts'
import type { ResponseTimes, SatisfactionReport } from './answers.ts'
import { Comments } from './comments.tsx'
import { FilterBar } from './filter-bar.tsx'
import { Answered } from './overview.tsx'
import { ownZone, pinned, type Reader, readerOf } from './period.ts'
import { ProactiveSection } from './proactive-section.tsx'
import { queryOf, served } from './report-query.ts'
import { ProvideScope, useScope } from './report-scope.tsx'
import { ResponseSection } from './response-section.tsx'
import { SatisfactionSection } from './satisfaction-section.tsx'
import { useSegments } from './segments-there.tsx'
import { Share } from './share.tsx'
import { Turns } from './turns.tsx'

const parts = [
  ['overview', 'overview'],
  ['responses', 'responseTimes'],
  ['satisfaction', 'satisfaction'],
  ['proactive', 'proactive'],
  ['turns', 'turnsTitle'],
] as const satisfies readonly (readonly [ReportPart, TextKey])[]

/** How fast people were answered, and how they left. */
export function ReportsScreen({ view }: { view: ReportView }) {
  const surroundings = useSurroundings()
  const { words } = surroundings
  const { t } = words
  const now = useDesk().now()
  const reader = readerOf(view, words.locale, served.zone ? ownZone() : 'UTC')
  const found = useSegments(view.site ?? null, view.segment)
  const query = queryOf(view, reader, now)
  return (
    <ProvideSurroundings value={{ ...surroundings, words: inCalendar(words, reader.calendar, reader.zone) }}>
      <ProvideScope value={{ view, query, reader }}>
        <Page title={t('reports')} actions={<Share href={reportHref(pinned(view, reader, now))} />}>
          <Parts view={view} />
          <FilterBar view={view} reader={reader} segments={found} />
          {found.isGone ? <p class="card not-enough">{t('segmentGone')}</p> : <Part />}
          <Stated reader={reader} />
        </Page>
      </ProvideScope>
    </ProvideSurroundings>
  )
}

const partOf = ({ part }: ReportView): ReportPart => parts.find(([one]) => one === part)?.[0] ?? 'overview'

function Parts({ view }: { view: ReportView }) {
  const { t } = useWords()
  const here = partOf(view)
  // What the turns are narrowed by is of no meaning to the others.
  const { measure: _, bucket: __, weekday: ___, hour: ____, ...rest } = view
  return (
    <nav class="report-parts" aria-label={t('reportParts')}>
      {parts.map(([part, name]) => (
        <a key={part} href={reportHref({ ...rest, part })} aria-current={part === here ? 'page' : undefined}>
          {t(name)}
        </a>
      ))}
    </nav>
  )
}

function Part() {
  const { view, query } = useScope()
  const { t } = useWords()
  const part = partOf(view)
  return (
    <div class="reports">
      {view.segment !== undefined && part !== 'proactive' && (
        <p class="reports-clock">{t('segmentReport')}</p>
      )}
      {(part === 'overview' || part === 'responses') && <ResponsePart brief={part === 'overview'} />}
      {(part === 'overview' || part === 'satisfaction') && <SatisfactionPart brief={part === 'overview'} />}
      {part === 'proactive' && <ProactivePart />}
      {part === 'turns' && <Turns query={query} />}
    </div>
  )
}

const ResponsePart = ({ brief }: { brief: boolean }) => (
  <Waiting loaded={useReport<ResponseTimes>('response-times')}>
    {(report) => (brief ? <Answered report={report} /> : <ResponseSection report={report} />)}
  </Waiting>
)

const SatisfactionPart = ({ brief }: { brief: boolean }) => (
  <Waiting loaded={useReport<SatisfactionReport>('satisfaction')}>
    {(report) => (
      <>
        <SatisfactionSection csat={report.csat} />
        {!brief && <Comments comments={report.comments} />}
      </>
    )}
  </Waiting>
)

/** What messages did is of everybody: who was shown one was counted then, whatever they belonged to. */
function ProactivePart() {
  const { from, to, site } = useScope().query
  const query = { from, to, site }
  const { api } = useSurroundings()
  const loaded = useLoaded(JSON.stringify(query), () =>
    api.get<ProactiveOutcomes>('/reports/proactive', query),
  )
  return <Waiting loaded={loaded}>{(report) => <ProactiveSection report={report} query={query} />}</Waiting>
}

function useReport<Report>(name: string): Loaded<Report> {
  const { api } = useSurroundings()
  const { query } = useScope()
  const ask = (): Promise<Result<Report>> => api.get<Report>(`/reports/${name}`, { ...query })
  return useLoaded(name + JSON.stringify(query), ask)
}

function Waiting<T>({ loaded, children }: { loaded: Loaded<T>; children: (value: T) => ComponentChildren }) {
  const { t } = useWords()
  if (loaded.failed) return <Fault text={t('couldNotLoad')} again={loaded.again} />
  if (loaded.value === null) return <Skeleton rows={3} shape="card" />
  return <div class={loaded.loading ? 'report stale' : 'report'}>{children(loaded.value)}</div>
}

/** Whose days and hours they are. */
function Stated({ reader }: { reader: Reader }) {
  const words = useWords()
  const zone = zoneName(words, reader.zone)
  return (
    <p class="reports-clock">
      {words.t('timesIn', { zone })} <bdi dir="ltr">({reader.zone})</bdi>
    </p>
  )
}
