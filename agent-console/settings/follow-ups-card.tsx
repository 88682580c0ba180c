import type { FollowUpSettings } from '../../shared/follow-up.ts'
import { direction } from '../../shared/locale.ts'
import { useDeskState, useMayConfigure, useSurroundings, useWords } from '../ui/context.tsx'
import { useLoaded } from '../ui/hooks.tsx'
import { Fault, Field, Skeleton } from '../ui/parts.tsx'
import type { TextKey } from '../ui/words.ts'
import { listedCauses, readCauses } from './cause-lines.ts'
import { useDraft } from './draft.tsx'
import { ifUnchanged, SaveFault } from './named-card.tsx'
import { NumberField } from './number-field.tsx'
import { SaveFoot } from './save-foot.tsx'

type Held = FollowUpSettings & { revision?: string }

const path = '/follow-up-settings'

/** When follow-ups are due, and what they may be called. */
export function FollowUpsCard() {
  const { t } = useWords()
  const { api } = useSurroundings()
  const version = useDeskState((desk) => desk.workspaceVersion)
  const held = useLoaded(`${version}`, () => api.get<Held>(path))
  if (!held.value)
    return held.failed ? <Fault text={t('couldNotLoad')} again={held.again} /> : <Skeleton rows={2} />
  return <FollowUpsForm held={held.value} />
}

function FollowUpsForm({ held }: { held: Held }) {
  const { t, locale } = useWords()
  const { api } = useSurroundings()
  const mayConfigure = useMayConfigure()
  const { draft, change, state, error, save } = useDraft({
    held,
    draftOf: (one) => ({
      hours: one.hours,
      categories: listedCauses(one.categories, locale),
      causes: listedCauses(one.causes, locale),
    }),
    put: ({ hours, categories, causes }, since) => {
      const written = { locale, now: Date.now() }
      return api.send<Held>('PUT', path + ifUnchanged(since.revision), {
        hours,
        categories: readCauses({ ...written, text: categories, held: since.categories }),
        causes: readCauses({ ...written, text: causes, held: since.causes }),
      })
    },
    now: () => api.get<Held>(path),
  })
  return (
    <form class="card form" aria-labelledby="follow-ups-title" onSubmit={(event) => void save(event)}>
      <h2 id="follow-ups-title">{t('followUpSettings')}</h2>
      <p class="card-about">{t('followUpSettingsAbout')}</p>
      <NumberField
        label={t('followUpHours')}
        range={[1, 8_760]}
        value={draft.hours}
        onChange={(hours) => change({ hours })}
      />
      <Lines
        label="followUpCategories"
        text={draft.categories}
        onChange={(categories) => change({ categories })}
      />
      <Lines label="followUpCauses" text={draft.causes} onChange={(causes) => change({ causes })} />
      {error && <SaveFault error={error} />}
      {mayConfigure && <SaveFoot state={state} />}
    </form>
  )
}

interface LinesProps {
  label: TextKey
  text: string
  onChange: (text: string) => void
}

function Lines({ label, text, onChange }: LinesProps) {
  const { t, locale } = useWords()
  return (
    <Field label={t(label)} hint={t('namedHint')}>
      {(ids) => (
        <textarea
          {...ids}
          class="input"
          rows={6}
          dir={direction(locale)}
          value={text}
          onInput={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </Field>
  )
}
