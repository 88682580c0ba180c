import { useState } from 'preact/hooks'
import * as v from 'valibot'
import { Role } from '../../shared/agent.ts'
import type { Failure } from '../../shared/result.ts'
import { useDeskState, useSurroundings, useWords } from '../ui/context.tsx'
import { Field } from '../ui/parts.tsx'
import { passwordLength, TextField } from '../ui/text-field.tsx'
import { roleNames } from './roles.ts'

interface NewAgentProps {
  onAdded: () => void
  onCancel: () => void
}

export function NewAgent({ onAdded, onCancel }: NewAgentProps) {
  const { t } = useWords()
  const { api } = useSurroundings()
  const [draft, setDraft] = useState({ name: '', email: '', password: '' })
  const [role, setRole] = useState<Role>('agent')
  const [error, setError] = useState<Failure | null>(null)
  const field = (name: keyof typeof draft) => ({
    value: draft[name],
    onChange: (value: string) => setDraft({ ...draft, [name]: value }),
  })
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
        <TextField of="name" label={t('name')} {...field('name')} />
        <TextField of="email" label={t('email')} {...field('email')} />
      </div>
      <div class="form-row">
        <TextField
          of="newPassword"
          label={t('firstPassword')}
          hint={t('passwordHint', { n: passwordLength })}
          {...field('password')}
        />
        <RoleField role={role} onChange={setRole} />
      </div>
      {error && (
        <p class="form-fault" role="alert">
          {t(error.code === 'conflict' ? 'emailTaken' : 'notSaved')}
        </p>
      )}
      <Buttons onCancel={onCancel} />
    </form>
  )
}

function RoleField({ role, onChange }: { role: Role; onChange: (role: Role) => void }) {
  const { t } = useWords()
  const me = useDeskState((desk) => desk.me)
  const roles = Role.options.filter((one) => one !== 'owner' || me.role === 'owner')
  return (
    <Field label={t('role')} hint={t('roleHint')}>
      {(ids) => (
        <select
          {...ids}
          class="select"
          value={role}
          onChange={(event) => onChange(v.parse(Role, event.currentTarget.value))}
        >
          {roles.map((one) => (
            <option key={one} value={one}>
              {t(roleNames[one])}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

function Buttons({ onCancel }: { onCancel: () => void }) {
  const { t } = useWords()
  return (
    <div class="form-actions">
      <button type="button" class="button quiet" onClick={onCancel}>
        {t('cancel')}
      </button>
      <button type="submit" class="button primary">
        {t('addAgent')}
      </button>
    </div>
  )
}
