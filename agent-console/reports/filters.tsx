import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { locales } from '../../shared/locale.ts'
import { everyPage } from '../connection/api.ts'
import { agentIdIn, siteIdIn } from '../state/ids.ts'
import { type ReportFilter, type ReportView, reportFilters } from '../state/report-view.ts'
import { useDeskState, useSurroundings, useWords } from '../ui/context.tsx'
import { useLoaded } from '../ui/hooks.tsx'
import { languageOf } from '../ui/language-names.ts'
import type { TextKey } from '../ui/words.ts'
import { filterNames } from './not-applied.tsx'
import type { SegmentsThere } from './segments-there.tsx'

interface Named {
  id: string
  name: string
}

interface FiltersProps {
  view: ReportView
  segments: SegmentsThere
  shown: readonly ReportFilter[]
  onChange: (change: ReportView) => void
}

/** Whose waits are counted. */
export function Filters({ view, segments, shown, onChange }: FiltersProps) {
  const { t } = useWords()
  const offers = useOffers(segments)
  const none = Object.fromEntries(reportFilters.map((name) => [name, undefined]))
  return (
    <div class="report-filters">
      {reportFilters
        .filter((name) => shown.includes(name))
        .map((name) =>
          name === 'page' ? (
            <PageFilter key={name} value={view.page} onChange={(page) => onChange({ page })} />
          ) : (
            <Picked
              key={name}
              label={filterNames[name]}
              any={anything[name]}
              value={view[name]}
              offers={offers[name]}
              onChange={(value) => onChange(changeOf(name, value))}
            />
          ),
        )}
      {reportFilters.some((name) => view[name] !== undefined) && (
        <button type="button" class="button quiet" onClick={() => onChange(none)}>
          {t('clearFilters')}
        </button>
      )}
    </div>
  )
}

type Choosable = Exclude<ReportFilter, 'page'>

const anything: Record<Choosable, TextKey> = {
  site: 'allSites',
  team: 'allTeams',
  agent: 'allAgents',
  segment: 'anySegment',
  language: 'anyLanguage',
  device: 'anyDevice',
  proactive: 'proactiveOrNot',
}

/** A segment belongs to a site, so that another site leaves it behind. */
function changeOf(name: Choosable, value: string): ReportView {
  switch (name) {
    case 'site':
      return { site: siteIdIn(value) ?? undefined, segment: undefined }
    case 'agent':
      return { agent: agentIdIn(value) ?? undefined }
    case 'device':
      return { device: value === 'desktop' || value === 'phone' ? value : undefined }
    case 'proactive':
      return { proactive: value === 'yes' || value === 'no' ? value : undefined }
    default:
      return { [name]: value || undefined }
  }
}

function useOffers({ segments }: SegmentsThere): Record<Choosable, readonly Named[]> {
  const words = useWords()
  const { t } = words
  const { api } = useSurroundings()
  const { sites, colleagues, version } = {
    sites: useDeskState((desk) => desk.sites),
    colleagues: useDeskState((desk) => desk.colleagues),
    version: useDeskState((desk) => desk.workspaceVersion),
  }
  const teams = useLoaded(`teams ${version}`, () => everyPage<Named>(api, '/teams'))
  return {
    site: sites.length > 1 ? sites : [],
    team: teams.value?.items ?? [],
    agent: colleagues,
    segment: segments,
    language: languages.map((id) => ({ id, name: languageOf(words, id) })),
    device: [
      { id: 'desktop', name: t('desktop') },
      { id: 'phone', name: t('phone') },
    ],
    proactive: [
      { id: 'yes', name: t('proactiveYes') },
      { id: 'no', name: t('proactiveNo') },
    ],
  }
}

/** Those of the product first, then what else visitors of a shop are likely to speak. */
const languages = [
  ...locales,
  'ckb',
  'de',
  'es',
  'fr',
  'hi',
  'it',
  'ja',
  'ko',
  'nl',
  'pt',
  'ru',
  'tr',
  'ur',
  'zh',
]

interface PickedProps {
  label: TextKey
  any: TextKey
  value: string | undefined
  offers: readonly Named[]
  onChange: (value: string) => void
}

function Picked({ label, any, value, offers, onChange }: PickedProps): ComponentChildren {
  const { t } = useWords()
  // What stands in the address but is offered no more is shown as it is called there.
  const gone = value !== undefined && !offers.some(({ id }) => id === value)
  if (offers.length < 1 && value === undefined) return null
  return (
    <select
      class={value === undefined ? 'select' : 'select chosen'}
      aria-label={t(label)}
      value={value ?? ''}
      onChange={(event) => onChange(event.currentTarget.value)}
    >
      <option value="">{t(any)}</option>
      {gone && <option value={value}>{value}</option>}
      {offers.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  )
}

/** Asked for once it is written: every report is work. */
function PageFilter({
  value = '',
  onChange,
}: {
  value: string | undefined
  onChange: (page?: string) => void
}) {
  const { t } = useWords()
  const [text, setText] = useState(value)
  useEffect(() => setText(value), [value])
  const take = () => {
    const path = text.trim().replace(/^(?=[^/])/, '/')
    if (path !== value) onChange(path || undefined)
  }
  return (
    <input
      class={value ? 'input chosen' : 'input'}
      dir="ltr"
      aria-label={t('filterPagePrefix')}
      placeholder="/pricing"
      value={text}
      onInput={(event) => setText(event.currentTarget.value)}
      onBlur={take}
      onKeyDown={(event) => event.key === 'Enter' && take()}
    />
  )
}
