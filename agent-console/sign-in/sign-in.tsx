import { useState } from 'preact/hooks'
import type { SignedInAgent } from '../../shared/agent.ts'
import type { Failure } from '../../shared/result.ts'
import { useSurroundings, useWords } from '../ui/context.tsx'
import { roughly } from '../ui/format.ts'
import { TextField } from '../ui/text-field.tsx'
import type { Words } from '../ui/words.ts'
import { Door } from './door.tsx'

interface SignInProps {
  /** The session has ended while somebody was at work. */
  ended: boolean
  /** Replies that wait for them. */
  waiting: number
  onSignedIn: (agent: SignedInAgent) => void
}

export function SignIn({ ended, waiting, onSignedIn }: SignInProps) {
  const words = useWords()
  const { api } = useSurroundings()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<Failure | null>(null)
  const { t } = words
  const submit = async (event: Event) => {
    event.preventDefault()
    setBusy(true)
    const answer = await api.send<{ agent: SignedInAgent }>('POST', '/session', { email, password })
    setBusy(false)
    if (answer.ok) onSignedIn(answer.value.agent)
    else setError(answer.error)
  }
  return (
    <Door title={t('signInTitle')} about={ended ? t('sessionEnded') : t('signInAbout')}>
      <form class="form" onSubmit={(event) => void submit(event)}>
        <TextField of="email" label={t('email')} value={email} onChange={setEmail} />
        <TextField of="password" label={t('password')} value={password} onChange={setPassword} />
        {waiting > 0 && <p class="field-hint">{words.count('repliesWaiting', waiting)}</p>}
        {error && (
          <p class="form-fault" role="alert">
            {signInFault(words, error)}
          </p>
        )}
        <button type="submit" class="button primary large" disabled={busy}>
          {t('signIn')}
        </button>
      </form>
    </Door>
  )
}

/** What to tell whoever could not come in, without telling strangers who has an account. */
function signInFault(words: Words, { code, retryAfterMs }: Failure): string {
  if (code === 'rate_limited')
    return words.t('signInThrottled', { wait: roughly(words, Math.max(1_000, retryAfterMs ?? 60_000)) })
  if (code === 'unavailable' || code === 'internal') return words.t('serverUnreachable')
  return words.t('signInWrong')
}
