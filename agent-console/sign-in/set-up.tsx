import { useState } from 'preact/hooks'
import type { SignedInAgent } from '../../shared/agent.ts'
import type { Failure } from '../../shared/result.ts'
import { useSurroundings, useWords } from '../ui/context.tsx'
import { passwordLength, TextField } from '../ui/text-field.tsx'
import { Door } from './door.tsx'

interface SetUpProps {
  secret: string
  onSignedIn: (agent: SignedInAgent) => void
}

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
  const field = (name: keyof typeof owner) => ({
    value: owner[name],
    onChange: (value: string) => setOwner({ ...owner, [name]: value }),
    fault: error?.path === name ? t('fieldFault') : null,
  })
  return (
    <Door title={t('setUpTitle')} about={t('setUpAbout')}>
      <form class="form" onSubmit={(event) => void submit(event)}>
        <TextField of="name" label={t('name')} {...field('name')} />
        <TextField of="email" label={t('email')} {...field('email')} />
        <TextField
          of="newPassword"
          label={t('password')}
          hint={t('passwordHint', { n: passwordLength })}
          {...field('password')}
        />
        {error && (
          <p class="form-fault" role="alert">
            {t(faultText(error))}
          </p>
        )}
        <button type="submit" class="button primary large" disabled={busy}>
          {t('setUpButton')}
        </button>
      </form>
    </Door>
  )
}

const faultText = ({ code, path }: Failure) => {
  if (path) return 'fieldFault'
  return code === 'unavailable' || code === 'internal' ? 'serverUnreachable' : 'setUpRefused'
}
