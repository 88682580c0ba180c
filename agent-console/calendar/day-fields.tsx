import { type CalendarKind, calendarKinds, type MonthDay, mostDays } from '../../shared/calendar/dates.ts'
import { useWords } from '../ui/context.tsx'
import { monthNames } from './day-words.ts'

export type On = 'date' | CalendarKind
const ons = ['date', ...calendarKinds] as const

/** On one date, or every year in one of the calendars. */
export function OnSelect({ value, onChange }: { value: On; onChange: (on: On) => void }) {
  const { t } = useWords()
  return (
    <select
      class="part-input"
      aria-label={t('dayOn')}
      value={value}
      onChange={({ currentTarget }) => onChange(ons.find((on) => on === currentTarget.value) ?? 'date')}
    >
      {ons.map((on) => (
        <option key={on} value={on}>
          {t(`on.${on}`)}
        </option>
      ))}
    </select>
  )
}

interface MonthDayProps {
  kind: CalendarKind
  /** What it is for, where there are two of them. */
  label?: string
  value: MonthDay
  onChange: (value: MonthDay) => void
}

/** A day of the year, in a calendar: no day that no year has can be chosen. */
export function MonthDayFields({ kind, label, value: { month, day }, onChange }: MonthDayProps) {
  const words = useWords()
  const { t, tag } = words
  const figures = new Intl.NumberFormat(tag)
  const put = (next: MonthDay) => onChange({ ...next, day: Math.min(next.day, mostDays(kind, next.month)) })
  const of = (name: string) => (label ? `${label}: ${name}` : name)
  return (
    <span class="month-day">
      {label && <span>{label}</span>}
      <select
        class="part-input"
        aria-label={of(t('dayDay'))}
        value={day}
        onChange={({ currentTarget }) => put({ month, day: Number(currentTarget.value) })}
      >
        {Array.from({ length: mostDays(kind, month) }, (_, i) => (
          <option key={i} value={i + 1}>
            {figures.format(i + 1)}
          </option>
        ))}
      </select>
      <select
        class="part-input"
        aria-label={of(t('dayMonth'))}
        value={month}
        onChange={({ currentTarget }) => put({ month: Number(currentTarget.value), day })}
      >
        {monthNames(words, kind).map((name, i) => (
          <option key={name} value={i + 1}>
            {name}
          </option>
        ))}
      </select>
    </span>
  )
}

export const NameField = ({
  label,
  value,
  onChange,
}: {
  label: string
  value: string
  onChange: (name: string) => void
}) => (
  <input
    class="part-input day-name"
    dir="auto"
    required
    maxLength={60}
    aria-label={label}
    placeholder={label}
    value={value}
    onInput={({ currentTarget }) => onChange(currentTarget.value)}
  />
)
