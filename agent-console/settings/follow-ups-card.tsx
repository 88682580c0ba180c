import { useState } from 'preact/hooks'
import type { FollowUpSettings } from '../../shared/follow-up.ts'
import { direction } from '../../shared/locale.ts'
import type { Failure } from '../../shared/result.ts'
import { useMayConfigure, useSurroundings, useWords } from '../ui/context.tsx'
import { useLoaded } from '../ui/hooks.tsx'
import { NumberInput } from '../ui/number-input.tsx'
import { Fault, Field, Skeleton } from '../ui/parts.tsx'
import type { TextKey } from '../ui/words.ts'
import { listedCauses, readCauses } from './cause-lines.ts'
import { SaveFault } from './named-card.tsx'
import { SaveFoot } from './save-foot.tsx'

/** When follow-ups are due, and what they may be called. */
export function FollowUpsCard() {
  const { t } = useWords()
  const { api } = useSurroundings()
  const held = useLoaded('settings', () => api.get<FollowUpSettings>('/follow-up-settings'))
  if (!held.value)
    return held.failed ? <Fault text={t('couldNotLoad')} again={held.again} /> : <Skeleton rows={2} />
  return <FollowUpsForm held={held.value} />
}

function FollowUpsForm({ held }: { held: FollowUpSettings }) {
  const { t, locale } = useWords()
  const { api } = useSurroundings()
  const mayConfigure = useMayConfigure()
  const [hours, setHours] = useState(held.hours)
  const [categories, setCategories] = useState(() => listedCauses(held.categories, locale))
  const [causes, setCauses] = useState(() => listedCauses(held.causes, locale))
  const [state, setState] = useState<'idle' | 'saving' | 'saved'>('idle')
  const [error, setError] = useState<Failure | null>(null)
  const save = async (event: Event) => {
    event.preventDefault()
    const fresh = {
      hours,
      categories: readCauses(categories, held.categories, locale),
      causes: readCauses(causes, held.causes, locale),
    }
    setState('saving')
    const answer = await api.send('PUT', '/follow-up-settings', fresh)
    setState(answer.ok ? 'saved' : 'idle')
    setError(answer.ok ? null : answer.error)
  }
  return (
    <form
      class="card form"
      aria-labelledby="follow-ups-title"
      onInput={() => setState('idle')}
      onSubmit={(event) => void save(event)}
    >
      <h2 id="follow-ups-title">{t('followUpSettings')}</h2>
      <p class="card-about">{t('followUpSettingsAbout')}</p>
      <Hours hours={hours} onChange={setHours} />
      <Lines label="followUpCategories" text={categories} onChange={setCategories} />
      <Lines label="followUpCauses" text={causes} onChange={setCauses} />
      {error && <SaveFault error={error} />}
      {mayConfigure && <SaveFoot state={state} />}
    </form>
  )
}

const Hours = ({ hours, onChange }: { hours: number; onChange: (hours: number) => void }) => (
  <Field label={useWords().t('followUpHours')}>
    {(ids) => (
      <NumberInput {...ids} range={[1, 8_760]} value={hours} onChange={(value = hours) => onChange(value)} />
    )}
  </Field>
)

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
