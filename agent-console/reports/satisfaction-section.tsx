import type { AskState } from '../../shared/metrics/case-figures.ts'
import type { Satisfaction, SatisfactionReport } from '../../shared/metrics/satisfaction.ts'
import { type ReportFilter, type ReportView, reportFilters } from '../state/report-view.ts'
import { useWords } from '../ui/context.tsx'
import type { TextKey } from '../ui/words.ts'
import type { Compared } from './answers.ts'
import { BySpeed } from './by-speed.tsx'
import { ByTeam } from './by-team.tsx'
import { Defined } from './definition.tsx'
import { Bar } from './distribution.tsx'
import { shownScore } from './figures.ts'
import { FollowUpSection } from './follow-up-section.tsx'
import { Change, Value } from './headline.tsx'
import { NotApplied } from './not-applied.tsx'
import { Opened } from './opened.tsx'
import { casesHref } from './opens.ts'
import { Mean, OtherSurveysSection, Reached } from './other-surveys.tsx'
import { ofFollowUps } from './report-query.ts'
import { useScope } from './report-scope.tsx'

/** How happy people left, and how sure that is. */
export function SatisfactionSection({ report }: { report: Compared<SatisfactionReport> }) {
  const { view } = useScope()
  return (
    <>
      <Csat csat={report.csat} before={report.before?.csat} />
      <OtherSurveysSection report={report} />
      <BySpeed buckets={report.byFirstResponse} />
      <ByTeam teams={report.byTeam} />
      {report.followUps ? (
        <FollowUpSection report={report.followUps} />
      ) : (
        <NotApplied names={untoldOf(view)} why="followUpsNotTold" />
      )}
    </>
  )
}

const untoldOf = (view: ReportView): readonly ReportFilter[] =>
  reportFilters.filter((name) => view[name] !== undefined && !ofFollowUps.includes(name))

function Csat({ csat, before }: { csat: Satisfaction; before: Satisfaction | undefined }) {
  const { view } = useScope()
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
          <Value shown={score} href={casesHref(view, 'csat')} />
          {interval && <span class="measure-note">{interval}</span>}
        </p>
        <p class="measure-n">
          <Opened figure="csat" n={csat.answered}>
            {count('ofRatings', csat.answered)}
          </Opened>
        </p>
        <Change now={csat.score} before={before?.score} kind="share" better="more" />
        {grey && csat.answered > 0 && <p class="measure-few">{t('fewRatings')}</p>}
        <dl class="figures">
          <Asked name="asked" state="shown" n={csat.shown} />
          <Asked name="skipped" state="skipped" n={csat.skipped} />
          <Asked name="closedEpisodes" state="closed" n={csat.episodes} />
          {csat.unasked > 0 && <Asked name="closedUnasked" state="unasked" n={csat.unasked} />}
          <Reached kind="csat" counts={csat} />
          {mean !== null && <Mean kind="csat" n={csat.answered} mean={mean} />}
        </dl>
      </section>
      <section class="card" aria-labelledby="ratings">
        <h2 id="ratings">{t('ratings')}</h2>
        <Ratings csat={csat} />
      </section>
    </div>
  )
}

const Asked = ({ name, state, n }: { name: TextKey; state: Exclude<AskState, 'answered'>; n: number }) => (
  <div>
    <dt>
      <Defined term={state}>{useWords().t(name)}</Defined>
    </dt>
    <dd>
      <Opened figure="csat" of={{ state }} n={n} />
    </dd>
  </div>
)

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
            <td class="number">
              <Opened
                figure="csat"
                of={{ answer: rating }}
                n={csat.distribution[rating]}
                name={words.t(name)}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
