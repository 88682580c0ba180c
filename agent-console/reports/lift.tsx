import type { Lift } from '../../shared/metrics/lift.ts'
import { useWords } from '../ui/context.tsx'
import { points } from './outcome-words.ts'

/** Where something stands on an axis from `-reach` to `reach`, in per cent of its length. */
const along = (value: number, reach: number): string => `${((value + reach) / (2 * reach)) * 100}%`

/** An interval around its value, beside the line of no difference. For the eye: the words say the same. */
export function LiftRange({ lift: { difference, low, high }, reach }: { lift: Lift; reach: number }) {
  return (
    <span class="lift" aria-hidden="true">
      <span class="lift-zero" />
      <span
        class={low > 0 || high < 0 ? 'lift-range sure' : 'lift-range'}
        style={{
          insetInlineStart: along(low, reach),
          inlineSize: `${((high - low) / (2 * reach)) * 100}%`,
        }}
      />
      <span class="lift-dot" style={{ insetInlineStart: along(difference, reach) }} />
    </span>
  )
}

/** What the axis counts: its ends, and where there is no difference. */
export function LiftScale({ reach }: { reach: number }) {
  const words = useWords()
  return (
    <span class="lift-scale" aria-hidden="true">
      {[-reach, 0, reach].map((value) => (
        <span key={value}>{points(words, value)}</span>
      ))}
    </span>
  )
}
