import { useRef } from 'preact/hooks'
import { variables } from '../../shared/invitation.ts'
import { limits } from '../../shared/limits.ts'
import { direction, type Locale, type LocalText, locales } from '../../shared/locale.ts'
import { isBlank } from '../../shared/text/blank.ts'
import type { Action } from '../../shared/triggers/action.ts'
import type { RuleDraft } from '../../shared/triggers/rule.ts'
import { useWords } from '../ui/context.tsx'
import { Icon } from '../ui/icons.tsx'
import { languageNames } from '../ui/language-names.ts'
import { Choices, IconButton } from '../ui/parts.tsx'
import { Details } from './action-editor.tsx'
import type { PartProps } from './limits-editor.tsx'

interface TextsProps extends PartProps {
  locale: Locale
  onLocale: (locale: Locale) => void
}

/** The languages, those that have something to say marked. */
function Languages({ rule, locale, onLocale }: Omit<TextsProps, 'onChange'>) {
  const { t } = useWords()
  return (
    <Choices
      name={t('textLanguage')}
      value={locale}
      onChange={onLocale}
      choices={locales.map((one) => ({
        value: one,
        label: (
          <>
            <span lang={one}>{languageNames[one]}</span>
            {!isBlank(rule.say[one] ?? '') && <span class="filled" aria-hidden="true" />}
          </>
        ),
      }))}
    />
  )
}

/** The text and its other wordings, in one language at a time. */
export function TextsEditor({ rule, locale, onLocale, onChange }: TextsProps) {
  const { t } = useWords()
  const variants = rule.variants ?? []
  const putVariants = (next: NonNullable<RuleDraft['variants']>) => {
    const { variants: _variants, ...rest } = rule
    onChange(next.length > 0 ? { ...rest, variants: next } : rest)
  }
  return (
    <div class="say">
      <div class="say-head">
        <p class="rule-step">{t('say')}</p>
        <Languages rule={rule} locale={locale} onLocale={onLocale} />
      </div>
      <TextBox
        label={t('ruleText')}
        locale={locale}
        value={rule.say}
        onChange={(say) => onChange({ ...rule, say })}
      />
      {variants.map((variant, i) => (
        <OtherWording
          key={variant.id}
          {...{ variant, locale }}
          action={rule.action}
          onChange={(next) => putVariants(next ? variants.with(i, next) : variants.toSpliced(i, 1))}
        />
      ))}
      {variants.length < limits.variantsPerRule && (
        <button
          type="button"
          class="button quiet add-button"
          onClick={() => putVariants([...variants, { id: freeLetter(variants), say: {} }])}
        >
          <Icon name="plus" size={16} />
          {t('addVariant')}
        </button>
      )}
    </div>
  )
}

type Variant = NonNullable<RuleDraft['variants']>[number]

interface WordingProps {
  variant: Variant
  /** The rule's. */
  action: Action | undefined
  locale: Locale
  /** Null takes it away. */
  onChange: (variant: Variant | null) => void
}

function OtherWording({ variant, action, locale, onChange }: WordingProps) {
  const { t } = useWords()
  const { id: name } = variant
  return (
    <div class="variant">
      <span class="quiet-words">{t('orElse', { name })}</span>
      <IconButton icon="close" label={t('removeVariant', { name })} onClick={() => onChange(null)} />
      <TextBox
        label={t('variantText', { name })}
        locale={locale}
        value={variant.say}
        onChange={(say) => onChange({ ...variant, say })}
      />
      <OwnAction {...{ variant, action, locale, onChange }} />
    </div>
  )
}

/** A wording may have other buttons, fields and the like than the rule: those of the rule until it has. */
function OwnAction({ variant, action, locale, onChange }: WordingProps) {
  const { t } = useWords()
  if (!action || action.kind === 'bubble' || action.kind === 'open') return null
  const { action: own, ...plain } = variant
  const name = t('variantAction', { name: variant.id })
  return (
    <fieldset class="variant-action" aria-label={name}>
      <button
        type="button"
        class="extra"
        aria-pressed={Boolean(own)}
        onClick={() => onChange(own ? plain : { ...variant, action: structuredClone(action) })}
      >
        {name}
      </button>
      {own && (
        <Details action={own} locale={locale} onChange={(next) => onChange({ ...variant, action: next })} />
      )}
    </fieldset>
  )
}

/** The text of the rule itself is A. */
const freeLetter = (taken: readonly { id: string }[]): string =>
  [...'BCDEFGHIJ'].find((letter) => !taken.some(({ id }) => id === letter)) ?? 'K'

const otherwise: Record<Locale, string> = { en: 'friend', ar: 'صديقنا', fa: 'دوست عزیز' }

interface BoxProps {
  label: string
  locale: Locale
  value: LocalText
  onChange: (value: LocalText) => void
}

/** A text in one language, with what can be put into it. */
function TextBox({ label, locale, value, onChange }: BoxProps) {
  const { t } = useWords()
  const box = useRef<HTMLTextAreaElement>(null)
  const text = value[locale] ?? ''
  const put = (variable: string) => {
    const slot = variable === 'visitor.name' ? `{{${variable}|${otherwise[locale]}}}` : `{{${variable}}}`
    const at = box.current?.selectionStart ?? text.length
    onChange({ ...value, [locale]: text.slice(0, at) + slot + text.slice(box.current?.selectionEnd ?? at) })
    box.current?.focus()
  }
  return (
    <>
      <textarea
        ref={box}
        rows={3}
        class="input"
        dir={direction(locale)}
        lang={locale}
        maxLength={limits.messageCharacters}
        aria-label={label}
        placeholder={t('ruleTextPlaceholder')}
        value={text}
        onInput={(event) => onChange({ ...value, [locale]: event.currentTarget.value })}
      />
      <p class="variables">
        <span class="quiet-words">{t('putIn')}</span>
        {variables.map((variable) => (
          <button key={variable} type="button" class="extra" onClick={() => put(variable)}>
            {t(`variable.${variable}`)}
          </button>
        ))}
      </p>
    </>
  )
}
