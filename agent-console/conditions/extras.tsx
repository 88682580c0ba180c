import type { Condition } from '../../shared/triggers/rule.ts'
import { useWords } from '../ui/context.tsx'
import type { TextKey } from '../ui/words.ts'

interface Extra {
  text: TextKey
  on: boolean
  turn(on: boolean): Condition
}

/** What a condition may ask besides. */
function extrasOf(condition: Condition): Extra[] {
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
  return (
    <>
      {extrasOf(condition).map(({ text, on, turn }) => (
        <button key={text} type="button" class="extra" aria-pressed={on} onClick={() => onChange(turn(!on))}>
          {t(text)}
        </button>
      ))}
    </>
  )
}
