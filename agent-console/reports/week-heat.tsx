import type { ResponseTimes } from '../../shared/metrics/response-times.ts'
import type { ReportView } from '../state/report-view.ts'
import { hourInWeek } from '../ui/calendars.ts'
import { useWords } from '../ui/context.tsx'
import { duration, hourOfDay, roughly, weekdayName } from '../ui/format.ts'
import type { Words } from '../ui/words.ts'
import { HeatMap } from './heat-map.tsx'
import { LengthOpened, Opened } from './opened.tsx'
import { casesHref } from './opens.ts'
import { useScope } from './report-scope.tsx'
import { type Column, Sortable } from './sortable.tsx'

type WeekHour = ResponseTimes['week'][number]

/** Those of the distribution, so that a length of time means the same everywhere. */
const minute = 60_000
const bounds = [minute, 5 * minute, 60 * minute] as const

export const heatOf = ({ n, p50 }: Pick<WeekHour, 'n' | 'p50'>): number =>
  p50 === null || n === 0 ? 0 : 1 + bounds.filter((bound) => p50 > bound).length

/** How long people waited in each hour of the week. */
export function WeekHeat({ week }: { week: readonly WeekHour[] }) {
  const words = useWords()
  const { t } = words
  const { view } = useScope()
  const cells = week.map((one) => ({
    ...{ weekday: one.weekday, hour: one.hour, level: heatOf(one), words: heatInWords(words, one) },
    href: one.n > 0 ? turnsOf(view, one) : null,
  }))
  const [first, second, third] = bounds.map((bound) => roughly(words, bound))
  const upTo = [first, second, third].map((time) => t('upTo', { time: time ?? '' }))
  return (
    <>
      <HeatMap
        label={t('byHourOfWeek')}
        hint={t('heatHint')}
        cells={cells}
        legend={[...upTo, t('longerThan', { time: third ?? '' })]}
      />
      <details class="behind">
        <summary>{t('showTable')}</summary>
        <WeekTable week={week} />
      </details>
    </>
  )
}

const turnsOf = (view: ReportView, { weekday, hour }: WeekHour): string =>
  casesHref(view, 'firstResponse.customer', { weekday: `${weekday}`, hour: `${hour}` })

export function heatInWords(words: Words, { weekday, hour, n, p50 }: WeekHour): string {
  const when = whenOf(words, weekday, hour)
  if (p50 === null || n === 0) return words.t('heatNobody', when)
  return words.count('heatCell', n, { ...when, time: duration(words, p50) })
}

export const whenOf = (words: Words, weekday: number, hour: number) => ({
  day: weekdayName(words, weekday, 'long'),
  hour: hourOfDay(words, hour),
})

function WeekTable({ week }: { week: readonly WeekHour[] }) {
  const words = useWords()
  const { t } = words
  const opened = ({ weekday, hour, n }: WeekHour) => ({
    ...{ figure: 'firstResponse.customer' as const, n },
    ...{ of: { weekday: `${weekday}`, hour: `${hour}` }, name: t('heatWhen', whenOf(words, weekday, hour)) },
  })
  const columns: [Column<WeekHour>, ...Column<WeekHour>[]] = [
    {
      id: 'when',
      name: t('hourColumn'),
      by: (one) => hourInWeek(words, one),
      cell: ({ weekday, hour }) => t('heatWhen', whenOf(words, weekday, hour)),
    },
    {
      ...{ id: 'n', name: t('turnsColumn'), means: { term: 'firstWaits' } },
      by: ({ n }) => n,
      cell: (one) => <Opened {...opened(one)} />,
    },
    {
      ...{ id: 'p50', name: t('median'), means: { term: 'median' } },
      by: ({ p50 }) => p50,
      cell: (one) => <LengthOpened ms={one.p50} {...opened(one)} />,
    },
  ]
  return (
    <Sortable
      label={t('byHourOfWeek')}
      rows={week.filter(({ n }) => n > 0)}
      keyOf={({ weekday, hour }) => `${weekday} ${hour}`}
      columns={columns}
      begin="p50"
    />
  )
}
