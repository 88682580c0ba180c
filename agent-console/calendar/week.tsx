import type { Shift } from '../../shared/calendar/hours.ts'
import { weekdayName } from '../../shared/triggers/words/hours.ts'
import { weekStartOf } from '../ui/calendars.ts'
import { useWords } from '../ui/context.tsx'
import { IconButton } from '../ui/parts.tsx'
import { daysFrom, freshRow, rowsOf, type Times, type WeekRow, weeklyOf, withBreak } from './week-rows.ts'

interface WeekProps {
  weekly: readonly Shift[]
  onChange: (weekly: Shift[]) => void
  /** As usual in the language where it is left out. */
  weekStart?: number | undefined
  /** These hours are never none. */
  atLeastOne?: boolean
}

/** The hours of a week: days that are worked alike, with their breaks. */
export function Week({ weekly, onChange, weekStart, atLeastOne = false }: WeekProps) {
  const words = useWords()
  const { t } = words
  const rows = rowsOf(weekly)
  const put = (next: WeekRow[]) => onChange(weeklyOf(next))
  const days = daysFrom(weekStart ?? weekStartOf(words))
  return (
    <>
      {rows.length === 0 && <p class="quiet-words">{t('aroundTheClock')}</p>}
      {rows.map((row, i) => (
        <Row
          key={i}
          row={row}
          days={days}
          onChange={(next) => put(rows.map((one, at) => (at === i ? next : one)))}
          onRemove={atLeastOne && rows.length === 1 ? null : () => put(rows.toSpliced(i, 1))}
        />
      ))}
      <button type="button" class="button quiet" onClick={() => put([...rows, freshRow(rows)])}>
        {t('addHours')}
      </button>
    </>
  )
}

interface RowProps {
  row: WeekRow
  days: Shift['days']
  onChange: (row: WeekRow) => void
  onRemove: (() => void) | null
}

function Row({ row, days, onChange, onRemove }: RowProps) {
  const { t, tag } = useWords()
  const turn = (day: Shift['days'][number]) => {
    const on = row.days.includes(day) ? row.days.filter((one) => one !== day) : [...row.days, day]
    if (on.length > 0) onChange({ ...row, days: on.toSorted((a, b) => a - b) })
  }
  return (
    <div class="shift">
      <fieldset class="shift-days" aria-label={t('hoursDays')}>
        {days.map((day) => (
          <button
            key={day}
            type="button"
            class="shift-day"
            title={weekdayName(tag, day, 'long')}
            aria-pressed={row.days.includes(day)}
            onClick={() => turn(day)}
          >
            {weekdayName(tag, day, 'short')}
          </button>
        ))}
      </fieldset>
      {onRemove && <IconButton icon="close" label={t('removeHours')} onClick={onRemove} />}
      <TimesOfDay times={row.times} onChange={(times) => onChange({ ...row, times })} />
    </div>
  )
}

function TimesOfDay({ times, onChange }: { times: Times[]; onChange: (times: Times[]) => void }) {
  const { t } = useWords()
  const rested = withBreak(times)
  const put = (i: number, more: Partial<Times>) =>
    onChange(times.map((one, at) => (at === i ? { ...one, ...more } : one)))
  return (
    <span class="shift-spans">
      {times.map(({ from, to }, i) => (
        <span key={i} class="shift-span">
          <span class="shift-times">
            <Time label={t('hoursFrom')} value={from} onChange={(value) => put(i, { from: value })} />
            –
            <Time label={t('hoursTo')} value={to} onChange={(value) => put(i, { to: value })} />
          </span>
          {times.length > 1 && (
            <IconButton
              icon="close"
              label={t('removeTimes', { from, to })}
              onClick={() => onChange(times.toSpliced(i, 1))}
            />
          )}
        </span>
      ))}
      {rested && (
        <button type="button" class="button quiet" onClick={() => onChange(rested)}>
          {t('addBreak')}
        </button>
      )}
    </span>
  )
}

interface TimeProps {
  label: string
  value: string
  onChange: (value: string) => void
}

const Time = ({ label, value, onChange }: TimeProps) => (
  <input
    class="part-input"
    type="time"
    aria-label={label}
    value={value}
    onChange={(event) => {
      if (event.currentTarget.value) onChange(event.currentTarget.value)
    }}
  />
)
