import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { RuleId } from '../../shared/ids.ts'
import { limits } from '../../shared/limits.ts'
import type { Locale } from '../../shared/locale.ts'
import type { RuleFault } from '../../shared/triggers/faults.ts'
import type { RuleDraft } from '../../shared/triggers/rule.ts'
import { sayFault, sayFaultCode } from '../../shared/triggers/words/words.ts'
import { ConditionsEditor } from '../conditions/conditions-editor.tsx'
import type { PlacedFault } from '../conditions/editing.tsx'
import { siteIdIn } from '../state/ids.ts'
import { useDeskState, useWords } from '../ui/context.tsx'
import { Field } from '../ui/parts.tsx'
import { ActionEditor } from './action-editor.tsx'
import { BackTest } from './back-test.tsx'
import { faultsIn, languagesOf, readyToSend } from './draft.ts'
import { GoalEditor, LimitsEditor, type PartProps } from './limits-editor.tsx'
import { MatchingNow } from './matching.tsx'
import { Preview } from './preview.tsx'
import { TextsEditor } from './texts-editor.tsx'
import { Trying } from './trying.tsx'

interface FormProps {
  rule: RuleDraft
  /** Null for a new one. */
  id: RuleId | null
  /** It was being written before, and is taken up again. */
  resumed?: boolean
  /** Answers what the server did not take, and where; nothing when it is kept. */
  onSave: (rule: RuleDraft) => Promise<PlacedFault[]>
  onWrite?: (rule: RuleDraft) => void
  onCancel: () => void
  notice?: ComponentChildren
}

export function RuleForm({ rule: first, id, resumed, onSave, onWrite, onCancel, notice }: FormProps) {
  const { t, locale: own } = useWords()
  const [rule, setRule] = useState(first)
  const [locale, setLocale] = useState<Locale>(
    () => languagesOf(first).find((one) => one === own) ?? languagesOf(first)[0] ?? own,
  )
  const saving = useSaving(rule, onSave)
  // What opened it is gone, and may have been far below. Taken up again it was opened by nobody.
  useEffect(() => {
    if (!resumed) saving.form.current?.focus()
  }, [])
  const change = (next: RuleDraft) => {
    setRule(next)
    onWrite?.(next)
  }
  return (
    <form
      ref={saving.form}
      class="card rule-form"
      aria-label={rule.name || t(id ? 'editRule' : 'newRule')}
      tabIndex={-1}
      noValidate
      onSubmit={(event) => void saving.submit(event)}
    >
      <Main {...{ rule, resumed, locale }} faults={saving.faults} onChange={change} onLocale={setLocale} />
      <aside class="rule-beside">
        <Preview rule={rule} locale={locale} />
        <Trying rule={rule} id={id} />
      </aside>
      <BackTest rule={readyToSend(rule)} ruleId={id} />
      {notice}
      {saving.faults.length > 0 && (
        <p class="form-fault" role="alert">
          {t('somethingWrong')}
        </p>
      )}
      <div class="form-actions">
        <button type="button" class="button quiet" onClick={onCancel}>
          {t('cancel')}
        </button>
        <button type="submit" class="button primary" disabled={saving.busy}>
          {t('save')}
        </button>
      </div>
    </form>
  )
}

interface MainProps extends PartProps {
  faults: readonly PlacedFault[]
  resumed: boolean | undefined
  locale: Locale
  onLocale: (locale: Locale) => void
}

/** The sentence from When to what it is to lead to. */
function Main({ rule, onChange, faults, resumed, locale, onLocale }: MainProps) {
  const { t } = useWords()
  const part = { rule, onChange }
  return (
    <div class="rule-main">
      {resumed && <p class="resumed">{t('takenUpAgain')}</p>}
      <WhichSite {...part} />
      <p class="rule-step">{t(rule.when.length ? 'when' : 'whenAlways')}</p>
      <ConditionsEditor
        when={rule.when}
        site={rule.siteId}
        faults={faults}
        onChange={(when) => onChange({ ...rule, when })}
      />
      <MatchingNow rule={rule} />
      <ActionEditor {...part} locale={locale} />
      <TextsEditor {...part} {...{ locale, onLocale }} />
      <FaultsOf faults={faults} parts={['say', 'action', 'variants']} />
      <p class="rule-step">{t('limitsTitle')}</p>
      <LimitsEditor {...part} />
      <p class="rule-step">{t('goalTitle')}</p>
      <GoalEditor {...part} />
      <FaultsOf faults={faults} parts={['limits', 'goal', 'holdout', 'name', 'siteId', '']} />
      <NameOf {...part} />
    </div>
  )
}

/** Sends what is right, and takes the focus to the first thing that is not. */
function useSaving(rule: RuleDraft, onSave: FormProps['onSave']) {
  const { locale } = useWords()
  const form = useRef<HTMLFormElement>(null)
  const [checked, setChecked] = useState(false)
  const [refused, setRefused] = useState<PlacedFault[]>([])
  const [busy, setBusy] = useState(false)
  const [tries, setTries] = useState(0)
  const faults = [...(checked ? faultsIn(rule).map((fault) => placed(fault, locale)) : []), ...refused]
  useEffect(() => {
    if (tries > 0) form.current?.querySelector<HTMLElement>('[aria-invalid=true], .part-fault')?.focus()
  }, [tries])
  const submit = async (event: Event) => {
    event.preventDefault()
    setChecked(true)
    setRefused([])
    const wrong = faultsIn(rule).length > 0 || form.current?.querySelector('[aria-invalid=true]')
    if (wrong) return setTries(tries + 1)
    setBusy(true)
    setRefused(await onSave(rule))
    setBusy(false)
  }
  return { form, faults, busy, submit }
}

const placed = (fault: RuleFault, locale: Locale): PlacedFault => ({
  path: fault.path,
  text: fault.path.startsWith('when') ? sayFaultCode(fault.code, locale) : sayFault(fault, locale),
})

/** Faults outside the conditions, below what they are in. */
function FaultsOf({ faults, parts }: { faults: readonly PlacedFault[]; parts: readonly string[] }) {
  const own = faults.filter(({ path }) => parts.includes(path.split('.')[0] ?? ''))
  return (
    <>
      {own.map(({ path, text }) => (
        <p key={path + text} class="part-fault" role="alert" tabIndex={-1}>
          {text}
        </p>
      ))}
    </>
  )
}

/** Asked only where there is a choice. */
function WhichSite({ rule, onChange }: PartProps) {
  const { t } = useWords()
  const sites = useDeskState((desk) => desk.sites)
  if (sites.length < 2) return null
  return (
    <Field label={t('site')}>
      {(ids) => (
        <select
          {...ids}
          class="select"
          value={rule.siteId}
          onChange={(event) =>
            onChange({ ...rule, siteId: siteIdIn(event.currentTarget.value) ?? rule.siteId })
          }
        >
          {sites.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

function NameOf({ rule, onChange }: PartProps) {
  const { t } = useWords()
  return (
    <Field label={t('ruleName')} hint={t('ruleNameHint')}>
      {(ids) => (
        <input
          {...ids}
          class="input"
          dir="auto"
          maxLength={limits.nameCharacters}
          value={rule.name}
          onInput={(event) => onChange({ ...rule, name: event.currentTarget.value })}
        />
      )}
    </Field>
  )
}
