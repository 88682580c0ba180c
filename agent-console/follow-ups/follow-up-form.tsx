import { useState } from 'preact/hooks'
import {
  type FollowUpPatch,
  type FollowUpSettings,
  isOverdue,
  type NamedCause,
  type ToldFollowUp,
} from '../../shared/follow-up.ts'
import { day } from '../../shared/limits.ts'
import { localText } from '../../shared/locale.ts'
import { agentIdIn } from '../state/ids.ts'
import { useDesk, useDeskState, useMayWrite, useSurroundings, useWords } from '../ui/context.tsx'
import { dayAndTime } from '../ui/format.ts'
import { useNow } from '../ui/hooks.tsx'
import { once } from '../ui/once.ts'
import type { TextKey } from '../ui/words.ts'

interface FormProps {
  followUp: ToldFollowUp
  settings: FollowUpSettings
}

/** What is said of one follow-up, each kept as soon as it is said. */
export function FollowUpForm({ followUp, settings }: FormProps) {
  const { t } = useWords()
  const { api } = useSurroundings()
  const { followUps } = useDesk()
  const mayWrite = useMayWrite()
  const [failed, setFailed] = useState(false)
  const change = async (patch: Change) => {
    const { id } = followUp
    const before = followUps.heard.get().get(id)
    const answer = await api.send<ToldFollowUp>('PATCH', `/follow-ups/${id}`, patch)
    setFailed(!answer.ok)
    if (answer.ok) followUps.answered(id, before, answer.value)
  }
  const done = followUp.doneAt !== null
  return (
    <fieldset class="follow-up-form" disabled={!mayWrite}>
      <Owner followUp={followUp} change={change} />
      <Choice
        name="followUpCategory"
        all={settings.categories}
        value={followUp.category}
        onChange={(category) => void change({ category })}
      />
      <Choice
        name="followUpCause"
        all={settings.causes}
        value={followUp.cause}
        onChange={(cause) => void change({ cause })}
      />
      {!done && <MoreTime change={change} />}
      <input
        class="input"
        dir="auto"
        aria-label={t('followUpNote')}
        placeholder={t('followUpNote')}
        defaultValue={followUp.note}
        onChange={(event) => void change({ note: event.currentTarget.value })}
      />
      <button type="button" class="button" onClick={once(() => void change({ done: !done }))}>
        {t(done ? 'followUpReopen' : 'followUpDone')}
      </button>
      {failed && (
        <span class="inline-fault" role="alert">
          {t('notDone')}
        </span>
      )}
    </fieldset>
  )
}

/** As it goes over HTTP. */
type Change = Omit<FollowUpPatch, 'dueAt'> & { dueAt?: string }

/** Due so many days from now. */
function MoreTime({ change }: Pick<OwnerProps, 'change'>) {
  const { t, tag } = useWords()
  const { now } = useDesk()
  const says = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' })
  return (
    <select
      class="select"
      aria-label={t('followUpMoreTime')}
      value=""
      onChange={({ currentTarget: chosen }) => {
        const dueAt = new Date(now() + Number(chosen.value) * day).toISOString()
        chosen.value = ''
        void change({ dueAt })
      }}
    >
      <option value="">{t('followUpMoreTime')}</option>
      {[1, 3, 7].map((days) => (
        <option key={days} value={days}>
          {says.format(days, 'day')}
        </option>
      ))}
    </select>
  )
}

interface OwnerProps {
  followUp: ToldFollowUp
  change: (patch: Change) => Promise<void>
}

function Owner({ followUp, change }: OwnerProps) {
  const { t } = useWords()
  const me = useDeskState((desk) => desk.me)
  const colleagues = useDeskState((desk) => desk.colleagues)
  const others = colleagues.filter(({ id, role }) => id !== me.id && role !== 'viewer')
  return (
    <select
      class="select"
      aria-label={t('owner')}
      value={followUp.ownerId ?? ''}
      onChange={(event) => void change({ ownerId: agentIdIn(event.currentTarget.value) })}
    >
      <option value="">{t('nobody')}</option>
      <option value={me.id}>{t('ownerYou', { name: me.name })}</option>
      {others.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  )
}

interface ChoiceProps {
  name: TextKey
  all: readonly NamedCause[]
  value: string | null
  onChange: (value: string | null) => void
}

function Choice({ name, all, value, onChange }: ChoiceProps) {
  const { t, locale } = useWords()
  const isGone = value !== null && !all.some(({ id }) => id === value)
  return (
    <select
      class="select"
      aria-label={t(name)}
      value={value ?? ''}
      onChange={(event) => onChange(event.currentTarget.value || null)}
    >
      <option value="">{t(name)}</option>
      {isGone && <option value={value}>{value}</option>}
      {all.map((one) => (
        <option key={one.id} value={one.id}>
          {localText(one.name, locale)}
        </option>
      ))}
    </select>
  )
}

/** Where it stands, in words and not by colour alone. */
export function FollowUpState({ followUp }: { followUp: ToldFollowUp }) {
  const words = useWords()
  const now = useNow(useDesk().now, 10_000)
  const { doneAt, dueAt, why } = followUp
  const overdue = isOverdue(followUp, now)
  const when = dayAndTime(words, doneAt ?? dueAt)
  const state: TextKey = doneAt !== null ? 'followUpDoneAt' : overdue ? 'followUpOverdue' : 'followUpDue'
  return (
    <p class={overdue ? 'follow-up-state overdue' : 'follow-up-state'}>
      <span>{words.t(why === 'rating' ? 'followUpRating' : 'followUpComplaint')}</span>
      {' · '}
      <time dateTime={new Date(doneAt ?? dueAt).toISOString()}>{words.t(state, { when })}</time>
    </p>
  )
}
