import { useState } from 'preact/hooks'
import { type Range, readNumber } from '../conditions/numbers.ts'
import { useWords } from './context.tsx'
import { digits, figure } from './format.ts'

interface NumberInputProps {
  value: number | undefined
  range: Range
  onChange: (value: number | undefined) => void
  /** May be left empty. */
  optional?: boolean
  /** Shown while it is empty. */
  usual?: number
  class?: string
  id?: string
  'aria-label'?: string
  'aria-describedby'?: string
}

/**
 * A whole number, shown in the digits of its language and taken in those of any keyboard; a field
 * of the browser's own kind refuses all but Latin ones. What does not fit keeps the form from being sent.
 */
export function NumberInput({ value, range, onChange, optional = false, usual, ...rest }: NumberInputProps) {
  const words = useWords()
  const [text, setText] = useState<string | null>(null)
  const take = (input: HTMLInputElement) => {
    const number = readNumber(input.value, range)
    const empty = input.value.trim() === ''
    setText(input.value)
    const [least, most] = [figure(words, range[0]), figure(words, range[1])]
    input.setCustomValidity(number === null && !empty ? words.t('wholeNumber', { least, most }) : '')
    if (number !== null || (empty && optional)) onChange(number ?? undefined)
  }
  const read = text === null ? null : readNumber(text, range)
  const shown = value === undefined ? '' : digits(words, value)
  return (
    <input
      {...rest}
      class={`input ${rest.class ?? ''}`}
      inputMode={range[0] < 0 ? undefined : 'numeric'}
      autocomplete="off"
      required={!optional}
      placeholder={usual === undefined ? undefined : digits(words, usual)}
      value={text !== null && (read === null || read === value) ? text : shown}
      onInput={(event) => take(event.currentTarget)}
      onBlur={() => read !== null && setText(null)}
    />
  )
}
