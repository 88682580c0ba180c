import type { Condition } from '../../shared/triggers/rule.ts'
import { useWords } from '../ui/context.tsx'
import type { TextKey } from '../ui/words.ts'
import { type Named, useEditing } from './editing.tsx'

interface Extra {
  text: TextKey
  on: boolean
  turn(on: boolean): Condition
}

/** What a condition may ask besides. */
function extrasOf(condition: Condition, calendars: readonly Named[]): Extra[] {
  if (condition.kind === 'schedule') {
    const { calendar, ...hours } = condition
    const on = calendar !== undefined
    const first = calendars[0]?.id ?? ''
    const byCalendar = {
      text: 'extra.calendar',
      on,
      turn: (by: boolean) => (by ? { ...hours, calendar: first } : hours),
    } as const
    return on || calendars.length > 0 ? [byCalendar] : []
  }
  if (condition.kind === 'cartAbandoned') {
    const { worth: _worth, ...plain } = condition
    return [
      {
        text: 'extra.worth',
        on: condition.worth !== undefined,
        turn: (on) => (on ? { ...plain, worth: 50 } : plain),
      },
    ]
  }
  if (condition.kind !== 'event') return []
  const { withinSeconds: _within, ...anyTime } = condition
  const { where: _where, ...anyhow } = condition
  return [
    {
      text: 'extra.within',
      on: condition.withinSeconds !== undefined,
      turn: (on) => (on ? { ...condition, withinSeconds: 3_600 } : anyTime),
    },
    {
      text: 'extra.where',
      on: condition.where !== undefined,
      turn: (on) =>
        on ? { ...condition, where: { property: 'value', that: { op: 'atLeast', value: 1 } } } : anyhow,
    },
  ]
}

/** Each can be asked for or left out; they stand after the sentence, quietly. */
export function Extras({
  condition,
  onChange,
}: {
  condition: Condition
  onChange: (condition: Condition) => void
}) {
  const { t } = useWords()
  const { known } = useEditing()
  return (
    <>
      {extrasOf(condition, known.calendars).map(({ text, on, turn }) => (
        <button key={text} type="button" class="extra" aria-pressed={on} onClick={() => onChange(turn(!on))}>
          {t(text)}
        </button>
      ))}
    </>
  )
}
