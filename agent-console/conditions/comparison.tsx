import { limits } from '../../shared/limits.ts'
import type { Comparison } from '../../shared/triggers/kinds/comparison.ts'
import { sayAgo, sayOperator } from '../../shared/triggers/words/words.ts'
import { useWords } from '../ui/context.tsx'
import { ChoiceSlot, DurationSlot, type FieldProps, NumberSlot, TextSlot } from './fields.tsx'
import type { Range } from './numbers.ts'

type Op = Comparison['op']
const ops: readonly Op[] = ['is', 'isNot', 'contains', 'atLeast', 'atMost', 'exists', 'missing']

const numbers: Range = [-9_999_999_999, 9_999_999_999]

/** What is held against a remembered value: how, and what. Going from one way to another keeps what was written. */
export function ComparisonSlot({ label, name, value, onChange, faulty }: FieldProps<Comparison>) {
  const { t, locale } = useWords()
  return (
    <span class="slot-pair">
      <ChoiceSlot
        label={t('howCompared')}
        value={value.op}
        choices={ops.map((op) => [op, sayOperator(op, locale)])}
        onChange={(op) => onChange(comparisonWith(op, value))}
      />
      {'value' in value && <Against {...{ label, name, value, onChange, faulty }} />}
    </span>
  )
}

function Against({
  label,
  name,
  value,
  onChange,
  faulty,
}: FieldProps<Extract<Comparison, { value: unknown }>>) {
  switch (value.op) {
    case 'atLeast':
    case 'atMost':
      return (
        <NumberSlot
          {...{ label, name, faulty }}
          range={numbers}
          value={value.value}
          onChange={(next) => onChange({ op: value.op, value: next })}
        />
      )
    default:
      return (
        <TextSlot
          {...{ label, name, faulty }}
          most={limits.attributeCharacters}
          value={String(value.value)}
          onChange={(next) => onChange({ op: value.op, value: next })}
        />
      )
  }
}

/** The same with another operator: what was written is taken along as far as it fits. */
function comparisonWith(op: Op, before: Comparison): Comparison {
  const held = 'value' in before ? before.value : ''
  switch (op) {
    case 'exists':
    case 'missing':
      return { op }
    case 'atLeast':
    case 'atMost':
      return { op, value: Number.isFinite(Number(held)) ? Math.round(Number(held)) : 0 }
    case 'contains':
      return { op, value: String(held) }
    default:
      return { op, value: held }
  }
}

interface AgoProps {
  name: string
  label: string
  value: { ago: 'atLeast' | 'atMost'; seconds: number }
  range: Range
  onChange: (value: { ago: 'atLeast' | 'atMost'; seconds: number }) => void
  faulty?: boolean | undefined
}

const bounds = ['atLeast', 'atMost'] as const

export function AgoSlot({ name, label, value, range, onChange, faulty }: AgoProps) {
  const { t, locale } = useWords()
  return (
    <span class="slot-pair">
      <ChoiceSlot
        label={t('howCompared')}
        value={value.ago}
        choices={bounds.map((one) => [one, sayAgo(one, locale)])}
        onChange={(ago) => onChange({ ...value, ago })}
      />
      <DurationSlot
        {...{ name, label, range, faulty }}
        value={value.seconds}
        onChange={(seconds) => onChange({ ...value, seconds })}
      />
    </span>
  )
}
