import type { ResponseTimes } from '../../shared/metrics/response-times.ts'
import { useWords } from '../ui/context.tsx'
import { roughly, share } from '../ui/format.ts'
import { Opened } from './opened.tsx'

/** How many were answered how fast; a table whose bars are for the eye. */
export function Distribution({ steps }: { steps: ResponseTimes['distribution'] }) {
  const words = useWords()
  const { t } = words
  const all = steps.reduce((sum, step) => sum + step.n, 0)
  if (all === 0) return <p class="not-enough">{t('notEnoughData')}</p>
  const last = steps.findLast((step) => step.upTo !== null)?.upTo ?? 0
  return (
    <table class="bars" aria-label={t('distribution')}>
      <tbody>
        {steps.map(({ upTo, n }) => (
          <tr key={upTo}>
            <th scope="row">
              {upTo === null
                ? t('longerThan', { time: roughly(words, last) })
                : t('upTo', { time: roughly(words, upTo) })}
            </th>
            <td class="bar-cell" aria-hidden="true">
              <Bar part={n / all} />
            </td>
            <td class="number">
              <Opened figure="response" of={{ bucket: bucketOf(upTo) }} n={n} />
            </td>
            <td class="number quiet-words">{share(words, n / all)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** What a step is called in an address. */
export const bucketOf = (upTo: number | null): string => (upTo === null ? 'more' : `${upTo}`)

export const Bar = ({ part }: { part: number }) => (
  <span class="bar">
    <span class="bar-fill" style={{ inlineSize: `${part * 100}%` }} />
  </span>
)
