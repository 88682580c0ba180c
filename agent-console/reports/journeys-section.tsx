import { useWords } from '../ui/context.tsx'
import { figure, reportDay } from '../ui/format.ts'
import type { JourneysReport } from './answers.ts'
import { Columns } from './columns-chart.tsx'
import { enoughRatings, shownDuration, shownShare } from './figures.ts'
import { Files } from './files.tsx'
import { Change, Headline } from './headline.tsx'
import { BeforeChat, MostLooked } from './journeys-pages.tsx'
import { Churned, Cohorts } from './journeys-return.tsx'
import { SideBySide, Stages } from './journeys-stages.tsx'
import { NotApplied } from './not-applied.tsx'
import { type Column, Sortable } from './sortable.tsx'

/** How far visitors came, who came back, and where they left. */
export function JourneysSection({ report }: { report: JourneysReport }) {
  const { t } = useWords()
  const { totals, stages, before, groups, cohorts, churn } = report
  return (
    <>
      <p class="reports-clock">{t('journeysAbout')}</p>
      <NotApplied names={report.notApplied} why="journeysNotApplied" />
      {totals.visitors === 0 ? (
        <p class="card not-enough">{t('journeysNone')}</p>
      ) : (
        <>
          <Headlines report={report} />
          <Stages stages={stages} before={before?.stages} />
          <EachDay series={report.series} />
          <SideBySide groups={groups} />
          <Cohorts cohorts={cohorts} />
          <Churned churn={churn} />
          <MostLooked pages={report.pages} />
          <BeforeChat beforeChat={report.beforeChat} />
        </>
      )}
      <Files report="journeys" />
    </>
  )
}

const counts = [
  ['visitors', 'journeyVisitors'],
  ['visits', 'journeyVisits'],
  ['pageViews', 'journeyPageViews'],
  ['chatted', 'journeyChatted'],
] as const

function Headlines({ report: { totals, returned, allPages, before } }: { report: JourneysReport }) {
  const words = useWords()
  const { t, count } = words
  const { p50 } = allPages.time
  return (
    <div class="headlines">
      {counts.map(([name, text]) => (
        <Headline
          key={name}
          name={t(text)}
          means={{ term: name }}
          shown={{ known: true, text: figure(words, totals[name]) }}
        >
          <Change now={totals[name]} before={before?.totals?.[name]} kind="count" />
        </Headline>
      ))}
      <Headline
        name={t('journeyReturned')}
        means={{ measure: 'journey.returned' }}
        shown={shownShare(words, returned.share)}
        grey={returned.of < enoughRatings}
        note={t('journeySoFar', { n: returned.soFar })}
      >
        {returned.of > 0 && <p class="measure-n">{t('nOf', { n: returned.n, of: returned.of })}</p>}
        {returned.open > 0 && <p class="measure-n">{count('journeyOpen', returned.open)}</p>}
        <Change now={returned.share} before={before?.returned?.share} kind="share" better="more" />
      </Headline>
      <Headline
        name={t('journeyTimeOnPage')}
        means={{ measure: 'journey.timeOnPage' }}
        shown={shownDuration(words, p50)}
        note={t('journeyMedian')}
      >
        <Change now={p50} before={before?.allPages?.time.p50} kind="time" />
      </Headline>
    </div>
  )
}

type Day = JourneysReport['series'][number]

function EachDay({ series }: Pick<JourneysReport, 'series'>) {
  const words = useWords()
  const { t } = words
  const columns: [Column<Day>, ...Column<Day>[]] = [
    { id: 'day', name: t('day'), by: ({ day }) => day, cell: ({ day }) => reportDay(words, day) },
    ...dayCounts.map(([name, text]) => ({
      ...{ id: name, name: t(text) },
      by: (one: Day) => one[name],
      cell: (one: Day) => figure(words, one[name]),
    })),
  ]
  return (
    <section class="card" aria-labelledby="journey-days">
      <h2 id="journey-days">{t('journeyEachDay')}</h2>
      <Columns
        label={t('journeyEachDayChart')}
        columns={series.map(({ day, visitors }) => ({
          ...{ key: day, name: reportDay(words, day), value: visitors },
        }))}
      />
      <details class="behind">
        <summary>{t('showTable')}</summary>
        <Sortable
          label={t('journeyEachDay')}
          rows={series}
          keyOf={({ day }) => day}
          columns={columns}
          begin="day"
        />
      </details>
    </section>
  )
}

const dayCounts = [
  ['visitors', 'journeyVisitors'],
  ['visits', 'journeyVisits'],
  ['pageViews', 'journeyPageViews'],
  ['chats', 'journeyChats'],
] as const
