import type { Volume, VolumeCounts } from '../../shared/metrics/volume.ts'
import { hourInWeek } from '../ui/calendars.ts'
import { useWords } from '../ui/context.tsx'
import { figure, reportDay } from '../ui/format.ts'
import type { TextKey } from '../ui/words.ts'
import type { Compared } from './answers.ts'
import { Columns } from './columns-chart.tsx'
import { Files } from './files.tsx'
import { Change, Headline } from './headline.tsx'
import { HeatMap } from './heat-map.tsx'
import { Opened } from './opened.tsx'
import { casesHref } from './opens.ts'
import { useScope } from './report-scope.tsx'
import { type Column, Sortable } from './sortable.tsx'
import { whenOf } from './week-heat.tsx'

const countNames = {
  conversations: 'newChats',
  episodes: 'chatsBegun',
  visitorMessages: 'fromVisitors',
  agentMessages: 'fromYou',
  proactive: 'proactiveYes',
} as const satisfies Record<keyof VolumeCounts, TextKey>

const counts = ['episodes', 'conversations', 'visitorMessages', 'agentMessages', 'proactive'] as const

/** How much there was to do, and when. */
export function VolumeSection({ report }: { report: Compared<Volume> }) {
  const words = useWords()
  const { t } = words
  const { view } = useScope()
  const { totals, series, week, before } = report
  return (
    <>
      <div class="headlines">
        {counts.map((name) => (
          <Headline
            key={name}
            name={t(countNames[name])}
            means={{ term: name }}
            href={totals[name] > 0 ? casesHref(view, name) : undefined}
            shown={{ known: true, text: figure(words, totals[name]) }}
          >
            <Change now={totals[name]} before={before?.totals?.[name]} kind="count" />
          </Headline>
        ))}
      </div>
      <section class="card" aria-labelledby="chats-a-day">
        <h2 id="chats-a-day">{t('chatsEachDay')}</h2>
        <Columns
          label={t('chatsEachDayChart')}
          columns={series.map(({ day, episodes }) => ({
            key: day,
            name: reportDay(words, day),
            value: episodes,
          }))}
        />
        <details class="behind">
          <summary>{t('showTable')}</summary>
          <DayTable series={series} />
        </details>
      </section>
      <section class="card" aria-labelledby="chats-by-hour">
        <h2 id="chats-by-hour">{t('chatsByHour')}</h2>
        <VolumeHeat week={week} />
      </section>
      <Files report="volume" />
    </>
  )
}

function DayTable({ series }: Pick<Volume, 'series'>) {
  const words = useWords()
  const { t } = words
  const columns: [Column<Volume['series'][number]>, ...Column<Volume['series'][number]>[]] = [
    { id: 'day', name: t('day'), by: ({ day }) => day, cell: ({ day }) => reportDay(words, day) },
    ...counts.map((name) => ({
      id: name,
      name: t(countNames[name]),
      means: { term: name },
      by: (one: VolumeCounts) => one[name],
      cell: (one: Volume['series'][number]) => (
        <Opened figure={name} of={{ day: one.day }} n={one[name]} name={reportDay(words, one.day)} />
      ),
    })),
  ]
  return (
    <Sortable
      label={t('chatsEachDay')}
      rows={series}
      keyOf={({ day }) => day}
      columns={columns}
      begin="day"
    />
  )
}

/** Quarters of the busiest hour. */
function VolumeHeat({ week }: Pick<Volume, 'week'>) {
  const words = useWords()
  const { t, count } = words
  const { view } = useScope()
  const most = Math.max(0, ...week.map(({ n }) => n))
  const cells = week.map(({ weekday, hour, n }) => ({
    ...{ weekday, hour, level: n === 0 ? 0 : Math.ceil((n / most) * 4) },
    href: n === 0 ? null : casesHref(view, 'episodes', { weekday: `${weekday}`, hour: `${hour}` }),
    words: count('chatsThen', n, whenOf(words, weekday, hour)),
  }))
  const quarters = [...new Set([1, 2, 3, 4].map((part) => Math.floor((most * part) / 4)))]
  return (
    <div class="week-of-volume">
      <HeatMap
        label={t('chatsByHour')}
        hint={t('volumeHint')}
        cells={cells}
        legend={quarters.map((upTo) => t('upTo', { time: figure(words, upTo) }))}
      />
      <details class="behind">
        <summary>{t('showTable')}</summary>
        <HourTable week={week} />
      </details>
    </div>
  )
}

type WeekHour = Volume['week'][number]

function HourTable({ week }: Pick<Volume, 'week'>) {
  const words = useWords()
  const { t } = words
  const nameOf = ({ weekday, hour }: WeekHour) => t('heatWhen', whenOf(words, weekday, hour))
  const columns: [Column<WeekHour>, ...Column<WeekHour>[]] = [
    {
      id: 'when',
      name: t('hourColumn'),
      by: (one) => hourInWeek(words, one),
      cell: nameOf,
    },
    {
      id: 'n',
      name: t('chatsBegun'),
      means: { term: 'episodes' },
      by: ({ n }) => n,
      cell: (one) => (
        <Opened
          figure="episodes"
          of={{ weekday: `${one.weekday}`, hour: `${one.hour}` }}
          n={one.n}
          name={nameOf(one)}
        />
      ),
    },
  ]
  return (
    <Sortable
      label={t('chatsByHour')}
      rows={week.filter(({ n }) => n > 0)}
      keyOf={({ weekday, hour }) => `${weekday} ${hour}`}
      columns={columns}
      begin="n"
    />
  )
}
