import type { SiteId } from '../../shared/ids.ts'
import { isGroup } from '../../shared/triggers/answer.ts'
import { kinds } from '../../shared/triggers/kinds/kinds.ts'
import type { RuleNode } from '../../shared/triggers/rule.ts'
import { sayCondition } from '../../shared/triggers/words/words.ts'
import { useMatching } from '../conditions/matching.tsx'
import { useWords } from '../ui/context.tsx'
import type { Words } from '../ui/words.ts'

/** How many of those on the site these conditions hold for now. */
export function InItNow({ siteId, when, short }: { siteId: SiteId; when: RuleNode[]; short?: boolean }) {
  const words = useWords()
  const found = useMatching({ siteId, when, isReady: when.length > 0, once: short })
  if (!found || when.length === 0) return null
  const { live, matching, undecided } = found
  return (
    <span class={short ? 'tag' : 'in-it-now'} role={short ? undefined : 'status'}>
      {words.count(short ? 'inItNow' : 'inItOfLive', matching, { live })}
      {!short && undecided > 0 && ` · ${words.count('inItUnsaid', undecided)}`}
    </span>
  )
}

/** Whether it asks for what pages see and tell nobody of: such visitors are not sorted. */
export const pageAlone = (when: readonly RuleNode[]): boolean =>
  when.some((node) =>
    isGroup(node)
      ? pageAlone(node.of)
      : kinds.some(({ id, known }) => id === node.kind && known === 'page') &&
        node.kind !== 'secondsOnPage' &&
        node.kind !== 'scroll',
  )

/** The conditions in one line. */
export const said = ({ locale, t, tag }: Words, when: readonly RuleNode[]): string =>
  when.length === 0
    ? t('everybodyFits')
    : new Intl.ListFormat(tag, { type: 'conjunction' }).format(when.map((node) => sayCondition(node, locale)))
