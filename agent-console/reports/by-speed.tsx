import type { SpeedBucket } from '../../shared/metrics/satisfaction.ts'
import { useWords } from '../ui/context.tsx'
import { figure, roughly } from '../ui/format.ts'
import { Defined } from './definition.tsx'
import { bucketOf } from './distribution.tsx'
import { Opened } from './opened.tsx'
import { ScoreLine } from './score-line.tsx'

/** What speed is worth: a table whose bars are for the eye. */
export function BySpeed({ buckets }: { buckets: readonly SpeedBucket[] }) {
  const words = useWords()
  const { t, count } = words
  if (buckets.every(({ n }) => n === 0)) return null
  const last = buckets.findLast(({ upTo }) => upTo !== null)?.upTo ?? 0
  const nameOf = (upTo: number | null) =>
    upTo === null
      ? t('longerThan', { time: roughly(words, last) })
      : t('upTo', { time: roughly(words, upTo) })
  return (
    <section class="card" aria-labelledby="by-speed">
      <h2 id="by-speed">
        <Defined measure="csat.byFirstResponse">{t('bySpeed')}</Defined>
      </h2>
      <table class="bars" aria-labelledby="by-speed">
        <tbody>
          {buckets.map((bucket) => (
            <ScoreLine key={bucket.upTo} of={bucket} name={nameOf(bucket.upTo)}>
              <Opened figure="csat" of={{ bucket: bucketOf(bucket.upTo) }} n={bucket.n}>
                {bucket.n > 0 ? count('ofRatings', bucket.n) : figure(words, 0)}
              </Opened>
            </ScoreLine>
          ))}
        </tbody>
      </table>
    </section>
  )
}
