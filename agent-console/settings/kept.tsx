import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { Failure } from '../../shared/result.ts'
import { everyPage } from '../connection/api.ts'
import { useDeskState, useSurroundings, useWords } from '../ui/context.tsx'
import { useLoaded } from '../ui/hooks.tsx'
import { Fault, Skeleton } from '../ui/parts.tsx'
import { Toast } from '../ui/toast.tsx'
import type { TextKey, Words } from '../ui/words.ts'
import { NamedCard, NamedForm, NamedRow } from './named-card.tsx'
import { useRemoving } from './removing.tsx'

export interface Kind<Draft extends { name: string }> {
  path: string
  title: TextKey
  about: TextKey
  one: TextKey
  add: TextKey
  fresh: () => Draft
  say: (words: Words, draft: Draft) => string
  fields: (draft: Draft, onChange: (draft: Draft) => void) => ComponentChildren
}

type Editing<Draft> = { id: string | null; draft: Draft }

/** A list of things with names that the house keeps, and the form of one of them. */
export function Kept<Draft extends { name: string }, Item extends Draft & { id: string }>(kind: Kind<Draft>) {
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
