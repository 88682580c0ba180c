import { limits } from '../../shared/limits.ts'
import type { Locale, LocalText } from '../../shared/locale.ts'
import type { Action, Field } from '../../shared/triggers/action.ts'
import { ChoiceSlot, TextSlot } from '../conditions/fields.tsx'
import { useWords } from '../ui/context.tsx'
import { Icon } from '../ui/icons.tsx'
import { IconButton } from '../ui/parts.tsx'
import { LabelSlot } from './label-slot.tsx'

type Form = Extract<Action, { kind: 'form' }>

interface FormProps {
  action: Form
  locale: Locale
  onChange: (action: Form) => void
}

/** A few questions, each with what it is called in every language. */
export function FormEditor({ action, locale, onChange }: FormProps) {
  const { t } = useWords()
  const put = (fields: Field[]) => onChange({ ...action, fields })
  return (
    <>
      <ul class="action-parts">
        {action.fields.map((field, i) => (
          <li key={`field ${i}`}>
            <FieldLine
              {...{ field, locale }}
              onChange={(next) => put(action.fields.with(i, next))}
              onRemove={action.fields.length > 1 ? () => put(action.fields.toSpliced(i, 1)) : null}
            />
          </li>
        ))}
      </ul>
      <p class="rule-line">
        {action.fields.length < limits.fieldsPerForm && (
          <button
            type="button"
            class="button quiet add-button"
            onClick={() => put([...action.fields, { kind: 'text', label: {} }])}
          >
            <Icon name="plus" size={16} />
            {t('addField')}
          </button>
        )}
        <LabelSlot
          label={t('sendLabel')}
          locale={locale}
          value={action.send ?? {}}
          onChange={(send) => onChange(withSend(action, send))}
        />
      </p>
    </>
  )
}

const withSend = ({ send: _send, ...form }: Form, send: LocalText): Form =>
  Object.values(send).some(Boolean) ? { ...form, send } : form

const fieldKinds = ['name', 'email', 'phone', 'text', 'choice'] as const

interface FieldProps {
  field: Field
  locale: Locale
  onChange: (field: Field) => void
  onRemove: (() => void) | null
}

function FieldLine({ field, locale, onChange, onRemove }: FieldProps) {
  const { t } = useWords()
  return (
    <div class="rule-line">
      <ChoiceSlot
        label={t('fieldKind')}
        value={field.kind}
        choices={fieldKinds.map((kind) => [kind, t(`field.${kind}`)])}
        onChange={(kind) => onChange(fieldOf(kind, field))}
      />
      <LabelSlot
        label={t('fieldLabel')}
        locale={locale}
        value={field.label}
        onChange={(label) => onChange({ ...field, label })}
      />
      <button
        type="button"
        class="extra"
        aria-pressed={field.required ?? false}
        onClick={() => onChange({ ...field, required: !field.required })}
      >
        {t('fieldRequired')}
      </button>
      {onRemove && <IconButton icon="close" label={t('removeField')} onClick={onRemove} />}
      {(field.kind === 'text' || field.kind === 'choice') && <KeptAs field={field} onChange={onChange} />}
      {field.kind === 'choice' && <Options {...{ field, locale, onChange }} />}
    </div>
  )
}

/** The same question asked in another way. */
function fieldOf(kind: Field['kind'], { label, required }: Field): Field {
  const asked = { label, ...(required ? { required } : {}) }
  return kind === 'choice' ? { kind, ...asked, options: [{}, {}] } : { kind, ...asked }
}

type Kept = Extract<Field, { kind: 'text' | 'choice' }>

function KeptAs({ field, onChange }: { field: Kept; onChange: (field: Field) => void }) {
  const { t } = useWords()
  const put = (name: string) => {
    const { attribute: _attribute, ...plain } = field
    onChange(name ? { ...plain, attribute: name } : plain)
  }
  return (
    <span class="slot-pair">
      <span class="quiet-words">{t('keptAs')}</span>
      <TextSlot
        label={t('slot.attribute')}
        name="attribute"
        most={60}
        value={field.attribute ?? ''}
        onChange={put}
      />
    </span>
  )
}

type Choice = Extract<Field, { kind: 'choice' }>

function Options({
  field,
  locale,
  onChange,
}: {
  field: Choice
  locale: Locale
  onChange: (field: Field) => void
}) {
  const { t } = useWords()
  const put = (options: LocalText[]) => onChange({ ...field, options })
  return (
    <span class="options">
      {field.options.map((option, i) => (
        <span key={`option ${i}`} class="slot-pair">
          <LabelSlot
            label={t('optionLabel')}
            locale={locale}
            value={option}
            onChange={(next) => put(field.options.with(i, next))}
          />
          {field.options.length > 2 && (
            <IconButton
              icon="close"
              label={t('removeOption')}
              onClick={() => put(field.options.toSpliced(i, 1))}
            />
          )}
        </span>
      ))}
      {field.options.length < limits.optionsPerField && (
        <button type="button" class="extra" onClick={() => put([...field.options, {}])}>
          {t('addOption')}
        </button>
      )}
    </span>
  )
}
