import { useEffect, useState } from 'preact/hooks'
import type { SiteId } from '../../shared/ids.ts'
import { success } from '../../shared/result.ts'
import { isGroup } from '../../shared/triggers/answer.ts'
import { kinds } from '../../shared/triggers/kinds/kinds.ts'
import type { RuleDraft, RuleNode } from '../../shared/triggers/rule.ts'
import { sayCondition } from '../../shared/triggers/words/words.ts'
import { useSurroundings, useWords } from '../ui/context.tsx'
import { useLoaded } from '../ui/hooks.tsx'
import type { Words } from '../ui/words.ts'

interface Matching {
  live: number
  matching: number
  undecided: number
}

/** What is written is asked for once it stands still. */
const writingPause = 400

/** How many of those on the site these conditions hold for now. */
export function InItNow({ siteId, when, short }: { siteId: SiteId; when: RuleNode[]; short?: boolean }) {
  const words = useWords()
  const { api } = useSurroundings()
  const asked = useSettled(JSON.stringify(when), short ? 0 : writingPause)
  const found = useLoaded(`matching ${siteId} ${asked}`, async () =>
    when.length > 0
      ? api.send<Matching>('POST', '/rules/matching', { rule: asRule(siteId, when) })
      : success(null),
  )
  if (!found.value || when.length === 0) return null
  const { live, matching, undecided } = found.value
  return (
    <span class={short ? 'tag' : 'in-it-now'} role={short ? undefined : 'status'}>
      {words.count(short ? 'inItNow' : 'inItOfLive', matching, { live })}
      {!short && undecided > 0 && ` · ${words.count('inItUnsaid', undecided)}`}
    </span>
  )
}

/** Only its conditions are asked. */
const asRule = (siteId: SiteId, when: RuleNode[]): RuleDraft => ({
  ...{ version: 2, siteId, name: 'segment', enabled: true, priority: 0, when },
  say: { en: '…' },
})

function useSettled(value: string, pause: number): string {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pause)
    return () => clearTimeout(timer)
  }, [value, pause])
  return settled
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
