import type { Schedule } from '../../shared/calendar/hours.ts'
import { sayDay } from '../../shared/triggers/words/hours.ts'
import { Week } from '../calendar/week.tsx'
import { useWords } from '../ui/context.tsx'

interface HoursProps<Hours extends Schedule> {
  value: Hours
  onChange: (value: Hours) => void
  /** Holidays say better which days are left out; those that are already stay in sight. */
  hasHolidays?: boolean
}

/** The hours of a week, the first and the last day, and the days that are left out. */
export const Hours = <Of extends Schedule>({ value, onChange }: HoursProps<Of>) => (
  <div class="hours">
    <Week weekly={value.weekly} onChange={(weekly) => onChange({ ...value, weekly })} />
    <Season value={value} onChange={onChange} />
  </div>
)

/** From when until when, and days that are left out; left empty: without end. */
export function Season<Of extends Schedule>({ value, onChange, hasHolidays = false }: HoursProps<Of>) {
  const { t, tag } = useWords()
  const { first, last, except = [] } = value
  const put = (more: { first?: string | undefined; last?: string | undefined; except?: string[] }) => {
    const next = { ...value, ...more }
    if (!next.first) delete next.first
    if (!next.last) delete next.last
    if (!next.except?.length) delete next.except
    onChange(next)
  }
  return (
    <div class="season">
      <Day label={t('hoursFirst')} value={first ?? ''} onChange={(day) => put({ first: day })} />
      <Day label={t('hoursLast')} value={last ?? ''} onChange={(day) => put({ last: day })} />
      {!hasHolidays && (
        <Day
          label={t('hoursExcept')}
          value=""
          onChange={(day) => day && put({ except: [...new Set([...except, day])].sort() })}
        />
      )}
      {hasHolidays && except.length > 0 && t('hoursExcept')}
      {except.map((day) => (
        <button
          key={day}
          type="button"
          class="token"
          aria-label={t('leaveOut', { name: sayDay(day, tag) })}
          onClick={() => put({ except: except.filter((one) => one !== day) })}
        >
          <bdi>{sayDay(day, tag)}</bdi>
        </button>
      ))}
    </div>
  )
}

interface DayProps {
  label: string
  value: string
  onChange: (value: string) => void
}

const Day = ({ label, value, onChange }: DayProps) => (
  <label class="season-day">
    {label}
    <input
      class="part-input"
      type="date"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  </label>
)
