import { useState } from 'preact/hooks'
import type { RuleId } from '../../shared/ids.ts'
import { localText } from '../../shared/locale.ts'
import type { Failure } from '../../shared/result.ts'
import type { RuleDraft } from '../../shared/triggers/rule.ts'
import type { PlacedFault } from '../conditions/editing.tsx'
import { useSurroundings, useWords } from '../ui/context.tsx'
import { draftOf, keepWriting, keptWriting, type RuleShown, readyToSend } from './draft.ts'
import type { RuleDesk } from './rule-book.tsx'
import { RuleForm } from './rule-form.tsx'
import { Sentence } from './spoken.tsx'
import { Versions } from './versions.tsx'

export type Editing = { name: 'none' } | { name: 'new'; rule: RuleDraft } | { name: 'rule'; id: RuleId }

interface EditProps {
  rule: RuleShown | RuleDraft
  desk: RuleDesk
  onDone: () => void
}

const isShown = (rule: RuleShown | RuleDraft): rule is RuleShown => 'revision' in rule

/** The editor of one rule, with what was being written when it was last open. */
export function EditRule({ rule: now, desk, onDone }: EditProps) {
  const { t } = useWords()
  const { keep } = useSurroundings()
  const shown = isShown(now) ? now : null
  const [kept] = useState(() => keptFor(keptWriting(keep), shown))
  /** As it was when the writing began: whatever it has become since is told when it is saved. */
  const [revision, setRevision] = useState(kept?.revision ?? shown?.revision)
  const [refused, setRefused] = useState(false)
  const close = () => {
    keepWriting(keep, null)
    onDone()
  }
  const put = async (draft: RuleDraft, over: string | undefined): Promise<PlacedFault[]> => {
    const ready = { ...readyToSend(draft), priority: shown?.priority ?? draft.priority }
    const saved = await desk.save(ready, shown && { id: shown.id, revision: over })
    if (saved.ok) {
      close()
      return []
    }
    if (shown && saved.error.path === 'ifRevision') {
      setRefused(true)
      desk.book.again()
      return []
    }
    return [faultOf(saved.error, t(saved.error.code === 'invalid' ? 'ruleInvalid' : 'notSaved'))]
  }
  return (
    <>
      <RuleForm
        rule={kept?.rule ?? (shown ? draftOf(shown) : now)}
        id={shown?.id ?? null}
        resumed={kept !== null}
        onSave={(draft) => put(draft, revision)}
        onWrite={(rule) => keepWriting(keep, { id: shown?.id ?? null, revision: revision ?? null, rule })}
        onCancel={close}
        notice={
          refused &&
          shown &&
          shown.revision !== revision && (
            <Theirs rule={shown} onKeepMine={() => setRevision(shown.revision)} onTake={close} />
          )
        }
      />
      {shown && <Versions rule={shown} desk={desk} />}
    </>
  )
}

const faultOf = ({ path }: Failure, text: string): PlacedFault => ({ path: path ?? '', text })

/** What was being written of this very rule. */
function keptFor(kept: ReturnType<typeof keptWriting>, shown: RuleShown | null) {
  return kept && kept.id === (shown?.id ?? null) ? kept : null
}

interface TheirsProps {
  rule: RuleShown
  onKeepMine: () => void
  onTake: () => void
}

/** Somebody else has changed the rule: what it is now, and the choice between the two. Neither is lost. */
function Theirs({ rule, onKeepMine, onTake }: TheirsProps) {
  const { t, locale } = useWords()
  return (
    <div class="theirs" role="alert">
      <p class="rule-step">{t('changedMeanwhile')}</p>
      <p class="rule-sentence">
        <Sentence when={rule.when} />
        {t('thenSay')} «<bdi>{localText(rule.say, locale)}</bdi>»
      </p>
      <p class="form-actions">
        <button type="button" class="button quiet" onClick={onTake}>
          {t('takeTheirs')}
        </button>
        <button type="button" class="button" onClick={onKeepMine}>
          {t('keepMine')}
        </button>
      </p>
    </div>
  )
}
