import { reportHref } from '../state/report-view.ts'
import { useWords } from '../ui/context.tsx'
import type { ResponseTimes } from './answers.ts'
import { Chart } from './chart.tsx'
import { useScope } from './report-scope.tsx'
import { Measures } from './response-section.tsx'

/** The figures that matter most, each the door to its own section. */
export function Answered({ report }: { report: ResponseTimes }) {
  const { t } = useWords()
  const { view } = useScope()
  return (
    <>
      <Measures report={report} />
      <section class="card" aria-labelledby="over-time">
        <div class="card-head">
          <h2 id="over-time">{t('overTime')}</h2>
          <a href={reportHref({ ...view, part: 'responses' })}>{t('moreOfIt')}</a>
        </div>
        <Chart points={report.series} />
      </section>
    </>
  )
}
