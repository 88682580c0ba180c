import { useState } from 'preact/hooks'
import * as v from 'valibot'
import { Role } from '../../shared/agent.ts'
import type { Failure } from '../../shared/result.ts'
import { useDeskState, useSurroundings, useWords } from '../ui/context.tsx'
import { Field } from '../ui/parts.tsx'
import type { TextKey } from '../ui/words.ts'

interface NewAgentProps {
  roleNames: Record<Role, TextKey>
  onAdded: () => void
  onCancel: () => void
}

const passwordLength = 10

export function NewAgent({ roleNames, onAdded, onCancel }: NewAgentProps) {
  const { t } = useWords()
  const { api } = useSurroundings()
  const me = useDeskState((desk) => desk.me)
  const [draft, setDraft] = useState({ name: '', email: '', password: '' })
  const [role, setRole] = useState<Role>('agent')
  const [error, setError] = useState<Failure | null>(null)
  const roles = Role.options.filter((one) => one !== 'owner' || me.role === 'owner')
  const change = (field: keyof typeof draft) => (event: { currentTarget: HTMLInputElement }) =>
    setDraft({ ...draft, [field]: event.currentTarget.value })
  const add = async (event: Event) => {
    event.preventDefault()
    const answer = await api.send('POST', '/agents', { ...draft, role })
    if (answer.ok) onAdded()
    else setError(answer.error)
  }
  return (
    <form class="card form" onSubmit={(event) => void add(event)}>
      <h2>{t('addAgent')}</h2>
      <div class="form-row">
        <Field label={t('name')}>
          {(ids) => (
            <input {...ids} class="input" dir="auto" required value={draft.name} onInput={change('name')} />
          )}
        </Field>
        <Field label={t('email')}>
          {(ids) => (
            <input
              {...ids}
              class="input"
              type="email"
              dir="ltr"
              required
              value={draft.email}
              onInput={change('email')}
            />
          )}
        </Field>
      </div>
      <div class="form-row">
        <Field label={t('firstPassword')} hint={t('passwordHint', { n: passwordLength })}>
          {(ids) => (
            <input
              {...ids}
              class="input"
              type="password"
              autoComplete="new-password"
              dir="ltr"
              minLength={passwordLength}
              required
              value={draft.password}
              onInput={change('password')}
            />
          )}
        </Field>
        <Field label={t('role')} hint={t('roleHint')}>
          {(ids) => (
            <select
              {...ids}
              class="select"
              value={role}
              onChange={(event) => setRole(v.parse(Role, event.currentTarget.value))}
            >
              {roles.map((one) => (
                <option key={one} value={one}>
                  {t(roleNames[one])}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
      {error && (
        <p class="form-fault" role="alert">
          {t(error.code === 'conflict' ? 'emailTaken' : 'notSaved')}
        </p>
      )}
      <div class="form-actions">
        <button type="button" class="button quiet" onClick={onCancel}>
          {t('cancel')}
        </button>
        <button type="submit" class="button primary">
          {t('addAgent')}
        </button>
      </div>
    </form>
  )
}
