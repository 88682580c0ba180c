import { limits } from '../../shared/limits.ts'
import type { Locale, LocalText } from '../../shared/locale.ts'
import { type Action, type Button, usualAction } from '../../shared/triggers/action.ts'
import type { RuleDraft } from '../../shared/triggers/rule.ts'
import { ChoiceSlot, TextSlot } from '../conditions/fields.tsx'
import { useWords } from '../ui/context.tsx'
import { Icon } from '../ui/icons.tsx'
import { IconButton } from '../ui/parts.tsx'
import { FormEditor } from './form-editor.tsx'
import { LabelSlot } from './label-slot.tsx'
import type { PartProps } from './limits-editor.tsx'

const actionKinds = ['bubble', 'open', 'buttons', 'form', 'banner', 'survey', 'event'] as const

const beginnings: Record<Action['kind'], Action> = {
  bubble: usualAction,
  open: { kind: 'open' },
  buttons: { kind: 'buttons', buttons: [{ does: 'answer', label: {} }] },
  form: { kind: 'form', fields: [{ kind: 'email', label: {}, required: true }] },
  banner: { kind: 'banner', at: 'top' },
  survey: { kind: 'survey', scale: 'faces' },
  event: { kind: 'event', name: 'offer' },
}

interface ActionProps extends PartProps {
  locale: Locale
}

/** What it does with its text, as a part of the sentence. */
export function ActionEditor({ rule, onChange, locale }: ActionProps) {
  const { t } = useWords()
  const action = rule.action ?? usualAction
  const put = (next: Action) => {
    const { action: _action, ...rest } = next.kind === action.kind ? rule : withoutOwnActions(rule)
    onChange(next.kind === 'bubble' ? rest : { ...rest, action: next })
  }
  return (
    <div class="rule-lines">
      <p class="rule-line">
        {t('andThen')}{' '}
        <ChoiceSlot
          label={t('actionKind')}
          value={action.kind}
          choices={actionKinds.map((kind) => [kind, t(`action.${kind}`)])}
          onChange={(kind) => put(beginnings[kind])}
        />
      </p>
      <Details {...{ action, locale }} onChange={put} />
    </div>
  )
}

/** What other wordings showed was of the kind that the rule is not any more. */
const withoutOwnActions = ({ variants, ...rule }: RuleDraft): RuleDraft => ({
  ...rule,
  ...(variants ? { variants: variants.map(({ id, say }) => ({ id, say })) } : {}),
})

export interface DetailProps<Of extends Action = Action> {
  action: Of
  locale: Locale
  onChange: (action: Action) => void
}

export function Details({ action, locale, onChange }: DetailProps) {
  switch (action.kind) {
    case 'buttons':
      return <ButtonsEditor {...{ action, locale, onChange }} />
    case 'form':
      return <FormEditor {...{ action, locale, onChange }} />
    case 'banner':
      return <BannerEditor {...{ action, locale, onChange }} />
    case 'survey':
      return <SurveyEditor {...{ action, locale, onChange }} />
    case 'event':
      return <EventEditor {...{ action, locale, onChange }} />
    default:
      return null
  }
}

type Of<Kind extends Action['kind']> = Extract<Action, { kind: Kind }>
const does = ['answer', 'link'] as const

function ButtonsEditor({ action, locale, onChange }: DetailProps<Of<'buttons'>>) {
  const { t } = useWords()
  const put = (buttons: Button[]) => onChange({ ...action, buttons })
  return (
    <ul class="action-parts">
      {action.buttons.map((button, i) => (
        <li key={`button ${i}`} class="rule-line">
          <ChoiceSlot
            label={t('buttonDoes')}
            value={button.does}
            choices={does.map((one) => [one, t(`button.${one}`)])}
            onChange={(one) => put(action.buttons.with(i, buttonThat(one, button.label)))}
          />
          <LabelSlot
            label={t('buttonLabel')}
            {...{ locale }}
            value={button.label}
            onChange={(label) => put(action.buttons.with(i, { ...button, label }))}
          />
          {button.does === 'link' && (
            <HrefSlot
              value={button.href}
              onChange={(href) => put(action.buttons.with(i, { ...button, href }))}
            />
          )}
          {action.buttons.length > 1 && (
            <IconButton
              icon="close"
              label={t('removeButton')}
              onClick={() => put(action.buttons.toSpliced(i, 1))}
            />
          )}
        </li>
      ))}
      {action.buttons.length < limits.buttonsPerRule && (
        <li>
          <AddPart text={t('addButton')} onAdd={() => put([...action.buttons, buttonThat('answer', {})])} />
        </li>
      )}
    </ul>
  )
}

const buttonThat = (one: Button['does'], label: LocalText): Button =>
  one === 'link' ? { does: 'link', label, href: '/' } : { does: 'answer', label }

export const AddPart = ({ text, onAdd }: { text: string; onAdd: () => void }) => (
  <button type="button" class="button quiet add-button" onClick={onAdd}>
    <Icon name="plus" size={16} />
    {text}
  </button>
)

function HrefSlot({ value, onChange }: { value: string; onChange: (href: string) => void }) {
  const { t } = useWords()
  return (
    <TextSlot
      label={t('linkTo')}
      name="href"
      technical
      most={limits.urlCharacters}
      {...{ value, onChange }}
    />
  )
}

const edges = ['top', 'bottom'] as const

function BannerEditor({ action, locale, onChange }: DetailProps<Of<'banner'>>) {
  const { t } = useWords()
  const { button, ...plain } = action
  return (
    <>
      <p class="rule-line">
        <ChoiceSlot
          label={t('bannerAt')}
          value={action.at}
          choices={edges.map((at) => [at, t(`banner.${at}`)])}
          onChange={(at) => onChange({ ...action, at })}
        />
        <button
          type="button"
          class="extra"
          aria-pressed={Boolean(button)}
          onClick={() => onChange(button ? plain : { ...plain, button: { label: {}, href: '/' } })}
        >
          {t('withLink')}
        </button>
      </p>
      {button && (
        <p class="rule-line">
          <LabelSlot
            label={t('buttonLabel')}
            {...{ locale }}
            value={button.label}
            onChange={(label) => onChange({ ...action, button: { ...button, label } })}
          />
          <HrefSlot
            value={button.href}
            onChange={(href) => onChange({ ...action, button: { ...button, href } })}
          />
        </p>
      )}
    </>
  )
}

const scales = ['faces', 'numbers'] as const

function SurveyEditor({ action, locale, onChange }: DetailProps<Of<'survey'>>) {
  const { t } = useWords()
  const put = (end: 'low' | 'high', label: LocalText) => {
    const next = { ...action, [end]: label }
    if (Object.values(label).every((text) => !text)) delete next[end]
    onChange(next)
  }
  return (
    <p class="rule-line">
      <ChoiceSlot
        label={t('surveyScale')}
        value={action.scale}
        choices={scales.map((scale) => [scale, t(`survey.${scale}`)])}
        onChange={(scale) => onChange({ ...action, scale })}
      />
      {(['low', 'high'] as const).map((end) => (
        <LabelSlot
          key={end}
          label={t(`survey.${end}`)}
          locale={locale}
          value={action[end] ?? {}}
          onChange={(label) => put(end, label)}
        />
      ))}
    </p>
  )
}

function EventEditor({ action, onChange }: DetailProps<Of<'event'>>) {
  const { t } = useWords()
  return (
    <>
      <p class="rule-line">
        <TextSlot
          label={t('slot.event')}
          name="event"
          technical
          most={60}
          value={action.name}
          onChange={(name) => onChange({ ...action, name })}
        />
      </p>
      <p class="quiet-words">
        {t('eventAbout')} <code dir="ltr">{`Ahlan('on', '${action.name}', …)`}</code>
      </p>
    </>
  )
}
