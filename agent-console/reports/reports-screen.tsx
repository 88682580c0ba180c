import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { SiteId } from '../../shared/ids.ts'
import type { ProactiveOutcomes } from '../../shared/metrics/proactive.ts'
import type { SatisfactionReport } from '../../shared/metrics/satisfaction.ts'
import type { Result } from '../../shared/result.ts'
import { siteIdIn } from '../state/ids.ts'
import { useDesk, useDeskState, useSurroundings, useWords } from '../ui/context.tsx'
import { type Loaded, useLoaded } from '../ui/hooks.tsx'
import { Page } from '../ui/page.tsx'
import { Fault, Skeleton } from '../ui/parts.tsx'
import type { ReportQuery, ResponseTimes } from './answers.ts'
import { Comments } from './comments.tsx'
import { type Period, periodOf } from './period.ts'
import { PeriodPicker } from './period-picker.tsx'
import { ProactiveSection } from './proactive-section.tsx'
import { ResponseSection } from './response-section.tsx'
import { SatisfactionSection } from './satisfaction-section.tsx'
import { SegmentPicker, useSegments } from './segment-picker.tsx'
import { Turns } from './turns.tsx'

/** How fast people were answered, and how they left. */
export function ReportsScreen({ segment }: { segment?: string | undefined }) {
  const { t } = useWords()
  const desk = useDesk()
  const [period, setPeriod] = useState<Period>(() => periodOf('week', desk.now()))
  const [site, setSite] = useState<SiteId | null>(null)
  const found = useSegments(site, segment)
  return (
    <Page
      title={t('reports')}
      actions={
        <>
          <SitePicker site={site} onChange={setSite} />
          <SegmentPicker {...found} chosen={segment} />
          <PeriodPicker period={period} onChange={setPeriod} />
        </>
      }
    >
      {found.isGone ? (
        <p class="card not-enough">{t('segmentGone')}</p>
      ) : (
        <Reports query={queryOf(period, site)} segment={segment} />
      )}
      <p class="reports-clock">{t('reportsClock')}</p>
    </Page>
  )
}

/** What messages did is of everybody: who was shown one was counted then, whatever they belonged to. */
function Reports({ query, segment }: { query: ReportQuery; segment: string | undefined }) {
  const { t } = useWords()
  const asked = { ...query, segment }
  const responses = useReport<ResponseTimes>('response-times', asked)
  const satisfaction = useReport<SatisfactionReport>('satisfaction', asked)
  const proactive = useReport<ProactiveOutcomes>('proactive', query)
  return (
    <>
      {segment !== undefined && <p class="reports-clock">{t('segmentReport')}</p>}
      <div class="reports">
        <Waiting loaded={responses}>{(report) => <ResponseSection report={report} query={asked} />}</Waiting>
        <Waiting loaded={satisfaction}>
          {(report) => (
            <>
              <SatisfactionSection report={report} />
              <Comments comments={report.comments} />
            </>
          )}
        </Waiting>
        <Waiting loaded={proactive}>{(report) => <ProactiveSection report={report} query={query} />}</Waiting>
        <Turns query={asked} />
      </div>
    </>
  )
}

const queryOf = ({ from, to }: Period, site: SiteId | null): ReportQuery => ({
  from: new Date(from).toISOString(),
  to: new Date(to).toISOString(),
  site,
})

function useReport<Report>(name: string, query: ReportQuery): Loaded<Report> {
  const { api } = useSurroundings()
  const ask = (): Promise<Result<Report>> => api.get<Report>(`/reports/${name}`, { ...query })
  return useLoaded(JSON.stringify(query), ask)
}

function Waiting<T>({ loaded, children }: { loaded: Loaded<T>; children: (value: T) => ComponentChildren }) {
  const { t } = useWords()
  if (loaded.failed) return <Fault text={t('couldNotLoad')} again={loaded.again} />
  if (loaded.value === null) return <Skeleton rows={3} shape="card" />
  return <div class={loaded.loading ? 'report stale' : 'report'}>{children(loaded.value)}</div>
}

function SitePicker({ site, onChange }: { site: SiteId | null; onChange: (site: SiteId | null) => void }) {
  const { t } = useWords()
  const sites = useDeskState((desk) => desk.sites)
  if (sites.length < 2) return null
  return (
    <select
      class="select"
      aria-label={t('site')}
      value={site ?? ''}
      onChange={(event) => onChange(siteIdIn(event.currentTarget.value))}
    >
      <option value="">{t('allSites')}</option>
      {sites.map((one) => (
        <option key={one.id} value={one.id}>
          {one.name}
        </option>
      ))}
    </select>
  )
}
