import type { SpeedBucket } from '../../shared/metrics/satisfaction.ts'
import { useWords } from '../ui/context.tsx'
import { figure, roughly, share } from '../ui/format.ts'
import { Defined } from './definition.tsx'
import { Bar, bucketOf } from './distribution.tsx'
import { enoughRatings } from './figures.ts'
import { Opened } from './opened.tsx'

/** What speed is worth: a table whose bars are for the eye. */
export function BySpeed({ buckets }: { buckets: readonly SpeedBucket[] }) {
  const words = useWords()
  const { t, count } = words
  if (buckets.every(({ n }) => n === 0)) return null
  const last = buckets.findLast(({ upTo }) => upTo !== null)?.upTo ?? 0
  return (
    <section class="card" aria-labelledby="by-speed">
      <h2 id="by-speed">
        <Defined measure="csat.byFirstResponse">{t('bySpeed')}</Defined>
      </h2>
      <table class="bars" aria-labelledby="by-speed">
        <tbody>
          {buckets.map(({ upTo, n, score, low, high }) => (
            <tr key={upTo} class={n < enoughRatings ? 'few' : ''}>
              <th scope="row">
                {upTo === null
                  ? t('longerThan', { time: roughly(words, last) })
                  : t('upTo', { time: roughly(words, upTo) })}
              </th>
              <td class="bar-cell" aria-hidden="true">
                <Bar part={score ?? 0} />
              </td>
              <td class="number">{score === null ? t('notEnoughData') : share(words, score)}</td>
              <td class="quiet-words">
                {low !== null && high !== null && `${share(words, low)} – ${share(words, high)}`}
              </td>
              <td class="number quiet-words">
                <Opened figure="csat" of={{ bucket: bucketOf(upTo) }} n={n}>
                  {n > 0 ? count('ofRatings', n) : figure(words, n)}
                </Opened>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
