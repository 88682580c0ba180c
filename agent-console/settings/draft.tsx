import { useEffect, useState } from 'preact/hooks'
import type { Failure, Result } from '../../shared/result.ts'

interface Drafting<Held, Draft> {
  /** As the server has it, as far as is known here. */
  held: Held
  draftOf: (held: Held) => Draft
  /** Sends it as a whole, to stand in for what was there when the writing began. */
  put: (draft: Draft, since: Held) => Promise<Result<Held>>
  /** As the server has it at this moment. */
  now: () => Promise<Result<Held>>
  onSaved?: () => void
}

interface Writing<Held, Draft> {
  since: Held
  /** What has been written, and was not there. */
  touched: Partial<Draft>
  state: 'idle' | 'saving' | 'saved'
  error: Failure | null
}

/**
 * Settings while somebody writes them; what was wrong stands until they are sent again. What nobody has touched here
 * is as the server has it.
 */
export function useDraft<Held extends object, Draft extends object>(parts: Drafting<Held, Draft>) {
  const { held, draftOf, put, now, onSaved } = parts
  const begun: Writing<Held, Draft> = { since: held, touched: {}, state: 'idle', error: null }
  const [writing, write] = useState(begun)
  const { since, touched, state, error } = writing
  const draft = { ...draftOf(since), ...touched }
  // What others have made of the very thing that is written here is not taken over unseen.
  useEffect(() => {
    write((one) => (isSame(draftOf(one.since), draftOf(held), one.touched) ? { ...one, since: held } : one))
  }, [JSON.stringify(held)])
  const change = (part: Partial<Draft>) =>
    write((one) => ({
      ...one,
      touched: { ...one.touched, ...part },
      state: one.state === 'saving' ? 'saving' : 'idle',
    }))
  const save = async (event: Event) => {
    event.preventDefault()
    write((one) => ({ ...one, state: 'saving' }))
    const answer = await put(draft, since)
    if (answer.ok) {
      write((one) => kept(one, touched, answer.value))
      return onSaved?.()
    }
    // They have been told: who saves once more means it.
    const theirs = answer.error.path === 'ifRevision' ? await now() : answer
    write((one) => ({
      ...one,
      ...(theirs.ok ? { since: theirs.value } : {}),
      ...{ state: 'idle', error: answer.error },
    }))
  }
  return { draft, change, state, error, save }
}

/** What was written while it was under way was not sent, and is not called saved. */
const kept = <Held, Draft>(
  one: Writing<Held, Draft>,
  sent: Partial<Draft>,
  since: Held,
): Writing<Held, Draft> =>
  one.touched === sent
    ? { since, touched: {}, state: 'saved', error: null }
    : { ...one, since, state: 'idle', error: null }

function isSame<Draft extends object>(one: Draft, other: Draft, within: Partial<Draft>): boolean {
  const part = (draft: Draft) => JSON.stringify(Object.entries(draft).filter(([name]) => name in within))
  return part(one) === part(other)
}
