import {
  type JourneySettings,
  type StageName,
  stageNames,
  usualChurnDays,
  usualStages,
} from '../../shared/metrics/journeys/stages.ts'
import type { Segment } from '../../shared/triggers/segments.ts'
import type { Site, SiteDraft } from '../../shared/workspace.ts'
import { everyPage } from '../connection/api.ts'
import { useDeskState, useSurroundings, useWords } from '../ui/context.tsx'
import { useLoaded } from '../ui/hooks.tsx'
import type { TextKey } from '../ui/words.ts'
import { useDraft } from './draft.tsx'
import { StageMarks } from './journey-marks.tsx'
import { ifUnchanged, SaveFault } from './named-card.tsx'
import { NumberField } from './number-field.tsx'
import type { ShownSite } from './which-site.tsx'

const stageTexts: Record<StageName, TextKey> = {
  ...{ aware: 'stageAware', consider: 'stageConsider', decide: 'stageDecide' },
  ...{ buy: 'stageBuy', use: 'stageUse', stay: 'stageStay' },
}

const draftOf = ({ journey }: ShownSite): JourneySettings => journey ?? { stages: usualStages }

/** Everything else of the site is sent back as it was read. */
function restOf(site: ShownSite): SiteDraft {
  const { id: _id, key: _key, createdAt: _at, journey: _journey, revision: _revision, ...rest } = site
  return rest
}

/** What counts as a stage of a site's journey, and when a customer is lost. */
export function JourneyCard({ site, onSaved }: { site: ShownSite; onSaved: () => void }) {
  const { t } = useWords()
  const found = useSegmentsOf(site)
  const segments = found ?? []
  const { api } = useSurroundings()
  const path = `/sites/${site.id}`
  const { draft, change, state, error, save } = useDraft({
    ...{ held: site, draftOf, onSaved },
    put: (one, since) =>
      api.send<ShownSite>('PUT', path + ifUnchanged(since.revision), {
        ...restOf(since),
        journey: withoutGone(one, found),
      }),
    now: () => api.get<ShownSite>(path),
  })
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
        <NumberField
          key={id}
          label={t('journeyChurnDays', { name })}
          hint={t('journeyChurnDaysHint')}
          range={[1, 366]}
          value={draft.churnDays?.[id] ?? usualChurnDays}
          onChange={(days) => change({ churnDays: { ...draft.churnDays, [id]: days } })}
        />
      ))}
      {error && <SaveFault error={error} />}
      <Foot state={state} onUsual={() => change({ stages: usualStages })} />
    </form>
  )
}

interface FootProps {
  state: 'idle' | 'saving' | 'saved'
  onUsual: () => void
}

function Foot({ state, onUsual }: FootProps) {
  const { t } = useWords()
  return (
    <div class="form-actions">
      <span role="status" class="quiet-words">
        {state === 'saved' && t('saved')}
      </span>
      <button type="button" class="button quiet" onClick={onUsual}>
        {t('journeyUsual')}
      </button>
      <button type="submit" class="button primary" disabled={state === 'saving'}>
        {t('save')}
      </button>
    </div>
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

/** Without the days of segments that were removed meanwhile, which would be refused. */
const withoutGone = (draft: JourneySettings, segments: readonly Segment[] | null): JourneySettings =>
  draft.churnDays && segments
    ? {
        ...draft,
        churnDays: Object.fromEntries(
          Object.entries(draft.churnDays).filter(([id]) => segments.some((one) => one.id === id)),
        ),
      }
    : draft
