import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Failure, Result } from '../../shared/result.ts'
import { useMayConfigure, useWords } from '../ui/context.tsx'
import { Icon } from '../ui/icons.tsx'
import { Field, IconButton } from '../ui/parts.tsx'
import { sayRefused } from './refused.tsx'

/** What is saved stands in for this alone, and for nothing that somebody else has made of it meanwhile. */
export const ifUnchanged = (revision: string | undefined, joint: '?' | '&' = '?'): string =>
  revision === undefined ? '' : `${joint}ifRevision=${encodeURIComponent(revision)}`

interface CardProps {
  id: string
  title: string
  about: string
  /** What stands on the button that adds one. */
  add: string
  /** How often what had the focus has gone, a form or a row: the keyboard goes on from here. */
  returned: number
  onAdd: () => void
  children: ComponentChildren
}

/** A list of things with names, and the button to add one. */
export function NamedCard({ id, title, about, add, returned, onAdd, children }: CardProps) {
  const mayConfigure = useMayConfigure()
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (returned > 0) button.current?.focus()
  }, [returned])
  return (
    <section class="card" aria-labelledby={id}>
      <header class="card-head">
        <h2 id={id}>{title}</h2>
        {mayConfigure && (
          <button ref={button} type="button" class="button" onClick={onAdd}>
            <Icon name="plus" size={18} />
            {add}
          </button>
        )}
      </header>
      <p class="card-about">{about}</p>
      {children}
    </section>
  )
}

interface RowProps {
  name: string
  about: ComponentChildren
  aside?: ComponentChildren
  onEdit: () => void
  onRemove: () => Promise<Result<unknown>>
}

/** One of them. What still asks for it is named by the server when it cannot go. */
export function NamedRow({ name, about, aside, onEdit, onRemove }: RowProps) {
  const words = useWords()
  const { t } = words
  const mayConfigure = useMayConfigure()
  const [fault, setFault] = useState<Failure | null>(null)
  const remove = async () => {
    const answer = await onRemove()
    setFault(answer.ok ? null : answer.error)
  }
  return (
    <li class="named">
      <div class="named-words">
        <p class="account-name">
          <bdi>{name}</bdi>
          {aside}
        </p>
        <p class="quiet-words">{about}</p>
        {fault && (
          <p class="inline-fault" role="alert">
            {sayRefused(words, fault)}
          </p>
        )}
      </div>
      {mayConfigure && (
        <span class="named-acts">
          <IconButton icon="pencil" label={t('editName', { name })} onClick={onEdit} />
          <IconButton icon="trash" label={t('removeName', { name })} onClick={() => void remove()} />
        </span>
      )}
    </li>
  )
}

interface FormProps {
  title: string
  name: string
  onName: (name: string) => void
  error: Failure | null
  onSave: () => Promise<void>
  onCancel: () => void
  children: ComponentChildren
}

/** The form of one of them: its name, and what it is made of. */
export function NamedForm({ title, name, onName, error, onSave, onCancel, children }: FormProps) {
  const { t } = useWords()
  const first = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState(false)
  useEffect(() => first.current?.focus(), [])
  const save = async (event: Event) => {
    event.preventDefault()
    setBusy(true)
    await onSave()
    setBusy(false)
  }
  return (
    <form class="card form" onSubmit={(event) => void save(event)}>
      <h2>{title}</h2>
      <Field label={t('name')}>
        {(ids) => (
          <input
            {...ids}
            ref={first}
            class="input"
            dir="auto"
            required
            maxLength={60}
            value={name}
            onInput={(event) => onName(event.currentTarget.value)}
          />
        )}
      </Field>
      {children}
      {error && <SaveFault error={error} />}
      <div class="form-actions">
        <button type="button" class="button quiet" onClick={onCancel}>
          {t('cancel')}
        </button>
        <button type="submit" class="button primary" disabled={busy}>
          {t('save')}
        </button>
      </div>
    </form>
  )
}

/** What is wrong with a condition stands at the condition besides. */
export function SaveFault({ error }: { error: Failure }) {
  const words = useWords()
  return (
    <p class="form-fault" role="alert">
      {words.t('notSaved')} {sayRefused(words, error)}
    </p>
  )
}
