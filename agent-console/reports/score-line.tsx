import type { ComponentChildren } from 'preact'
import { useWords } from '../ui/context.tsx'
import { share } from '../ui/format.ts'
import { Bar } from './distribution.tsx'
import { enoughRatings } from './figures.ts'

interface ScoreLineProps {
  of: { n: number; score: number | null; low: number | null; high: number | null }
  name: ComponentChildren
  /** How many ratings, leading to them. */
  children: ComponentChildren
}

/** A line of a table of scores: the bar is for the eye, and few ratings stand back. */
export function ScoreLine({ of: { n, score, low, high }, name, children }: ScoreLineProps) {
  const words = useWords()
  return (
    <tr class={n < enoughRatings ? 'few' : ''}>
      <th scope="row">{name}</th>
      <td class="bar-cell" aria-hidden="true">
        <Bar part={score ?? 0} />
      </td>
      <td class="number">{score === null ? words.t('notEnoughData') : share(words, score)}</td>
      <td class="quiet-words">
        {low !== null && high !== null && `${share(words, low)} – ${share(words, high)}`}
      </td>
      <td class="number quiet-words">{children}</td>
    </tr>
  )
}
