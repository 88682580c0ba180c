import { useState } from 'preact/hooks'
import {
  type ReportClock,
  type ReportFilter,
  type ReportPart,
  type ReportView,
  reportClocks,
  reportFilters,
} from '../state/report-view.ts'
import { useWords } from '../ui/context.tsx'
import { figure } from '../ui/format.ts'
import { Icon } from '../ui/icons.tsx'
import { Choices } from '../ui/parts.tsx'
import type { TextKey } from '../ui/words.ts'
import { Filters } from './filters.tsx'
import type { Reader } from './period.ts'
import { PeriodPicker } from './period-picker.tsx'
import { ofInvitations, partOf } from './report-query.ts'
import { go } from './report-scope.tsx'
import type { SegmentsThere } from './segments-there.tsx'

const clockNames: Record<ReportClock, { name: TextKey; about: TextKey }> = {
  wall: { name: 'clockWall', about: 'clockWallAbout' },
  business: { name: 'clockBusiness', about: 'clockBusinessAbout' },
  staffed: { name: 'clockStaffed', about: 'clockStaffedAbout' },
}

/** Where a figure depends on the clock, and where there is one of the period before. */
const clocked: readonly ReportPart[] = ['overview', 'responses', 'agents', 'turns']
const comparing: readonly ReportPart[] = [
  'overview',
  'responses',
  'satisfaction',
  'volume',
  'agents',
  'journeys',
]

/** What narrows a section: a visit knows neither team nor agent. What else stands in the address stays in sight. */
const ofVisits: readonly ReportFilter[] = ['site', 'segment', 'language', 'device', 'page']
const offered: Partial<Record<ReportPart, readonly ReportFilter[]>> = {
  journeys: ofVisits,
  proactive: ofInvitations,
}
const offeredOf = (part: ReportPart): readonly ReportFilter[] => offered[part] ?? reportFilters

interface BarProps {
  view: ReportView
  reader: Reader
  segments: SegmentsThere
}

/** One place for what all reports are asked for. */
export function FilterBar({ view, reader, segments }: BarProps) {
  const { t } = useWords()
  const change = (more: ReportView) => go({ ...view, ...more })
  const [open, setOpen] = useState(false)
  const part = partOf(view)
  const isClocked = clocked.includes(part)
  const active = reportFilters.filter((name) => view[name] !== undefined)
  return (
    <search class="report-bar" aria-label={t('reportFilters')}>
      <div class="report-bar-row">
        <PeriodPicker view={view} reader={reader} onChange={change} />
        {comparing.includes(part) && (
          <button
            type="button"
            class="chip"
            aria-pressed={view.compare !== undefined}
            onClick={() => change({ compare: view.compare ? undefined : 'previous' })}
          >
            {t('comparePrevious')}
          </button>
        )}
        {isClocked && <ClockChoice clock={view.clock ?? 'wall'} onChange={change} />}
        <FilterButton count={active.length} open={open} onPress={() => setOpen(!open)} />
      </div>
      {(open || active.length > 0) && (
        <Filters
          view={view}
          segments={segments}
          /* Closed, those in use stay in sight: nobody should wonder why a figure is small. */
          shown={open ? offeredOf(part) : active}
          onChange={change}
        />
      )}
      {isClocked && <p class="field-hint">{t(clockNames[view.clock ?? 'wall'].about)}</p>}
    </search>
  )
}

const ClockChoice = ({ clock, onChange }: { clock: ReportClock; onChange: (more: ReportView) => void }) => {
  const { t } = useWords()
  return (
    <Choices
      name={t('clock')}
      value={clock}
      onChange={(one) => onChange({ clock: one === 'wall' ? undefined : one })}
      choices={reportClocks.map((value) => ({ value, label: t(clockNames[value].name) }))}
    />
  )
}

const FilterButton = ({ count, open, onPress }: { count: number; open: boolean; onPress: () => void }) => {
  const words = useWords()
  return (
    <button type="button" class="button" aria-expanded={open} onClick={onPress}>
      {words.t('filters')}
      {count > 0 && <span class="chip-count">{figure(words, count)}</span>}
      <Icon name="down" size={16} />
    </button>
  )
}
