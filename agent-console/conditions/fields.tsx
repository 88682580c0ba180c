import type { ComponentChildren } from 'preact'
import { useId, useState } from 'preact/hooks'
import { useWords } from '../ui/context.tsx'
import { digits, figure } from '../ui/format.ts'
import { useTyped } from './editing.tsx'
import { type Range, readNumber, secondsIn, type Unit, unitName, unitOf, units } from './numbers.ts'

export interface FieldProps<Value> {
  /** What stands here, for who cannot see the sentence around it. */
  label: string
  /** Tells what was typed here from what was typed elsewhere. */
  name: string
  value: Value
  onChange: (value: Value) => void
  faulty?: boolean | undefined
}

interface TextProps extends FieldProps<string> {
  /** Addresses and selectors: in their own direction, one letter as wide as another. */
  technical?: boolean
  suggestions?: readonly string[]
  most: number
}

const widthOf = (text: string, least: number): number => Math.min(44, Math.max(least, [...text].length + 2))

/** As wide as what stands in it, within reason. */
export function TextSlot({ label, value, onChange, faulty, technical, suggestions = [], most }: TextProps) {
  const list = useId()
  return (
    <>
      <input
        class={technical ? 'part-input technical' : 'part-input'}
        dir={technical ? 'ltr' : 'auto'}
        size={widthOf(value, 8)}
        maxLength={most}
        aria-label={label}
        aria-invalid={faulty}
        list={suggestions.length > 0 ? list : undefined}
        autoComplete="off"
        spellcheck={false}
        value={value}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
      {suggestions.length > 0 && (
        <datalist id={list}>
          {suggestions.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      )}
    </>
  )
}

interface NumberProps extends FieldProps<number> {
  range: Range
}

/** Keeps what was typed even where it is no number that fits, and says which would. */
export function NumberSlot({ label, name, value, onChange, faulty, range }: NumberProps) {
  const words = useWords()
  const typed = useTyped()
  const [text, setText] = useState<string | null>(typed.get(name) ?? null)
  const read = text === null ? value : readNumber(text, range)
  const about = useId()
  const keep = (next: string | null) => {
    setText(next)
    if (next === null || readNumber(next, range) !== null) typed.delete(name)
    else typed.set(name, next)
  }
  return (
    <>
      <input
        class="part-input count"
        inputMode={range[0] < 0 ? undefined : 'numeric'}
        dir="ltr"
        autoComplete="off"
        size={widthOf(text ?? digits(words, value), 2)}
        aria-label={label}
        aria-invalid={read === null || faulty}
        aria-describedby={read === null ? about : undefined}
        value={text !== null && (read === null || read === value) ? text : digits(words, value)}
        onInput={(event) => {
          const next = event.currentTarget.value
          keep(next)
          const number = readNumber(next, range)
          if (number !== null) onChange(number)
        }}
        onBlur={() => {
          if (read !== null) keep(null)
        }}
      />
      {read === null && (
        <span id={about} class="slot-fault">
          {words.t('wholeNumber', { least: figure(words, range[0]), most: figure(words, range[1]) })}
        </span>
      )}
    </>
  )
}

/** A number and its unit. Choosing another unit keeps the number. */
export function DurationSlot({ range, ...props }: NumberProps) {
  const words = useWords()
  const { t } = words
  const { label, name, value: seconds, onChange, faulty } = props
  const [chosen, setUnit] = useState<Unit>(() => unitOf(seconds))
  const unit = seconds % secondsIn[chosen] === 0 ? chosen : unitOf(seconds)
  const size = secondsIn[unit]
  const least = Math.ceil(range[0] / size)
  const change = (next: Unit) => {
    setUnit(next)
    onChange(Math.min(range[1], Math.max(range[0], (seconds / size) * secondsIn[next])))
  }
  return (
    <span class="slot-pair">
      <NumberSlot
        {...{ label, name, faulty }}
        value={seconds / size}
        range={[least, Math.floor(range[1] / size)]}
        onChange={(n) => onChange(n * size)}
      />
      <ChoiceSlot
        label={t('unitOf', { what: label })}
        value={unit}
        choices={units.map((one) => [one, unitName(words.tag, one, seconds / size)])}
        onChange={change}
      />
    </span>
  )
}

interface ChoiceProps<T extends string> {
  label: string
  value: T
  choices: readonly (readonly [value: T, words: string])[]
  onChange: (value: T) => void
  faulty?: boolean | undefined
  children?: ComponentChildren
}

export const ChoiceSlot = <T extends string>({
  label,
  value,
  choices,
  onChange,
  faulty,
  children,
}: ChoiceProps<T>) => (
  <select
    class="part-select"
    aria-label={label}
    aria-invalid={faulty}
    value={value}
    onChange={(event) => {
      const found = choices.find(([one]) => one === event.currentTarget.value)
      if (found) onChange(found[0])
    }}
  >
    {children}
    {choices.map(([one, words]) => (
      <option key={one} value={one}>
        {words}
      </option>
    ))}
  </select>
)
