import type { Overview } from '../../shared/metrics/overview.ts'
import { type ReportPart, reportHref } from '../state/report-view.ts'
import { useWords } from '../ui/context.tsx'
import { figure } from '../ui/format.ts'
import type { Compared } from './answers.ts'
import { Chart } from './chart.tsx'
import { shownDuration, shownScore, shownShare } from './figures.ts'
import { Files } from './files.tsx'
import { Change, Headline } from './headline.tsx'
import { Opened } from './opened.tsx'
import { casesHref } from './opens.ts'
import { useScope } from './report-scope.tsx'

/** The figures that matter most, each the door to its own section. */
export function OverviewSection({ report }: { report: Compared<Overview> }) {
  const { t } = useWords()
  const { view } = useScope()
  return (
    <>
      <div class="headlines">
        <Times report={report} />
        <Shares report={report} />
      </div>
      <section class="card" aria-labelledby="over-time">
        <div class="card-head">
          <h2 id="over-time">{t('overTime')}</h2>
          <a href={reportHref({ ...view, part: 'responses' })}>{t('moreOfIt')}</a>
        </div>
        <Chart points={report.series} room="broad" />
      </section>
      <Files report="overview" />
    </>
  )
}

type Part = { report: Compared<Overview> }

function useDoor() {
  const { view } = useScope()
  return (part: ReportPart) => reportHref({ ...view, part })
}

function Times({ report }: Part) {
  const words = useWords()
  const { t, count } = words
  const { view } = useScope()
  const door = useDoor()
  const { volume, before } = report
  const times = [
    ['firstResponse', 'firstResponse.customer', 'firstResponse'],
    ['response', 'response', 'responseTimes'],
    ['resolution', 'resolution.episode', 'resolutionEpisode'],
  ] as const
  return (
    <>
      <Headline
        name={t('chatsBegun')}
        href={volume.episodes > 0 ? casesHref(view, 'episodes') : undefined}
        more={door('volume')}
        shown={{ known: true, text: figure(words, volume.episodes) }}
      >
        <p class="measure-n">
          <Opened figure="visitorMessages" n={volume.visitorMessages}>
            {count('messagesBegun', volume.visitorMessages)}
          </Opened>
        </p>
        <Change now={volume.episodes} before={before?.volume?.episodes} kind="count" />
      </Headline>
      {times.map(([field, measure, name]) => (
        <Headline
          key={field}
          name={t(name)}
          means={{ measure: measure }}
          href={casesHref(view, measure)}
          more={door('responses')}
          shown={shownDuration(words, report[field].p50)}
          note={report[field].n > 0 && t('median')}
        >
          <p class="measure-n">
            <Opened figure={measure} n={report[field].n}>
              {count(field === 'resolution' ? 'ofChats' : 'ofTurns', report[field].n)}
            </Opened>
          </p>
          <Change now={report[field].p50} before={before?.[field]?.p50} kind="time" better="less" />
        </Headline>
      ))}
    </>
  )
}

function Shares({ report }: Part) {
  const words = useWords()
  const { t, count } = words
  const { view } = useScope()
  const door = useDoor()
  const { csat, before } = report
  const { score, interval, grey } = shownScore(words, csat)
  const shares = [
    ['abandoned', 'shareAbandoned', 'less'],
    ['missed', 'shareMissed', 'less'],
    ['promiseKept', 'sharePromiseKept', 'more'],
  ] as const
  return (
    <>
      <Headline
        name={t('satisfaction')}
        means={{ measure: 'csat' }}
        href={casesHref(view, 'csat')}
        more={door('satisfaction')}
        shown={score}
        note={interval}
        grey={grey}
      >
        <p class="measure-n">
          <Opened figure="csat" n={csat.answered}>
            {count('ofRatings', csat.answered)}
          </Opened>
        </p>
        <Change now={csat.score} before={before?.csat?.score} kind="share" better="more" />
      </Headline>
      {shares.map(([id, name, better]) => (
        <Headline
          key={id}
          name={t(name)}
          means={{ measure: id }}
          href={casesHref(view, id)}
          more={door('responses')}
          shown={shownShare(words, report[id].share)}
        >
          <p class="measure-n">
            <Opened figure={id} of={{ outcome: 'yes' }} n={report[id].n}>
              {t('nOf', { n: report[id].n, of: report[id].of })}
            </Opened>
          </p>
          <Change now={report[id].share} before={before?.[id]?.share} kind="share" better={better} />
        </Headline>
      ))}
    </>
  )
}
