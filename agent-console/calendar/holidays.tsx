import { dateOf } from '../../shared/calendar/dates.ts'
import type { Holiday } from '../../shared/calendar/hours.ts'
import { nextHoliday } from '../../shared/calendar/next-day.ts'
import { limits } from '../../shared/limits.ts'
import { useWords } from '../ui/context.tsx'
import { IconButton } from '../ui/parts.tsx'
import type { TextKey } from '../ui/words.ts'
import { DateField } from './date-field.tsx'
import { MonthDayFields, NameField, type On, OnSelect } from './day-fields.tsx'
import { dayWords, today } from './day-words.ts'

interface Props {
  holidays: readonly Holiday[]
  onChange: (holidays: Holiday[]) => void
}

type Ready = { name: TextKey; holiday: Omit<Extract<Holiday, { month: number }>, 'name'> }
const ready: readonly Ready[] = [
  { name: 'readyNowruz', holiday: { on: 'jalali', month: 1, day: 1, days: 4 } },
  { name: 'readyFitr', holiday: { on: 'hijri', month: 10, day: 1, days: 3 } },
  { name: 'readyAdha', holiday: { on: 'hijri', month: 12, day: 10, days: 4 } },
  { name: 'readyNewYear', holiday: { on: 'gregorian', month: 1, day: 1 } },
  { name: 'readyChristmas', holiday: { on: 'gregorian', month: 12, day: 25, days: 2 } },
]

/** Days on which nobody works, each with when it comes next: so a wrong one is seen. */
export function Holidays({ holidays, onChange }: Props) {
  const { t } = useWords()
  const add = (holiday: Holiday) => onChange([...holidays, holiday])
  const left = ready.filter(({ name }) => !holidays.some((one) => one.name === t(name)))
  return (
    <fieldset class="day-list">
      <legend>{t('holidays')}</legend>
      <p class="quiet-words">{t('holidaysAbout')}</p>
      {holidays.map((holiday, i) => (
        <HolidayRow
          key={i}
          holiday={holiday}
          onChange={(next) => onChange(holidays.map((one, at) => (at === i ? next : one)))}
          onRemove={() => onChange(holidays.toSpliced(i, 1))}
        />
      ))}
      <div class="day-adding">
        <button
          type="button"
          class="button quiet"
          onClick={() => add({ on: 'date', name: '', date: dateOf(today()) })}
        >
          {t('addHoliday')}
        </button>
        {left.map(({ name, holiday }) => (
          <button key={name} type="button" class="token" onClick={() => add({ ...holiday, name: t(name) })}>
            {t(name)}
          </button>
        ))}
      </div>
    </fieldset>
  )
}

interface RowProps {
  holiday: Holiday
  onChange: (holiday: Holiday) => void
  onRemove: () => void
}

function HolidayRow({ holiday, onChange, onRemove }: RowProps) {
  const words = useWords()
  const { t } = words
  const { name, days = 1 } = holiday
  const next = nextHoliday(holiday, today())
  return (
    <div class="day-row">
      <div class="day-line">
        <NameField
          label={t('holidayName')}
          value={name}
          onChange={(value) => onChange({ ...holiday, name: value })}
        />
        <IconButton icon="close" label={t('removeName', { name })} onClick={onRemove} />
      </div>
      <div class="day-line">
        <OnSelect value={holiday.on} onChange={(on) => onChange(holidayOn(holiday, on))} />
        {holiday.on === 'date' ? (
          <DateField label="" value={holiday.date} onChange={(date) => onChange({ ...holiday, date })} />
        ) : (
          <MonthDayFields
            kind={holiday.on}
            value={holiday}
            onChange={(value) => onChange({ ...holiday, ...value })}
          />
        )}
        <label class="season-day">
          {t('holidayDays')}
          <input
            class="part-input day-count"
            type="number"
            min={1}
            max={limits.holidayDays}
            value={days}
            onChange={({ currentTarget }) => {
              const count = Math.round(currentTarget.valueAsNumber)
              if (count >= 1) onChange({ ...holiday, days: Math.min(count, limits.holidayDays) })
            }}
          />
        </label>
      </div>
      <p class="quiet-words">{next === null ? t('dayOver') : t('dayNext', dayWords(words, next))}</p>
    </div>
  )
}

/** The same holiday found by another calendar; a day of it is chosen anew. */
function holidayOn({ name, days }: Holiday, on: On): Holiday {
  const kept = { name, ...(days ? { days } : {}) }
  return on === 'date' ? { ...kept, on, date: dateOf(today()) } : { ...kept, on, month: 1, day: 1 }
}
