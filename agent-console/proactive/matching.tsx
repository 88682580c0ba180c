import type { RuleDraft } from '../../shared/triggers/rule.ts'
import { useMatching } from '../conditions/matching.tsx'
import { useWords } from '../ui/context.tsx'
import { faultsIn } from './draft.ts'

/** How many of those on the site fit now: quietly, and honest about what only their pages can tell. */
export function MatchingNow({ rule }: { rule: RuleDraft }) {
  const { t, count } = useWords()
  const { siteId, when } = rule
  const isReady = !faultsIn(rule).some(({ path }) => path.startsWith('when'))
  const found = useMatching({ siteId, when, isReady })
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
