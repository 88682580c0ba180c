import { useState } from 'preact/hooks'
import * as v from 'valibot'
import { faultsOf, type RuleFault } from '../../shared/triggers/faults.ts'
import { RuleDraft } from '../../shared/triggers/rule.ts'
import type { UnreadableRule } from '../../shared/triggers/stored.ts'
import { sayFault } from '../../shared/triggers/words/words.ts'
import { useMayConfigure, useSurroundings, useWords } from '../ui/context.tsx'
import { Fault } from '../ui/parts.tsx'
import type { RuleDesk } from './rule-book.tsx'

/** It stands in the settings as it is and says nothing, until somebody mends it here or there. */
export function Unreadable({ rule, desk }: { rule: UnreadableRule; desk: RuleDesk }) {
  const { t } = useWords()
  const { api } = useSurroundings()
  const mayConfigure = useMayConfigure()
  const [text, setText] = useState<string | null>(null)
  const [failed, setFailed] = useState<'couldNotLoad' | 'notDone' | null>(null)
  const open = async () => {
    const raw = await api.get<{ text: string }>(`/rules/${rule.id}/raw`)
    setFailed(raw.ok ? null : 'couldNotLoad')
    if (raw.ok) setText(withoutOwn(raw.value.text))
  }
  const remove = async () => setFailed((await desk.remove(rule)) ? null : 'notDone')
  return (
    <article class="card rule off" aria-label={rule.name}>
      <header class="rule-head">
        <h2>
          <bdi>{rule.name || rule.id}</bdi>
        </h2>
      </header>
      <p>{t('ruleUnreadable')}</p>
      {text === null ? (
        <>
          <FaultList faults={rule.faults} />
          {failed && <Fault text={t(failed)} />}
          {mayConfigure && (
            <p class="form-actions">
              <button type="button" class="button quiet" onClick={() => void remove()}>
                {t('deleteRule')}
              </button>
              <button type="button" class="button" onClick={() => void open()}>
                {t('mendRule')}
              </button>
            </p>
          )}
        </>
      ) : (
        <Mending {...{ rule, desk }} first={text} onClose={() => setText(null)} />
      )}
    </article>
  )
}

const FaultList = ({ faults }: { faults: readonly RuleFault[] }) => {
  const { locale } = useWords()
  return (
    <ul class="fault-list">
      {faults.map((fault) => (
        <li key={fault.path + fault.code}>
          {sayFault(fault, locale)} <bdi dir="ltr">{fault.path}</bdi>
        </li>
      ))}
    </ul>
  )
}

interface MendingProps {
  rule: UnreadableRule
  desk: RuleDesk
  first: string
  onClose: () => void
}

/** The rule as it is written down, with what is wrong told while it is being mended. */
function Mending({ rule, desk, first, onClose }: MendingProps) {
  const { t } = useWords()
  const [text, setText] = useState(first)
  const [failed, setFailed] = useState(false)
  const read = readDraft(text)
  const save = async () => {
    if (!read.draft) return
    const saved = await desk.save(read.draft, { id: rule.id, revision: undefined })
    setFailed(!saved.ok)
  }
  return (
    <>
      <textarea
        class="input raw"
        dir="ltr"
        rows={Math.min(24, text.split('\n').length + 1)}
        spellcheck={false}
        aria-label={t('rawRule')}
        aria-invalid={!read.draft}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <div role="status">
        {read.faults ? (
          <FaultList faults={read.faults} />
        ) : (
          !read.draft && <p class="clause-fault">{t('notJson')}</p>
        )}
      </div>
      {failed && <p class="form-fault">{t('notSaved')}</p>}
      <p class="form-actions">
        <button type="button" class="button quiet" onClick={onClose}>
          {t('cancel')}
        </button>
        <button type="button" class="button primary" disabled={!read.draft} onClick={() => void save()}>
          {t('save')}
        </button>
      </p>
    </>
  )
}

/** What the server gives a rule by itself is not written by hand. */
const withoutOwn = (text: string): string => {
  const { id: _id, createdAt: _at, ...draft } = JSON.parse(text)
  return JSON.stringify(draft, null, 2)
}

function readDraft(text: string): { draft: RuleDraft | null; faults: RuleFault[] | null } {
  try {
    const checked = v.safeParse(RuleDraft, JSON.parse(text))
    return checked.success
      ? { draft: checked.output, faults: null }
      : { draft: null, faults: faultsOf(checked.issues) }
  } catch (error) {
    if (error instanceof SyntaxError) return { draft: null, faults: null }
    throw error
  }
}
