import { useState } from 'preact/hooks'
import type { SignedInAgent } from '../../shared/agent.ts'
import type { Failure } from '../../shared/result.ts'
import { useSurroundings, useWords } from '../ui/context.tsx'
import { Field } from '../ui/parts.tsx'
import { Door } from './door.tsx'

interface SetUpProps {
  secret: string
  onSignedIn: (agent: SignedInAgent) => void
}

const passwordLength = 10

/** The first owner makes their account; the address holds the secret and works once. */
export function SetUp({ secret, onSignedIn }: SetUpProps) {
  const { t } = useWords()
  const { api } = useSurroundings()
  const [owner, setOwner] = useState({ name: '', email: '', password: '' })
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<Failure | null>(null)
  const submit = async (event: Event) => {
    event.preventDefault()
    setBusy(true)
    const answer = await api.send<{ agent: SignedInAgent }>('POST', '/setup', { secret, ...owner })
    setBusy(false)
    if (answer.ok) onSignedIn(answer.value.agent)
    else setError(answer.error)
  }
  const change = (field: keyof typeof owner) => (event: { currentTarget: HTMLInputElement }) =>
    setOwner({ ...owner, [field]: event.currentTarget.value })
  const faultIn = (field: string) => (error?.path === field ? t('fieldFault') : null)
  return (
    <Door title={t('setUpTitle')} about={t('setUpAbout')}>
      <form class="form" onSubmit={(event) => void submit(event)}>
        <Field label={t('name')} fault={faultIn('name')}>
          {(ids) => (
            <input
              {...ids}
              class="input"
              dir="auto"
              autoComplete="name"
              required
              value={owner.name}
              onInput={change('name')}
            />
          )}
        </Field>
        <Field label={t('email')} fault={faultIn('email')}>
          {(ids) => (
            <input
              {...ids}
              class="input"
              type="email"
              dir="ltr"
              autoComplete="username"
              required
              value={owner.email}
              onInput={change('email')}
            />
          )}
        </Field>
        <Field
          label={t('password')}
          hint={t('passwordHint', { n: passwordLength })}
          fault={faultIn('password')}
        >
          {(ids) => (
            <input
              {...ids}
              class="input"
              type="password"
              dir="ltr"
              autoComplete="new-password"
              minLength={passwordLength}
              required
              value={owner.password}
              onInput={change('password')}
            />
          )}
        </Field>
        {error && !error.path && (
          <p class="form-fault" role="alert">
            {t(error.code === 'unavailable' ? 'serverUnreachable' : 'setUpRefused')}
          </p>
        )}
        <button type="submit" class="button primary large" disabled={busy}>
          {t('setUpButton')}
        </button>
      </form>
    </Door>
  )
}
