import type { Satisfaction, SatisfactionReport } from '../../shared/metrics/satisfaction.ts'
import { useWords } from '../ui/context.tsx'
import { figure } from '../ui/format.ts'
import type { TextKey } from '../ui/words.ts'
import { BySpeed } from './by-speed.tsx'
import { Defined } from './definition.tsx'
import { Bar } from './distribution.tsx'
import { shownScore } from './figures.ts'
import { FollowUpSection } from './follow-up-section.tsx'
import { OtherSurveysSection, Reached } from './other-surveys.tsx'

/** How happy people left, and how sure that is. */
export function SatisfactionSection({ report }: { report: SatisfactionReport }) {
  return (
    <>
      <Csat csat={report.csat} />
      <OtherSurveysSection report={report} />
      <BySpeed buckets={report.byFirstResponse} />
      {report.followUps && <FollowUpSection report={report.followUps} />}
    </>
  )
}

function Csat({ csat }: { csat: Satisfaction }) {
  const words = useWords()
  const { t, count } = words
  const { score, interval, mean, grey } = shownScore(words, csat)
  return (
    <div class="charts">
      <section class="card measure" aria-label={t('satisfaction')}>
        <h2>
          <Defined measure="csat">{t('satisfaction')}</Defined>
        </h2>
        <p class={grey ? 'measure-value grey' : 'measure-value'}>
          <span class={score.known ? 'value' : 'value unknown'}>{score.text}</span>
          {interval && <span class="measure-note">{interval}</span>}
        </p>
        <p class="measure-n">{count('ofRatings', csat.answered)}</p>
        {grey && csat.answered > 0 && <p class="measure-few">{t('fewRatings')}</p>}
        <dl class="figures">
          <Asked name="asked" n={csat.shown} />
          <Asked name="skipped" n={csat.skipped} />
          <Asked name="closedEpisodes" n={csat.episodes} />
          {csat.unasked > 0 && <Asked name="closedUnasked" n={csat.unasked} />}
          <Reached counts={csat} />
          {mean !== null && (
            <div>
              <dt>{t('mean')}</dt>
              <dd>{mean}</dd>
            </div>
          )}
        </dl>
      </section>
      <section class="card" aria-labelledby="ratings">
        <h2 id="ratings">{t('ratings')}</h2>
        <Ratings csat={csat} />
      </section>
    </div>
  )
}

const Asked = ({ name, n }: { name: TextKey; n: number }) => {
  const words = useWords()
  return (
    <div>
      <dt>{words.t(name)}</dt>
      <dd>{figure(words, n)}</dd>
    </div>
  )
}

const ratings: readonly { rating: keyof Satisfaction['distribution']; name: TextKey }[] = [
  { rating: '5', name: 'rating5' },
  { rating: '4', name: 'rating4' },
  { rating: '3', name: 'rating3' },
  { rating: '2', name: 'rating2' },
  { rating: '1', name: 'rating1' },
]

function Ratings({ csat }: { csat: Satisfaction }) {
  const words = useWords()
  if (csat.answered === 0) return <p class="not-enough">{words.t('noRatings')}</p>
  return (
    <table class="bars" aria-label={words.t('ratings')}>
      <tbody>
        {ratings.map(({ rating, name }) => (
          <tr key={rating}>
            <th scope="row">{words.t(name)}</th>
            <td class="bar-cell" aria-hidden="true">
              <Bar part={csat.distribution[rating] / csat.answered} />
            </td>
            <td class="number">{figure(words, csat.distribution[rating])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
