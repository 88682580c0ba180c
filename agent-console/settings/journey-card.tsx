import { useState } from 'preact/hooks'
import {
  type JourneySettings,
  type StageName,
  stageNames,
  usualChurnDays,
  usualStages,
} from '../../shared/metrics/journeys/stages.ts'
import type { Failure } from '../../shared/result.ts'
import type { Segment } from '../../shared/triggers/segments.ts'
import type { Site } from '../../shared/workspace.ts'
import { everyPage } from '../connection/api.ts'
import { useDeskState, useSurroundings, useWords } from '../ui/context.tsx'
import { useLoaded } from '../ui/hooks.tsx'
import { NumberInput } from '../ui/number-input.tsx'
import { Field } from '../ui/parts.tsx'
import type { TextKey } from '../ui/words.ts'
import { StageMarks } from './journey-marks.tsx'

const stageTexts: Record<StageName, TextKey> = {
  ...{ aware: 'stageAware', consider: 'stageConsider', decide: 'stageDecide' },
  ...{ buy: 'stageBuy', use: 'stageUse', stay: 'stageStay' },
}

/** What counts as a stage of a site's journey, and when a customer is lost. */
export function JourneyCard({ site, onSaved }: { site: Site; onSaved: () => void }) {
  const { t } = useWords()
  const found = useSegmentsOf(site)
  const segments = found ?? []
  const { draft, change, state, error, save } = useJourneyDraft({ site, segments: found, onSaved })
  return (
    <form class="card form" aria-labelledby="journey-title" onSubmit={(event) => void save(event)}>
      <h2 id="journey-title">{t('journeySettings')}</h2>
      <p class="card-about">{t('journeySettingsAbout')}</p>
      {stageNames.map((stage) => (
        <StageMarks
          key={stage}
          name={t(stageTexts[stage])}
          marks={draft.stages[stage]}
          segments={segments}
          fault={error?.path?.startsWith(`journey.stages.${stage}`) ?? false}
          onChange={(marks) => change({ stages: { ...draft.stages, [stage]: marks } })}
        />
      ))}
      {segments.map(({ id, name }) => (
        <ChurnDays
          key={id}
          name={name}
          days={draft.churnDays?.[id] ?? usualChurnDays}
          onChange={(days) => change({ churnDays: { ...draft.churnDays, [id]: days } })}
        />
      ))}
      {error && (
        <p class="form-fault" role="alert">
          {t('notSaved')}
        </p>
      )}
      <div class="form-actions">
        <span role="status" class="quiet-words">
          {state === 'saved' && t('saved')}
        </span>
        <button type="button" class="button quiet" onClick={() => change({ stages: usualStages })}>
          {t('journeyUsual')}
        </button>
        <button type="submit" class="button primary" disabled={state === 'saving'}>
          {t('save')}
        </button>
      </div>
    </form>
  )
}

/** Null until they are known. */
function useSegmentsOf({ id }: Site): readonly Segment[] | null {
  const { api } = useSurroundings()
  const version = useDeskState((desk) => desk.workspaceVersion)
  const found = useLoaded(`segments ${id} ${version}`, () =>
    everyPage<Segment>(api, '/segments', { site: id }),
  )
  return found.value?.items ?? null
}

interface Drafting {
  site: Site
  segments: readonly Segment[] | null
  onSaved: () => void
}

/** Without the days of segments that were removed meanwhile, which would be refused. */
const withoutGone = (draft: JourneySettings, segments: Drafting['segments']): JourneySettings =>
  draft.churnDays && segments
    ? {
        ...draft,
        churnDays: Object.fromEntries(
          Object.entries(draft.churnDays).filter(([id]) => segments.some((one) => one.id === id)),
        ),
      }
    : draft

/** Everything else of the site is sent back as it was read. */
function useJourneyDraft({ site, segments, onSaved }: Drafting) {
  const { api } = useSurroundings()
  const [draft, setDraft] = useState<JourneySettings>(site.journey ?? { stages: usualStages })
  const [state, setState] = useState<'idle' | 'saving' | 'saved'>('idle')
  const [error, setError] = useState<Failure | null>(null)
  const change = (part: Partial<JourneySettings>) => {
    setDraft({ ...draft, ...part })
    setState('idle')
  }
  const save = async (event: Event) => {
    event.preventDefault()
    setState('saving')
    const { id, key: _, createdAt: __, ...rest } = site
    const answer = await api.send('PUT', `/sites/${id}`, {
      ...rest,
      journey: withoutGone(draft, segments),
    })
    setError(answer.ok ? null : answer.error)
    setState(answer.ok ? 'saved' : 'idle')
    if (answer.ok) onSaved()
  }
  return { draft, change, state, error, save }
}

interface ChurnProps {
  name: string
  days: number
  onChange: (days: number) => void
}

const ChurnDays = ({ name, days, onChange }: ChurnProps) => {
  const { t } = useWords()
  return (
    <Field label={t('journeyChurnDays', { name })} hint={t('journeyChurnDaysHint')}>
      {(ids) => (
        <NumberInput {...ids} range={[1, 366]} value={days} onChange={(value = days) => onChange(value)} />
      )}
    </Field>
  )
}
