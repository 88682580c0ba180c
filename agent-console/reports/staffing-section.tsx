import type { StaffedHour } from '../../shared/metrics/staffing.ts'
import { useWords } from '../ui/context.tsx'
import { figure, fromTo, hourOfDay } from '../ui/format.ts'
import type { Words } from '../ui/words.ts'
import { Columns } from './columns-chart.tsx'
import { Files } from './files.tsx'
import { Opened } from './opened.tsx'
import { useScope } from './report-scope.tsx'
import { type Column, Sortable } from './sortable.tsx'
import { hourOf, hourSpan, shortHours, type TypicalHour, typicalDay } from './staffing.ts'

const listed = 10

/** Whether enough people were there when others waited. */
export function StaffingSection({ hours }: { hours: readonly StaffedHour[] }) {
  const words = useWords()
  const { t } = words
  const { zone } = useScope().reader
  const day = typicalDay(hours, zone)
  const short = shortHours(hours, listed)
  if (hours.every(({ waiting, online }) => waiting.max + online.max === 0))
    return <p class="card not-enough">{t('notEnoughData')}</p>
  return (
    <>
      <section class="card" aria-labelledby="typical-day">
        <h2 id="typical-day">{t('typicalDay')}</h2>
        <Columns
          label={t('typicalDayChart')}
          columns={day.map((one) => ({
            ...{ key: `${one.hour}`, name: figure(words, one.hour) },
            ...{ value: one.waiting, mark: one.online },
          }))}
        />
        <p class="legend">
          <span class="legend-waiting">{t('waitingMean')}</span>
          <span class="legend-online">{t('onlineMean')}</span>
        </p>
        <details class="behind">
          <summary>{t('showTable')}</summary>
          <DayTable day={day} />
        </details>
      </section>
      <section class="card" aria-labelledby="short-hours">
        <h2 id="short-hours">{t('shortHours')}</h2>
        {short.length === 0 ? <p class="not-enough">{t('noShortHours')}</p> : <ShortTable hours={short} />}
      </section>
      <Files report="staffing" />
    </>
  )
}

function DayTable({ day }: { day: readonly TypicalHour[] }) {
  const words = useWords()
  const { t } = words
  const columns: [Column<TypicalHour>, ...Column<TypicalHour>[]] = [
    { id: 'hour', name: t('hourColumn'), by: ({ hour }) => hour, cell: ({ hour }) => hourOfDay(words, hour) },
    {
      id: 'waiting',
      name: t('waitingMean'),
      means: { term: 'waiting' },
      by: (one) => one.waiting,
      cell: (one) => (
        <Opened
          figure="waiting"
          of={{ hour: `${one.hour}` }}
          n={one.waiting}
          name={hourOfDay(words, one.hour)}
        >
          {figure(words, one.waiting, 1)}
        </Opened>
      ),
    },
    {
      id: 'online',
      name: t('onlineMean'),
      means: { term: 'online' },
      by: (one) => one.online,
      cell: (one) => figure(words, one.online, 1),
    },
  ]
  return (
    <Sortable
      label={t('typicalDay')}
      rows={day}
      keyOf={({ hour }) => `${hour}`}
      columns={columns}
      begin="waiting"
    />
  )
}

function hourInWords(words: Words, { at }: StaffedHour): string {
  const { from, to } = hourSpan(at)
  return fromTo(words, from, to)
}

function ShortTable({ hours }: { hours: readonly StaffedHour[] }) {
  const words = useWords()
  const { t } = words
  const hourName = (one: StaffedHour) => hourInWords(words, one)
  const { zone } = useScope().reader
  const level = (value: number) => figure(words, value, 1)
  const columns: [Column<StaffedHour>, ...Column<StaffedHour>[]] = [
    { id: 'at', name: t('hourColumn'), by: ({ at }) => at, cell: hourName },
    {
      id: 'waiting',
      name: t('waitingMean'),
      means: { term: 'waiting' },
      by: (one) => one.waiting.mean,
      cell: (one) => (
        <Opened figure="waiting" of={hourOf(one.at, zone)} n={one.waiting.mean} name={hourName(one)}>
          {level(one.waiting.mean)}
        </Opened>
      ),
    },
    {
      id: 'most',
      name: t('waitingMost'),
      means: { term: 'waitingMost' },
      by: (one) => one.waiting.max,
      cell: (one) => (
        <Opened figure="waiting" of={hourOf(one.at, zone)} n={one.waiting.max} name={hourName(one)} beside>
          {level(one.waiting.max)}
        </Opened>
      ),
    },
    {
      id: 'online',
      name: t('onlineMean'),
      means: { term: 'online' },
      by: (one) => one.online.mean,
      cell: (one) => level(one.online.mean),
    },
  ]
  return (
    <Sortable
      label={t('shortHours')}
      rows={hours}
      keyOf={({ at }) => `${at}`}
      columns={columns}
      begin="waiting"
    />
  )
}
