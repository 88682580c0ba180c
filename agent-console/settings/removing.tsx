import { useState } from 'preact/hooks'
import type { Result } from '../../shared/result.ts'
import { useSurroundings, useWords } from '../ui/context.tsx'
import type { Done } from '../ui/toast.tsx'

export interface Removing {
  done: Done | null
  say(done: Done | null): void
  /** How often something has gone that may have had the focus. */
  gone: number
  left(): void
  remove(item: { id: string; name: string }): Promise<Result<unknown>>
}

/** Takes something out of a list at `path`, and knows the way back: it is added again as it was. */
export function useRemoving(path: string, changed: () => void): Removing {
  const { t } = useWords()
  const { api } = useSurroundings()
  const [done, say] = useState<Done | null>(null)
  const [gone, count] = useState(0)
  const left = () => count((before) => before + 1)
  return {
    ...{ done, say, gone, left },
    async remove({ id, ...draft }) {
      const answer = await api.send('DELETE', `${path}/${encodeURIComponent(id)}`)
      if (!answer.ok) return answer
      const undo = async () => {
        const back = await api.send('POST', path, draft)
        if (back.ok) changed()
        return back.ok
      }
      say({ text: t('removedName', { name: `\u2068${draft.name}\u2069` }), undo })
      left()
      changed()
      return answer
    },
  }
}
