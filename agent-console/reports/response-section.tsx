import type { ComponentChildren } from 'preact'
import type { Figures } from '../../shared/metrics/column.ts'
import type { LengthId } from '../../shared/metrics/definitions.ts'
import { useWords } from '../ui/context.tsx'
import type { TextKey } from '../ui/words.ts'
import type { ResponseTimes } from './answers.ts'
import { Breaches } from './breaches.tsx'
import { Breakdowns } from './breakdowns.tsx'
import { Chart } from './chart.tsx'
import { Defined } from './definition.tsx'
import { Distribution } from './distribution.tsx'
import type { Term } from './explanations.ts'
import { FieldFigures } from './field-figures.tsx'
import { shownDuration, shownPercentile, shownShare } from './figures.ts'
import { Files } from './files.tsx'
import { Change, Value } from './headline.tsx'
import { MeasuresTable } from './measures-table.tsx'
import { Opened } from './opened.tsx'
import { casesHref } from './opens.ts'
import { useScope } from './report-scope.tsx'
import { SharesRow } from './shares.tsx'
import { WeekHeat } from './week-heat.tsx'

const measureNames = [
  ['firstResponse.customer', 'firstResponse'],
  ['response', 'responseTimes'],
] as const satisfies readonly (readonly [LengthId, TextKey])[]

export function ResponseSection({ report }: { report: ResponseTimes }) {
  const { t } = useWords()
  const { before, shares, week, by, breaches } = report
  return (
    <>
      <Measures report={report} />
      {shares && <SharesRow shares={shares} before={before?.shares} />}
      <div class="charts">
        <section class="card" aria-labelledby="over-time">
          <h2 id="over-time">{t('overTime')}</h2>
          <Chart points={report.series} />
        </section>
        <section class="card" aria-labelledby="distribution">
          <h2 id="distribution">{t('distribution')}</h2>
          <Distribution steps={report.distribution} />
          <FieldFigures steps={report.distribution} />
        </section>
      </div>
      {week && (
        <section class="card" aria-labelledby="hours-of-week">
          <h2 id="hours-of-week">{t('byHourOfWeek')}</h2>
          <WeekHeat week={week} />
        </section>
      )}
      {by && <Breakdowns by={by} />}
      {breaches && <Breaches breaches={breaches} />}
      <MeasuresTable measures={report.measures} />
      <Files report="response-times" />
    </>
  )
}

/** How long it took, in two figures that stand for all. */
export const Measures = ({ report: { measures, before } }: { report: ResponseTimes }) => (
  <div class="measures">
    {measureNames.map(([id, name]) => (
      <Measure key={id} id={id} name={name} measure={measures[id]} before={before?.measures?.[id].p50} />
    ))}
  </div>
)

interface MeasureProps {
  id: (typeof measureNames)[number][0]
  name: TextKey
  measure: Figures | undefined
  before: number | null | undefined
}

/** The number and its n first; the rest beside it. */
function Measure({ id, name, measure, before }: MeasureProps) {
  const words = useWords()
  const { t, count } = words
  const { view } = useScope()
  if (!measure) return null
  const typical = shownDuration(words, measure.p50)
  return (
    <section class="card measure" aria-label={t(name)}>
      <h2>
        <Defined measure={id}>{t(name)}</Defined>
      </h2>
      <p class="measure-value">
        <Value shown={typical} href={casesHref(view, id)} />
        {typical.known && (
          <span class="measure-note">
            <Defined term="median">{t('median')}</Defined>
          </span>
        )}
      </p>
      <p class="measure-n">
        <Opened figure={id} n={measure.n}>
          {count('ofTurns', measure.n)}
        </Opened>
      </p>
      <Change now={measure.p50} before={before} kind="time" better="less" />
      {measure.n > 0 && <Rest measure={measure} href={casesHref(view, id)} />}
      {measure.censored > 0 && (
        <p class="measure-censored">
          <Opened figure={id} of={{ unanswered: 'yes' }} n={measure.censored}>
            {count('unanswered', measure.censored)}
          </Opened>
        </p>
      )}
    </section>
  )
}

function Rest({ measure, href }: { measure: Figures; href: string }) {
  const words = useWords()
  const { t } = words
  return (
    <dl class="figures">
      <Figure term="p90" name={t('p90')}>
        <Value shown={shownPercentile(words, measure)} href={href} />
      </Figure>
      <Figure term="mean" name={t('mean')}>
        <Value shown={shownDuration(words, measure.mean)} href={href} />
      </Figure>
      <Figure term="longest" name={t('longest')}>
        <Value shown={shownDuration(words, measure.max)} href={href} />
      </Figure>
      <Figure term="inTarget" name={t('inTarget')}>
        <Value shown={shownShare(words, measure.withinTarget)} href={href} />
      </Figure>
    </dl>
  )
}

const Figure = ({ term, name, children }: { term: Term; name: string; children: ComponentChildren }) => (
  <div>
    <dt>
      <Defined term={term}>{name}</Defined>
    </dt>
    <dd>{children}</dd>
  </div>
)
