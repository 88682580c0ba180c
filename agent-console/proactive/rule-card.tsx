import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { localText } from '../../shared/locale.ts'
import { useMayConfigure, useWords } from '../ui/context.tsx'
import { Fault, IconButton, Switch } from '../ui/parts.tsx'
import { BackTest } from './back-test.tsx'
import { draftOf, type RuleShown } from './draft.ts'
import { limitsInBrief } from './limits-editor.tsx'
import { type RuleDesk, turned } from './rule-book.tsx'
import { Sentence } from './spoken.tsx'

interface CardProps {
  rule: RuleShown
  desk: RuleDesk
  onEdit: () => void
  grip: ComponentChildren
}

/** A rule to read: the sentence, what it says, and its limits in a line. */
export function RuleCard({ rule, desk, onEdit, grip }: CardProps) {
  const words = useWords()
  const { t, locale } = words
  const mayConfigure = useMayConfigure()
  const [failed, setFailed] = useState(false)
  const turn = async (enabled: boolean) => setFailed(!(await desk.save(turned(rule, enabled), rule)).ok)
  const remove = async () => setFailed(!(await desk.remove(rule)))
  const kind = rule.action?.kind ?? 'bubble'
  return (
    <article class={rule.enabled ? 'card rule' : 'card rule off'} aria-label={rule.name} tabIndex={-1}>
      <header class="rule-head">
        {grip}
        <h2>
          <bdi>{rule.name}</bdi>
        </h2>
        {mayConfigure && (
          <>
            <IconButton icon="pencil" label={t('editRule')} onClick={onEdit} />
            <IconButton icon="trash" label={t('deleteRule')} onClick={() => void remove()} />
            <Switch on={rule.enabled} label={t('ruleOn')} onChange={(on) => void turn(on)} />
          </>
        )}
      </header>
      <p class="rule-sentence">
        <Sentence when={rule.when} />
        {t('thenSay')} {kind !== 'bubble' && <span class="tag">{t(`action.${kind}`)}</span>}
      </p>
      {Object.values(rule.say).some(Boolean) && (
        <blockquote class="rule-text" dir="auto">
          {localText(rule.say, locale)}
        </blockquote>
      )}
      <p class="rule-brief">{limitsInBrief(words, rule).join(' · ')}</p>
      <BackTest rule={draftOf(rule)} ruleId={rule.id} />
      {failed && <Fault text={t('notSaved')} />}
    </article>
  )
}
