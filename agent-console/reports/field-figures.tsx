import { useWords } from '../ui/context.tsx'
import { share } from '../ui/format.ts'
import type { ResponseTimes } from './answers.ts'

const hour = 3_600_000

/** What surveys of the field have published; for scale, not as a target. */
const field = { withinHour: 0.37, withinDay: 0.16, meanHours: 42, expectLow: 0.66, expectHigh: 0.83 }

/** The house's own shares beside those of the field. */
export function FieldFigures({ steps }: { steps: ResponseTimes['distribution'] }) {
  const words = useWords()
  const { t } = words
  const all = steps.reduce((sum, { n }) => sum + n, 0)
  if (all === 0) return null
  const within = (bound: number) =>
    steps.filter(({ upTo }) => upTo !== null && upTo <= bound).reduce((sum, { n }) => sum + n, 0) / all
  const inDay = within(24 * hour) - within(hour)
  return (
    <div class="field-figures">
      <h3>{t('besideTheField')}</h3>
      <table class="table">
        <thead>
          <tr>
            <td />
            <th scope="col" class="number">
              {t('youHere')}
            </th>
            <th scope="col" class="number">
              {t('theField')}
            </th>
          </tr>
        </thead>
        <tbody>
          <Row name={t('answeredWithinHour')} own={within(hour)} theirs={field.withinHour} />
          <Row name={t('answeredLaterThatDay')} own={inDay} theirs={field.withinDay} />
        </tbody>
      </table>
      <p class="field-hint">
        {t('fieldAbout', {
          mean: field.meanHours,
          low: share(words, field.expectLow),
          high: share(words, field.expectHigh),
        })}
      </p>
    </div>
  )
}

const Row = ({ name, own, theirs }: { name: string; own: number; theirs: number }) => {
  const words = useWords()
  return (
    <tr>
      <th scope="row">{name}</th>
      <td class="number">{share(words, own)}</td>
      <td class="number quiet-words">{share(words, theirs)}</td>
    </tr>
  )
}
