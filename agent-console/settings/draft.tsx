import { useState } from 'preact/hooks'
import type { Failure, Result } from '../../shared/result.ts'

interface Drafting<Draft> {
  begin: Draft
  /** Sends it as a whole. */
  put: (draft: Draft) => Promise<Result<unknown>>
  onSaved?: () => void
}

/** Settings while somebody writes them; what was wrong stands until they are sent again. */
export function useDraft<Draft extends object>({ begin, put, onSaved }: Drafting<Draft>) {
  const [draft, setDraft] = useState(begin)
  const [state, setState] = useState<'idle' | 'saving' | 'saved'>('idle')
  const [error, setError] = useState<Failure | null>(null)
  const change = (part: Partial<Draft>) => {
    setDraft((held) => ({ ...held, ...part }))
    setState('idle')
  }
  const save = async (event: Event) => {
    event.preventDefault()
    setState('saving')
    const answer = await put(draft)
    setError(answer.ok ? null : answer.error)
    setState(answer.ok ? 'saved' : 'idle')
    if (answer.ok) onSaved?.()
  }
  return { draft, change, state, error, save }
}
