import { useState } from 'preact/hooks'
import { type CalendarKind, calendarKinds, dateOf, dayOf } from '../../shared/calendar/dates.ts'
import { dayOfWholeDate, type WholeDate, wholeDateOn } from '../../shared/calendar/whole-dates.ts'
import { readNumber } from '../conditions/numbers.ts'
import { useWords } from '../ui/context.tsx'
import { digits } from '../ui/format.ts'
import { MonthDayFields } from './day-fields.tsx'

interface DateFieldProps {
  label: string
  /** `YYYY-MM-DD`, as everywhere that dates are kept. */
  value: string
  onChange: (date: string) => void
}

/** Hours are known for these years. */
const [firstYear, lastYear] = [1970, 2149]

/** One date, given in the calendar that is chosen; at first in that of the reader's language. */
export function DateField({ label, value, onChange }: DateFieldProps) {
  const words = useWords()
  const { t } = words
  const [kind, setKind] = useState<CalendarKind>(words.locale === 'fa' ? 'jalali' : 'gregorian')
  const date = wholeDateOn(kind, dayOf(value))
  const put = (wanted: WholeDate) => {
    // The last of a month is another one in another year.
    const day = dayOfWholeDate(kind, wanted) ?? dayOfWholeDate(kind, { ...wanted, day: wanted.day - 1 })
    if (day !== null) onChange(dateOf(day))
  }
  const of = (name: string) => (label ? `${label}: ${name}` : name)
  return (
    <span class="season-day">
      <MonthDayFields
        kind={kind}
        {...(label && { label })}
        value={date}
        onChange={(value) => put({ ...date, ...value })}
      />
      <Year kind={kind} label={of(t('dayYear'))} date={date} onChange={put} />
      <select
        class="part-input"
        aria-label={of(t('calendarKind'))}
        value={kind}
        onChange={({ currentTarget }) =>
          setKind(calendarKinds.find((one) => one === currentTarget.value) ?? kind)
        }
      >
        {calendarKinds.map((one) => (
          <option key={one} value={one}>
            {t(one)}
          </option>
        ))}
      </select>
    </span>
  )
}

interface YearProps {
  kind: CalendarKind
  label: string
  date: WholeDate
  onChange: (date: WholeDate) => void
}

/** Taken in whatever digits it is written; what is no year of the calendar goes back to what it was. */
function Year({ kind, label, date, onChange }: YearProps) {
  const words = useWords()
  const shown = digits(words, date.year)
  const [least, most] = [firstYear, lastYear].map((year) => wholeDateOn(kind, dayOf(`${year}-12-31`)).year)
  return (
    <input
      class="part-input day-count"
      type="text"
      inputMode="numeric"
      aria-label={label}
      value={shown}
      onChange={({ currentTarget }) => {
        const year = readNumber(currentTarget.value, [least ?? 1, most ?? 9_999])
        currentTarget.value = shown
        if (year !== null) onChange({ ...date, year })
      }}
    />
  )
}
