import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { Calendar, CalendarDraft, Team, TeamDraft } from '../../shared/house.ts'
import type { Failure } from '../../shared/result.ts'
import { sayTimes } from '../../shared/triggers/words/hours.ts'
import { Hours } from '../conditions/hours.tsx'
import { everyPage } from '../connection/api.ts'
import { useDeskState, useSurroundings, useWords } from '../ui/context.tsx'
import { useLoaded } from '../ui/hooks.tsx'
import { Fault, Field, Skeleton } from '../ui/parts.tsx'
import { Toast } from '../ui/toast.tsx'
import type { TextKey, Words } from '../ui/words.ts'
import { NamedCard, NamedForm, NamedRow } from './named-card.tsx'
import { useRemoving } from './removing.tsx'

/** Who answers together, and at what hours. */
export const HouseSection = () => (
  <div class="settings">
    <Teams />
    <Calendars />
  </div>
)

interface Kind<Draft extends { name: string }> {
  path: string
  title: TextKey
  about: TextKey
  one: TextKey
  add: TextKey
  fresh: () => Draft
  say: (words: Words, draft: Draft) => string
  fields: (draft: Draft, onChange: (draft: Draft) => void) => ComponentChildren
}

function Teams() {
  const colleagues = useDeskState((desk) => desk.colleagues)
  const nameOf = new Map(colleagues.map(({ id, name }) => [id, name]))
  return (
    <Kept<TeamDraft, Team>
      path="/teams"
      title="teams"
      about="teamsAbout"
      one="team"
      add="addTeam"
      fresh={() => ({ name: '', agents: [] })}
      say={({ tag, t }, { agents }) =>
        agents.length === 0
          ? t('teamEmpty')
          : new Intl.ListFormat(tag).format(agents.map((id) => nameOf.get(id) ?? '?'))
      }
      fields={(draft, onChange) => <Members draft={draft} onChange={onChange} />}
    />
  )
}

function Members({ draft, onChange }: { draft: TeamDraft; onChange: (draft: TeamDraft) => void }) {
  const { t } = useWords()
  const colleagues = useDeskState((desk) => desk.colleagues)
  return (
    <fieldset class="members">
      <legend>{t('teamMembers')}</legend>
      {colleagues.map(({ id, name }) => (
        <label key={id} class="member">
          <input
            type="checkbox"
            checked={draft.agents.includes(id)}
            onChange={(event) =>
              onChange({
                ...draft,
                agents: event.currentTarget.checked
                  ? [...draft.agents, id]
                  : draft.agents.filter((one) => one !== id),
              })
            }
          />
          <bdi>{name}</bdi>
        </label>
      ))}
    </fieldset>
  )
}

const Calendars = () => (
  <Kept<CalendarDraft, Calendar>
    path="/calendars"
    title="calendars"
    about="calendarsAbout"
    one="calendar"
    add="addCalendar"
    fresh={() => ({
      name: '',
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      weekly: [{ days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' }],
    })}
    say={({ t, tag }, { weekly, timeZone }) =>
      weekly.length === 0
        ? t('aroundTheClock')
        : `${weekly.map((shift) => `\u2066${sayTimes(shift, tag)}\u2069`).join(' · ')} · \u2066${timeZone}\u2069`
    }
    fields={(draft, onChange) => <CalendarFields draft={draft} onChange={onChange} />}
  />
)

function CalendarFields({
  draft,
  onChange,
}: {
  draft: CalendarDraft
  onChange: (draft: CalendarDraft) => void
}) {
  const { t } = useWords()
  const zones = Intl.supportedValuesOf('timeZone')
  return (
    <>
      <Field label={t('timeZone')} hint={t('timeZoneHint')}>
        {(ids) => (
          <select
            {...ids}
            class="select"
            dir="ltr"
            value={draft.timeZone}
            onChange={(event) => onChange({ ...draft, timeZone: event.currentTarget.value })}
          >
            {[...new Set([draft.timeZone, 'UTC', ...zones])].map((zone) => (
              <option key={zone} value={zone}>
                {zone}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Hours value={draft} onChange={onChange} />
    </>
  )
}

type Editing<Draft> = { id: string | null; draft: Draft }

function Kept<Draft extends { name: string }, Item extends Draft & { id: string }>(kind: Kind<Draft>) {
  const words = useWords()
  const { t } = words
  const { api } = useSurroundings()
  const version = useDeskState((desk) => desk.workspaceVersion)
  const loaded = useLoaded(`${kind.path} ${version}`, () => everyPage<Item>(api, kind.path))
  const [editing, setEditing] = useState<Editing<Draft> | null>(null)
  const removing = useRemoving(kind.path, loaded.again)
  const done = () => {
    setEditing(null)
    removing.left()
    loaded.again()
  }
  if (loaded.value === null)
    return loaded.failed ? <Fault text={t('couldNotLoad')} again={loaded.again} /> : <Skeleton rows={2} />
  if (editing) return <KeptForm kind={kind} editing={editing} onChange={setEditing} onDone={done} />
  const { items } = loaded.value
  return (
    <NamedCard
      id={`${kind.title}-title`}
      title={t(kind.title)}
      about={t(kind.about)}
      add={t(kind.add)}
      returned={removing.gone}
      onAdd={() => setEditing({ id: null, draft: kind.fresh() })}
    >
      {items.length > 0 && (
        <ul class="accounts">
          {items.map((item) => (
            <NamedRow
              key={item.id}
              name={item.name}
              about={kind.say(words, item)}
              onEdit={() => setEditing({ id: item.id, draft: item })}
              onRemove={() => removing.remove(item)}
            />
          ))}
        </ul>
      )}
      <Toast done={removing.done} onGone={() => removing.say(null)} />
    </NamedCard>
  )
}

interface KeptFormProps<Draft extends { name: string }> {
  kind: Kind<Draft>
  editing: Editing<Draft>
  onChange: (editing: Editing<Draft>) => void
  onDone: () => void
}

function KeptForm<Draft extends { name: string }>({
  kind,
  editing: { id, draft },
  onChange,
  onDone,
}: KeptFormProps<Draft>) {
  const { t } = useWords()
  const { api } = useSurroundings()
  const [error, setError] = useState<Failure | null>(null)
  const put = (next: Draft) => onChange({ id, draft: next })
  const save = async () => {
    const { id: _, ...body }: Draft & { id?: string } = { ...draft, name: draft.name.trim() }
    const answer = id
      ? await api.send('PUT', `${kind.path}/${encodeURIComponent(id)}`, body)
      : await api.send('POST', kind.path, body)
    setError(answer.ok ? null : answer.error)
    if (answer.ok) onDone()
  }
  return (
    <NamedForm
      title={t(id ? kind.one : kind.add)}
      name={draft.name}
      onName={(name) => put({ ...draft, name })}
      error={error}
      onSave={save}
      onCancel={onDone}
    >
      {kind.fields(draft, put)}
    </NamedForm>
  )
}
