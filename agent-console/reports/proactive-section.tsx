import type { ProactiveOutcomes } from '../../shared/metrics/proactive.ts'
import { useWords } from '../ui/context.tsx'
import type { ReportQuery } from './answers.ts'
import { Files } from './files.tsx'
import { Outcome } from './outcome.tsx'

/** What each rule did in the period. */
export function ProactiveSection({ report, query }: { report: ProactiveOutcomes; query: ReportQuery }) {
  const { t } = useWords()
  return (
    <section class="outcomes" aria-labelledby="outcomes">
      <header>
        <h2 id="outcomes">{t('outcomes')}</h2>
        <p class="quiet-words">{t('outcomesAbout')}</p>
      </header>
      {report.rules.length === 0 ? (
        <p class="card not-enough">{t('noOutcomes')}</p>
      ) : (
        <>
          {report.rules.map((outcome) => (
            <Outcome key={outcome.rule.id} outcome={outcome} />
          ))}
          <Files report="proactive" query={{ ...query }} />
        </>
      )}
    </section>
  )
}
