import type { Range } from '../conditions/numbers.ts'
import { NumberInput } from '../ui/number-input.tsx'
import { Field } from '../ui/parts.tsx'

interface NumberFieldProps {
  label: string
  hint?: string
  range: Range
  value: number
  onChange: (value: number) => void
}

/** A whole number of the settings that has to be there. */
export const NumberField = ({ label, hint, range, value, onChange }: NumberFieldProps) => (
  <Field label={label} {...(hint === undefined ? {} : { hint })}>
    {(ids) => (
      <NumberInput {...ids} range={range} value={value} onChange={(next = value) => onChange(next)} />
    )}
  </Field>
)
