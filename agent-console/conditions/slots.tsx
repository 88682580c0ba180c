import { limits } from '../../shared/limits.ts'
import { utmFields } from '../../shared/triggers/facts.ts'
import type { Condition } from '../../shared/triggers/rule.ts'
import { isTime, sayChoices } from '../../shared/triggers/words/words.ts'
import { useWords } from '../ui/context.tsx'
import { AgoSlot, ComparisonSlot } from './comparison.tsx'
import { type Known, useEditing } from './editing.tsx'
import { ChoiceSlot, DurationSlot, NumberSlot, TextSlot } from './fields.tsx'
import { rangeOf } from './numbers.ts'
import { TokensSlot } from './tokens.tsx'
import { idOf } from './tree.ts'

export interface SlotProps {
  condition: Condition
  slot: string
  faulty: boolean
  onChange: (condition: Condition) => void
}

/** The control that stands in the sentence where a field of the condition is. */
export function SlotControl(props: SlotProps) {
  const { condition, slot } = props
  if (slot === 'that' || slot === 'property') return <Compared {...props} />
  if (slot === 'ago' && 'ago' in condition) return <HowLongAgo {...props} condition={condition} />
  if (slot === 'anyOf' && 'anyOf' in condition) return <OneOfMany {...props} condition={condition} />
  if (slot === 'is' || slot === 'field') return <OneOfFew {...props} />
  if (slot === 'segment' || slot === 'team') return <FromList {...props} />
  const value: unknown = Reflect.get(condition, slot)
  return typeof value === 'number' ? (
    <Amount {...props} value={value} />
  ) : (
    <Text {...props} value={`${value}`} />
  )
}

const nameOf = ({ condition, slot }: SlotProps): string => `${idOf(condition)}.${slot}`

/** The condition with another value in a field; what the control offers fits the field. */
const put = (condition: Condition, more: object): Condition => ({ ...condition, ...more })

function Amount({ value, ...props }: SlotProps & { value: number }) {
  const { t } = useWords()
  const { condition, slot, faulty, onChange } = props
  const Control = isTime(slot, condition) ? DurationSlot : NumberSlot
  return (
    <Control
      label={t(isTime(slot, condition) ? 'slot.time' : slot === 'worth' ? 'slot.worth' : 'slot.number')}
      name={nameOf(props)}
      value={value}
      range={rangeOf(condition, slot)}
      faulty={faulty}
      onChange={(next) => onChange(put(condition, { [slot]: next }))}
    />
  )
}

const technical = new Set(['glob', 'address', 'selector', 'timeZone'])
const most: Record<string, number> = {
  glob: limits.globCharacters,
  address: limits.urlCharacters,
  selector: limits.selectorCharacters,
}
const labels = {
  glob: 'slot.glob',
  address: 'slot.address',
  selector: 'slot.selector',
  timeZone: 'slot.timeZone',
  tag: 'slot.tag',
} as const

const isLabelled = (slot: string): slot is keyof typeof labels => slot in labels

function Text({ value, ...props }: SlotProps & { value: string }) {
  const { t } = useWords()
  const { known } = useEditing()
  const { condition, slot, faulty, onChange } = props
  const own = condition.kind === 'event' ? 'slot.event' : 'slot.attribute'
  return (
    <TextSlot
      label={t(isLabelled(slot) ? labels[slot] : own)}
      name={nameOf(props)}
      technical={technical.has(slot)}
      most={most[slot] ?? 60}
      suggestions={suggestionsFor(condition, slot, known)}
      value={value}
      faulty={faulty}
      onChange={(next) => onChange(put(condition, { [slot]: next }))}
    />
  )
}

function suggestionsFor({ kind }: Condition, slot: string, known: Known): readonly string[] {
  if (slot === 'timeZone') return Intl.supportedValuesOf('timeZone')
  if (kind === 'tag') return known.tags
  if (kind === 'event' && slot === 'name') return known.events
  return kind === 'attribute' ? known.attributes : []
}

function OneOfFew(props: SlotProps) {
  const { t, locale } = useWords()
  const { condition, faulty, onChange } = props
  const { returning, devices, utm } = sayChoices(locale)
  const label = t('slot.which')
  switch (condition.kind) {
    case 'returning':
      return (
        <ChoiceSlot
          {...{ label, faulty }}
          value={condition.is ? 'true' : 'false'}
          choices={[
            ['true', returning.true],
            ['false', returning.false],
          ]}
          onChange={(is) => onChange({ ...condition, is: is === 'true' })}
        />
      )
    case 'device':
      return (
        <ChoiceSlot
          {...{ label, faulty }}
          value={condition.is}
          choices={[
            ['desktop', devices.desktop],
            ['phone', devices.phone],
          ]}
          onChange={(is) => onChange({ ...condition, is })}
        />
      )
    case 'utm':
      return (
        <ChoiceSlot
          {...{ label, faulty }}
          value={condition.field}
          choices={utmFields.map((field) => [field, utm[field]])}
          onChange={(field) => onChange({ ...condition, field })}
        />
      )
    default:
      return null
  }
}

type Many = Extract<Condition, { anyOf: string[] }>

function OneOfMany({ condition, ...props }: SlotProps & { condition: Many }) {
  const { t } = useWords()
  const type = condition.kind === 'country' ? 'region' : 'language'
  return (
    <TokensSlot
      label={t(type === 'region' ? 'slot.country' : 'slot.language')}
      name={nameOf({ condition, ...props })}
      type={type}
      value={condition.anyOf}
      faulty={props.faulty}
      onChange={(anyOf) => props.onChange({ ...condition, anyOf })}
    />
  )
}

type Ago = Extract<Condition, { ago: string }>

function HowLongAgo({ condition, ...props }: SlotProps & { condition: Ago }) {
  const { t } = useWords()
  return (
    <AgoSlot
      label={t('slot.time')}
      name={nameOf({ condition, ...props })}
      value={condition}
      range={rangeOf(condition, 'seconds')}
      faulty={props.faulty}
      onChange={({ ago, seconds }) => props.onChange({ ...condition, ago, seconds })}
    />
  )
}

function Compared(props: SlotProps) {
  const { t } = useWords()
  const { condition, slot, faulty, onChange } = props
  const name = nameOf(props)
  const label = t('slot.value')
  if (condition.kind === 'attribute')
    return (
      <ComparisonSlot
        {...{ label, name, faulty }}
        value={condition.that}
        onChange={(that) => onChange({ ...condition, that })}
      />
    )
  if (condition.kind !== 'event' || !condition.where) return null
  const { where } = condition
  if (slot === 'that')
    return (
      <ComparisonSlot
        {...{ label, name, faulty }}
        value={where.that}
        onChange={(that) => onChange({ ...condition, where: { ...where, that } })}
      />
    )
  return (
    <TextSlot
      {...{ name, faulty }}
      label={t('slot.property')}
      most={60}
      value={where.property}
      onChange={(property) => onChange({ ...condition, where: { ...where, property } })}
    />
  )
}

/** A saved thing by its name; by hand where there is none to choose. */
function FromList(props: SlotProps) {
  const { t } = useWords()
  const { known } = useEditing()
  const { condition, slot, faulty, onChange } = props
  const value = String(Reflect.get(condition, slot) ?? '')
  const list = slot === 'segment' ? known.segments : known.teams
  const label = t(slot === 'segment' ? 'slot.segment' : 'slot.team')
  const change = (next: string) => onChange(put(condition, { [slot]: next }))
  if (list.length === 0)
    return <TextSlot {...{ label, value, faulty }} name={nameOf(props)} most={60} onChange={change} />
  return (
    <ChoiceSlot
      {...{ label, value }}
      faulty={faulty || !list.some(({ id }) => id === value)}
      choices={list.map(({ id, name }) => [id, name])}
      onChange={change}
    >
      {!list.some(({ id }) => id === value) && <option value={value}>{value || t('choose')}</option>}
    </ChoiceSlot>
  )
}
