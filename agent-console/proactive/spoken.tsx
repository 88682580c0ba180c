import { isGroup } from '../../shared/triggers/answer.ts'
import type { Condition, RuleNode } from '../../shared/triggers/rule.ts'
import { piecesOf } from '../../shared/triggers/words/words.ts'
import { useWords } from '../ui/context.tsx'

const technical = new Set(['glob', 'address', 'selector', 'timeZone'])

/** A condition in words, with what can be changed in it marked. */
function Clause({ condition }: { condition: Condition }) {
  const { locale } = useWords()
  return (
    <>
      {piecesOf(condition, locale).map(({ words, slot }, i) =>
        slot === null ? (
          words
        ) : (
          <bdi key={`${slot} ${i}`} class="part" dir={technical.has(slot) ? 'ltr' : undefined}>
            {words}
          </bdi>
        ),
      )}
    </>
  )
}

/** Whatever the language can say, to read. */
export function Spoken({ node }: { node: RuleNode }) {
  const { t } = useWords()
  if (!isGroup(node)) return <Clause condition={node} />
  return (
    <>
      {t(`group.${node.kind}`)} (
      <Joined nodes={node.of} word={node.kind === 'all' ? 'andWithin' : 'orWithin'} />)
    </>
  )
}

function Joined({ nodes, word }: { nodes: readonly RuleNode[]; word: 'andWithin' | 'orWithin' }) {
  const { t } = useWords()
  return (
    <>
      {nodes.map((node, i) => (
        <span key={`${node.kind} ${i}`}>
          {i > 0 && t(word)}
          <Spoken node={node} />
        </span>
      ))}
    </>
  )
}

/** The rule as a sentence to read. */
export function Sentence({ when }: { when: readonly RuleNode[] }) {
  const { t } = useWords()
  if (when.length === 0) return <>{t('whenAlways')}</>
  return (
    <>
      {t('when')} <Joined nodes={when} word="andWithin" />
    </>
  )
}
