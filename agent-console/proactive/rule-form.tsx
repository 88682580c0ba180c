import { useState } from 'preact/hooks'
import type { RuleId } from '../../shared/ids.ts'
import { limits } from '../../shared/limits.ts'
import { direction, type Locale, locales } from '../../shared/locale.ts'
import { isBlank } from '../../shared/text/blank.ts'
import type { RuleDraft } from '../../shared/triggers/rule.ts'
import { ConditionsEditor } from '../conditions/conditions-editor.tsx'
import { siteIdIn } from '../state/ids.ts'
import { useDeskState, useWords } from '../ui/context.tsx'
import { digits } from '../ui/format.ts'
import { languageNames } from '../ui/language-names.ts'
import { Choices, Field } from '../ui/parts.tsx'
import { BackTest } from './back-test.tsx'
import { readCount, readyToSend } from './sentence.ts'

interface FormProps {
  rule: RuleDraft
  /** Left out for a new one. */
  ruleId?: RuleId | null
  /** Answers what to tell when it could not be kept, else null. */
  onSave: (rule: RuleDraft) => Promise<string | null>
  onCancel: () => void
}

export function RuleForm({ rule: first, ruleId = null, onSave, onCancel }: FormProps) {
  const { t, locale: own } = useWords()
  const [rule, setRule] = useState(first)
  const [locale, setLocale] = useState<Locale>(own)
  const [fault, setFault] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const ready = readyToSend(rule)
  const sayable = Object.keys(ready.say).length > 0
  const save = async (event: Event) => {
    event.preventDefault()
    if (!sayable) return setFault(t('ruleNeedsText'))
    setBusy(true)
    setFault(await onSave(ready))
    setBusy(false)
  }
  return (
    <form class="card rule-form" onSubmit={(event) => void save(event)}>
      <WhichSite rule={rule} onChange={setRule} />
      <ConditionsEditor
        when={rule.when}
        site={rule.siteId}
        onChange={(when) => setRule((now) => ({ ...now, when }))}
      />
      <SayWhat rule={rule} locale={locale} onLocale={setLocale} onChange={setRule} />
      <Preview rule={rule} locale={locale} />
      <NameAndPriority rule={rule} onChange={setRule} />
      <BackTest rule={ready} ruleId={ruleId} />
      {fault && (
        <p class="form-fault" role="alert">
          {fault}
        </p>
      )}
      <div class="form-actions">
        <button type="button" class="button quiet" onClick={onCancel}>
          {t('cancel')}
        </button>
        <button type="submit" class="button primary" disabled={busy}>
          {t('save')}
        </button>
      </div>
    </form>
  )
}

interface SayProps {
  rule: RuleDraft
  locale: Locale
  onLocale: (locale: Locale) => void
  onChange: (rule: RuleDraft) => void
}

function SayWhat({ rule, locale, onLocale, onChange }: SayProps) {
  const { t } = useWords()
  const filled = (one: Locale) => !isBlank(rule.say[one] ?? '')
  return (
    <div class="say">
      <div class="say-head">
        <p class="sentence-when">{t('say')}</p>
        <Choices
          name={t('textLanguage')}
          value={locale}
          onChange={onLocale}
          choices={locales.map((one) => ({
            value: one,
            label: (
              <>
                <span lang={one}>{languageNames[one]}</span>
                {filled(one) && <span class="filled" aria-hidden="true" />}
              </>
            ),
          }))}
        />
      </div>
      <textarea
        rows={3}
        class="input"
        dir={direction(locale)}
        lang={locale}
        aria-label={t('ruleText')}
        placeholder={t('ruleTextPlaceholder')}
        value={rule.say[locale] ?? ''}
        onInput={(event) => onChange({ ...rule, say: { ...rule.say, [locale]: event.currentTarget.value } })}
      />
    </div>
  )
}

/** The card as visitors will see it: under the name of their site. */
function Preview({ rule, locale }: { rule: RuleDraft; locale: Locale }) {
  const { t } = useWords()
  const site = useDeskState((desk) => desk.sites.find((one) => one.id === rule.siteId))
  return (
    <figure class="preview">
      <figcaption>{t('preview')}</figcaption>
      <div class="preview-bubble" dir={direction(locale)} lang={locale}>
        <p class="preview-from">
          <bdi>{site?.name}</bdi>
        </p>
        <p dir={rule.say[locale]?.trim() ? 'auto' : undefined}>{rule.say[locale]?.trim() || '…'}</p>
      </div>
    </figure>
  )
}

/** Asked only where there is a choice. */
function WhichSite({ rule, onChange }: { rule: RuleDraft; onChange: (rule: RuleDraft) => void }) {
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

function NameAndPriority({ rule, onChange }: { rule: RuleDraft; onChange: (rule: RuleDraft) => void }) {
  const words = useWords()
  const { t } = words
  return (
    <div class="form-row">
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
      <Field label={t('priority')} hint={t('priorityHint')}>
        {(ids) => (
          <input
            {...ids}
            class="input"
            inputMode="numeric"
            value={digits(words, rule.priority)}
            onInput={(event) =>
              onChange({ ...rule, priority: readCount(event.currentTarget.value, 1_000) ?? rule.priority })
            }
          />
        )}
      </Field>
    </div>
  )
}
