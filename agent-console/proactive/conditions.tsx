import type { ComponentChildren } from 'preact'
import { limits } from '../../shared/limits.ts'
import type { RuleDraft, RuleNode } from '../../shared/triggers/rule.ts'
import { sayCondition } from '../../shared/triggers/words/words.ts'
import { Say, SayCounted, useWords } from '../ui/context.tsx'
import { digits, figure } from '../ui/format.ts'
import { IconButton } from '../ui/parts.tsx'
import type { TextKey } from '../ui/words.ts'
import {
  changeCondition,
  type EditableCondition,
  isEditable,
  type Kind,
  missingKinds,
  readCount,
  withCondition,
  withoutCondition,
} from './sentence.ts'

function Said({ condition, value }: { condition: EditableCondition; value: ComponentChildren }) {
  switch (condition.kind) {
    case 'url':
      return <Say text="whenUrl" value={value} />
    case 'secondsOnPage':
      return <SayCounted text="whenSeconds" n={condition.atLeast} value={value} />
    case 'pageViews':
      return <SayCounted text="whenPages" n={condition.atLeast} value={value} />
    case 'somebodyCanAnswer':
      return <Say text="whenSomebody" />
  }
}

/** Whatever the language can say, to read. */
function Spoken({ node }: { node: RuleNode }) {
  const { locale } = useWords()
  if (isEditable(node)) return <Said condition={node} value={<Known condition={node} />} />
  return <span class="part">{sayCondition(node, locale)}</span>
}

/** The rule as a sentence to read. */
export function Sentence({ when }: { when: readonly RuleNode[] }) {
  const words = useWords()
  if (when.length === 0) return <>{words.t('whenAlways')}</>
  return (
    <>
      {words.t('when')}{' '}
      {when.map((condition, i) => (
        <span key={condition.kind + String(i)}>
          {i > 0 && words.t('andWithin')}
          <Spoken node={condition} />
        </span>
      ))}
    </>
  )
}

function Known({ condition }: { condition: EditableCondition }) {
  const words = useWords()
  if (condition.kind === 'url')
    return (
      <bdi dir="ltr" class="part">
        {condition.glob}
      </bdi>
    )
  if (condition.kind === 'somebodyCanAnswer') return null
  return <span class="part">{figure(words, condition.atLeast)}</span>
}

interface EditProps {
  rule: RuleDraft
  onChange: (rule: RuleDraft) => void
}

/** The same sentence with its parts to write in. */
export function EditableSentence({ rule, onChange }: EditProps) {
  const { t } = useWords()
  const missing = missingKinds(rule)
  return (
    <div class="sentence">
      <p class="sentence-when">{t(rule.when.length ? 'when' : 'whenAlways')}</p>
      <ul class="sentence-parts">
        {rule.when.map((condition, i) => (
          <li key={condition.kind + String(i)}>
            <span class="sentence-and">{i > 0 ? t('and') : ''}</span>
            <span>
              {isEditable(condition) ? (
                <Said
                  condition={condition}
                  value={
                    <Editable
                      condition={condition}
                      onChange={(next) => onChange(changeCondition(rule, i, next))}
                    />
                  }
                />
              ) : (
                <Spoken node={condition} />
              )}
            </span>
            <IconButton
              icon="close"
              label={t('removeCondition')}
              onClick={() => onChange(withoutCondition(rule, i))}
            />
          </li>
        ))}
      </ul>
      {missing.length > 0 && (
        <p class="sentence-more">
          {missing.map((kind) => (
            <button key={kind} type="button" class="chip" onClick={() => onChange(withCondition(rule, kind))}>
              + {t(addTexts[kind])}
            </button>
          ))}
        </p>
      )}
    </div>
  )
}

const addTexts: Record<Kind, TextKey> = {
  url: 'addUrl',
  secondsOnPage: 'addSeconds',
  pageViews: 'addPages',
  somebodyCanAnswer: 'addSomebody',
}

function Editable({
  condition,
  onChange,
}: {
  condition: EditableCondition
  onChange: (condition: EditableCondition) => void
}) {
  const words = useWords()
  const { t } = words
  switch (condition.kind) {
    case 'url':
      return (
        <input
          class="part-input glob"
          dir="ltr"
          required
          maxLength={limits.globCharacters}
          aria-label={t('partUrl')}
          value={condition.glob}
          onInput={(event) => onChange({ ...condition, glob: event.currentTarget.value })}
        />
      )
    case 'secondsOnPage':
    case 'pageViews':
      return (
        <input
          class="part-input count"
          inputMode="numeric"
          required
          aria-label={t(condition.kind === 'pageViews' ? 'partPages' : 'partSeconds')}
          value={digits(words, condition.atLeast)}
          onInput={(event) => {
            const atLeast = readCount(
              event.currentTarget.value,
              condition.kind === 'pageViews' ? 10_000 : 86_400,
            )
            if (atLeast !== null) onChange({ ...condition, atLeast })
          }}
        />
      )
    case 'somebodyCanAnswer':
      return null
  }
}
