import type { ComponentChildren } from 'preact'
import { times } from '../../shared/limits.ts'
import type { MeasureId } from '../../shared/metrics/definitions.ts'
import type { ResponseMeasure } from '../../shared/metrics/responses.ts'
import { useSurroundings, useWords } from '../ui/context.tsx'
import { roughly } from '../ui/format.ts'
import type { TextKey } from '../ui/words.ts'
import type { ReportQuery, ResponseTimes } from './answers.ts'
import { Chart } from './chart.tsx'
import { Defined } from './definition.tsx'
import { Distribution } from './distribution.tsx'
import { type Shown, shownDuration, shownPercentile, shownShare } from './figures.ts'

export function ResponseSection({ report, query }: { report: ResponseTimes; query: ReportQuery }) {
  const { t } = useWords()
  const { api } = useSurroundings()
  const file = api.address('/reports/response-times', { ...query, format: 'csv' })
  return (
    <>
      <div class="measures">
        <Measure
          id="firstResponse.customer"
          name="firstResponse"
          measure={report.measures['firstResponse.customer']}
        />
        <Measure id="response" name="responseTimes" measure={report.measures.response} />
      </div>
      <div class="charts">
        <section class="card" aria-labelledby="over-time">
          <h2 id="over-time">{t('overTime')}</h2>
          <Chart points={report.series} />
        </section>
        <section class="card" aria-labelledby="distribution">
          <h2 id="distribution">{t('distribution')}</h2>
          <Distribution steps={report.distribution} />
        </section>
      </div>
      <p class="report-file">
        <a class="button quiet" href={file} download>
          {t('downloadCsv')}
        </a>
      </p>
    </>
  )
}

interface MeasureProps {
  id: MeasureId
  name: TextKey
  measure: ResponseMeasure
}

/** The number and its n first; the rest beside it. */
function Measure({ id, name, measure }: MeasureProps) {
  const words = useWords()
  const { t, count } = words
  const typical = shownDuration(words, measure.p50)
  const target = roughly(words, times.responseTarget)
  return (
    <section class="card measure" aria-label={t(name)}>
      <h2>
        <Defined measure={id}>{t(name)}</Defined>
      </h2>
      <p class="measure-value">
        <Value shown={typical} />
        {typical.known && <span class="measure-note">{t('median')}</span>}
      </p>
      <p class="measure-n">{count('ofTurns', measure.n)}</p>
      {measure.n > 0 && (
        <dl class="figures">
          <Figure name={t('p90')}>
            <Value shown={shownPercentile(words, measure)} />
          </Figure>
          <Figure name={t('mean')}>
            <Value shown={shownDuration(words, measure.mean)} />
          </Figure>
          <Figure name={t('longest')}>
            <Value shown={shownDuration(words, measure.max)} />
          </Figure>
          <Figure name={t('withinTarget', { target })}>
            <Value shown={shownShare(words, measure.withinTarget)} />
          </Figure>
        </dl>
      )}
      {measure.censored > 0 && <p class="measure-censored">{count('unanswered', measure.censored)}</p>}
    </section>
  )
}

export const Value = ({ shown }: { shown: Shown }) => (
  <span class={shown.known ? 'value' : 'value unknown'}>{shown.text}</span>
)

const Figure = ({ name, children }: { name: string; children: ComponentChildren }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)
