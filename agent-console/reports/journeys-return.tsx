import type { Churn, Journeys } from '../../shared/metrics/journeys/question.ts'
import { useWords } from '../ui/context.tsx'
import { countAndShare, figure, reportDay } from '../ui/format.ts'
import type { Words } from '../ui/words.ts'
import { Columns } from './columns-chart.tsx'
import { Defined } from './definition.tsx'
import { useSegmentNames } from './journeys-stages.tsx'
import { type Column, Sortable } from './sortable.tsx'

type Cohort = Journeys['cohorts'][number]

/** Of whom it is known: the weeks whose visitors have had their time. */
export function Cohorts({ cohorts }: Pick<Journeys, 'cohorts'>) {
  const words = useWords()
  const { t } = words
  const decided = cohorts.filter(({ of }) => of > 0)
  return (
    <section class="card" aria-labelledby="journey-cohorts">
      <h2 id="journey-cohorts">
        <Defined measure="journey.returned">{t('journeyCohorts')}</Defined>
      </h2>
      {decided.length > 0 && (
        <Columns
          label={t('journeyCohortsChart')}
          columns={decided.map(({ week, share }) => ({
            ...{ key: week, name: reportDay(words, week), value: (share ?? 0) * 100 },
          }))}
        />
      )}
      <details class="behind" open={decided.length === 0}>
        <summary>{t('showTable')}</summary>
        <Sortable
          label={t('journeyCohorts')}
          rows={cohorts}
          keyOf={({ week }) => week}
          columns={cohortColumns(words)}
          begin="week"
        />
      </details>
    </section>
  )
}

function cohortColumns(words: Words): [Column<Cohort>, ...Column<Cohort>[]] {
  const { t } = words
  return [
    {
      id: 'week',
      name: t('journeyWeek'),
      by: ({ week }) => week,
      cell: ({ week }) => reportDay(words, week),
    },
    {
      ...{ id: 'visitors', name: t('journeyVisitors'), means: { term: 'visitors' } },
      by: ({ visitors }) => visitors,
      cell: ({ visitors }) => figure(words, visitors),
    },
    {
      ...{ id: 'returned', name: t('journeyReturned'), means: { measure: 'journey.returned' } },
      by: ({ share }) => share,
      cell: (one) => countAndShare(words, one),
    },
    {
      ...{ id: 'open', name: t('journeyOpenColumn') },
      by: ({ open }) => open,
      cell: ({ open }) => figure(words, open),
    },
  ]
}

/** Customers who stay away, by segment. */
export function Churned({ churn }: Pick<Journeys, 'churn'>) {
  const words = useWords()
  const { t } = words
  if (churn === null) return null
  return (
    <section class="card" aria-labelledby="journey-churn">
      <h2 id="journey-churn">
        <Defined measure="journey.churned">{t('journeyChurn')}</Defined>
      </h2>
      {churn.length === 0 ? <p class="not-enough">{t('journeyChurnNone')}</p> : <ChurnTable churn={churn} />}
    </section>
  )
}

function ChurnTable({ churn }: { churn: readonly Churn[] }) {
  const words = useWords()
  const { t, count } = words
  const nameOf = useSegmentNames()
  const columns: [Column<Churn>, ...Column<Churn>[]] = [
    {
      ...{ id: 'segment', name: t('journeySegment') },
      by: ({ segment }) => nameOf(segment),
      cell: ({ segment }) => <bdi>{nameOf(segment)}</bdi>,
    },
    {
      ...{ id: 'days', name: t('journeyDays') },
      by: ({ days }) => days,
      cell: ({ days }) => count('journeyInDays', days),
    },
    { id: 'of', name: t('journeyCustomers'), by: ({ of }) => of, cell: ({ of }) => figure(words, of) },
    {
      id: 'lost',
      name: t('journeyLost'),
      means: { measure: 'journey.churned' },
      by: ({ share }) => share,
      cell: (one) => countAndShare(words, one),
    },
    {
      ...{ id: 'chatted', name: t('journeyLostChatted') },
      by: ({ chatted }) => chatted.yes.share,
      cell: ({ chatted }) => countAndShare(words, chatted.yes),
    },
    {
      ...{ id: 'silent', name: t('journeyLostSilent') },
      by: ({ chatted }) => chatted.no.share,
      cell: ({ chatted }) => countAndShare(words, chatted.no),
    },
  ]
  return (
    <Sortable
      label={t('journeyChurn')}
      rows={churn}
      keyOf={({ segment }) => segment}
      columns={columns}
      begin="lost"
    />
  )
}
