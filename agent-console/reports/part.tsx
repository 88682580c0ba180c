import type { ComponentChildren } from 'preact'
import type { Agents } from '../../shared/metrics/agents.ts'
import type { Overview } from '../../shared/metrics/overview.ts'
import type { ProactiveOutcomes } from '../../shared/metrics/proactive.ts'
import type { SatisfactionReport } from '../../shared/metrics/satisfaction.ts'
import type { StaffedHour } from '../../shared/metrics/staffing.ts'
import type { Volume } from '../../shared/metrics/volume.ts'
import type { Result } from '../../shared/result.ts'
import { reportFilters } from '../state/report-view.ts'
import { useSurroundings, useWords } from '../ui/context.tsx'
import { type Loaded, useLoaded } from '../ui/hooks.tsx'
import { Fault, Skeleton } from '../ui/parts.tsx'
import { AgentsSection } from './agents-section.tsx'
import type { Compared, JourneysReport, ResponseTimes } from './answers.ts'
import { Comments } from './comments.tsx'
import { ComparedWith } from './compared-with.tsx'
import { Files } from './files.tsx'
import { JourneysSection } from './journeys-section.tsx'
import { NotApplied } from './not-applied.tsx'
import { OverviewSection } from './overview.tsx'
import { ProactiveSection } from './proactive-section.tsx'
import { ofInvitations, partOf } from './report-query.ts'
import { useScope } from './report-scope.tsx'
import { ResponseSection } from './response-section.tsx'
import { SatisfactionSection } from './satisfaction-section.tsx'
import { StaffingSection } from './staffing-section.tsx'
import { Turns } from './turns.tsx'
import { VolumeSection } from './volume-section.tsx'

/** The section that is looked at; what another one needs is not asked for. */
export function Part() {
  const { view } = useScope()
  const { t } = useWords()
  return (
    <div class="reports">
      {view.segment !== undefined && (
        <p class="reports-clock">{t(view.part === 'proactive' ? 'segmentOutcomes' : 'segmentReport')}</p>
      )}
      <Section key={view.part} />
    </div>
  )
}

function Section() {
  switch (partOf(useScope().view)) {
    case 'overview':
      return <OverviewPart />
    case 'responses':
      return <ResponsePart />
    case 'satisfaction':
      return <SatisfactionPart />
    case 'volume':
      return <VolumePart />
    case 'staffing':
      return <StaffingPart />
    case 'agents':
      return <AgentsPart />
    case 'journeys':
      return <JourneysPart />
    case 'proactive':
      return <ProactivePart />
    case 'turns':
      return <Turns />
  }
}

const OverviewPart = () => (
  <Waiting loaded={useReport<Compared<Overview>>('overview')}>
    {(report) => <OverviewSection report={report} />}
  </Waiting>
)

const ResponsePart = () => (
  <Waiting loaded={useReport<ResponseTimes>('response-times')}>
    {(report) => <ResponseSection report={report} />}
  </Waiting>
)

const SatisfactionPart = () => (
  <Waiting loaded={useReport<Compared<SatisfactionReport>>('satisfaction')}>
    {(report) => (
      <>
        <SatisfactionSection report={report} />
        <Comments comments={report.comments} />
        <Files report="satisfaction" />
      </>
    )}
  </Waiting>
)

const VolumePart = () => (
  <Waiting loaded={useReport<Compared<Volume>>('volume')}>
    {(report) => <VolumeSection report={report} />}
  </Waiting>
)

const StaffingPart = () => (
  <Waiting loaded={useReport<{ hours: StaffedHour[] }>('staffing')}>
    {({ hours }) => <StaffingSection hours={hours} />}
  </Waiting>
)

const AgentsPart = () => (
  <Waiting loaded={useReport<Compared<Agents>>('agents')}>
    {({ agents, before }) => <AgentsSection agents={agents} before={before?.agents} />}
  </Waiting>
)

const JourneysPart = () => (
  <Waiting loaded={useReport<JourneysReport>('journeys')}>
    {(report) => <JourneysSection report={report} />}
  </Waiting>
)

function ProactivePart() {
  const { query: whole, view } = useScope()
  const { from, to, site, segment, timeZone } = whole
  const query = { from, to, site, timeZone, ...(segment === undefined ? {} : { segment }) }
  const notApplied = reportFilters.filter((name) => view[name] !== undefined && !ofInvitations.includes(name))
  const { api } = useSurroundings()
  const loaded = useLoaded(JSON.stringify(query), () =>
    api.get<ProactiveOutcomes>('/reports/proactive', query),
  )
  return (
    <>
      <NotApplied names={notApplied} why="proactiveNotApplied" />
      <Waiting loaded={loaded}>{(report) => <ProactiveSection report={report} query={query} />}</Waiting>
    </>
  )
}

function useReport<Report>(name: string): Loaded<Report> {
  const { api } = useSurroundings()
  const { query } = useScope()
  const ask = (): Promise<Result<Report>> => api.get<Report>(`/reports/${name}`, { ...query })
  return useLoaded(name + JSON.stringify(query), ask)
}

interface WaitingProps<T> {
  loaded: Loaded<T>
  children: (value: T) => ComponentChildren
}

/** Where a report is compared it says with which days. */
function Waiting<T extends object>({ loaded, children }: WaitingProps<T>) {
  const { t } = useWords()
  if (loaded.failed) return <Fault text={t('couldNotLoad')} again={loaded.again} />
  if (loaded.value === null) return <Skeleton rows={3} shape="card" />
  return (
    <div class={loaded.loading ? 'report stale' : 'report'}>
      <ComparedWith report={loaded.value} />
      {children(loaded.value)}
    </div>
  )
}
