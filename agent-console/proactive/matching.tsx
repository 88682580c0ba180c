import { useEffect, useState } from 'preact/hooks'
import type { RuleDraft } from '../../shared/triggers/rule.ts'
import { useSurroundings, useWords } from '../ui/context.tsx'
import { faultsIn } from './draft.ts'

interface Matching {
  live: number
  matching: number
  undecided: number
}

const rests = 600
const renews = 10_000

/** How many of those on the site fit now: quietly, and honest about what only their pages can tell. */
export function MatchingNow({ rule }: { rule: RuleDraft }) {
  const { t, count } = useWords()
  const found = useMatching(rule)
  return (
    <p class="matching" role="status">
      {found &&
        (found.live === 0 ? (
          t('nobodyHere')
        ) : (
          <>
            <strong>{count('fitNow', found.matching, { live: found.live })}</strong>
            {found.undecided > 0 && <span> {count('undecidedFit', found.undecided)}</span>}
          </>
        ))}
    </p>
  )
}

/** Asked once writing rests, and again from time to time; what cannot be counted now is not shown. */
function useMatching(rule: RuleDraft): Matching | null {
  const { siteId, when } = rule
  const { api } = useSurroundings()
  const [found, setFound] = useState<Matching | null>(null)
  const asked = JSON.stringify({ siteId, when })
  useEffect(() => {
    let wanted = true
    const ask = async () => {
      if (faultsIn(rule).some(({ path }) => path.startsWith('when'))) return setFound(null)
      const tried = { version: 2, siteId, name: '', enabled: true, priority: 0, when, say: {} }
      const answer = await api.send<Matching>('POST', '/rules/matching', { rule: tried })
      if (wanted) setFound(answer.ok && answer.value ? answer.value : null)
    }
    const first = setTimeout(() => void ask(), rests)
    const again = setInterval(() => void ask(), renews)
    return () => {
      wanted = false
      clearTimeout(first)
      clearInterval(again)
    }
  }, [asked])
  return found
}
