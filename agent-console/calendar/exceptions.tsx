import { dateOf } from '../../shared/calendar/dates.ts'
import type { HoursException } from '../../shared/calendar/hours.ts'
import { useWords } from '../ui/context.tsx'
import { IconButton } from '../ui/parts.tsx'
import { DateField } from './date-field.tsx'
import { MonthDayFields, NameField, type On, OnSelect } from './day-fields.tsx'
import { today } from './day-words.ts'
import { Week } from './week.tsx'

interface Props {
  exceptions: readonly HoursException[]
  weekStart?: number | undefined
  onChange: (exceptions: HoursException[]) => void
}

const weekly: HoursException['weekly'] = [{ days: [1, 2, 3, 4, 5], from: '10:00', to: '15:00' }]
const ramadan = { on: 'hijri', from: { month: 9, day: 1 }, to: { month: 9, day: 30 }, weekly } as const

/** Hours of their own for a span of days. */
export function Exceptions({ exceptions, weekStart, onChange }: Props) {
  const { t } = useWords()
  const add = (exception: HoursException) => onChange([...exceptions, exception])
  return (
    <fieldset class="day-list">
      <legend>{t('otherHours')}</legend>
      <p class="quiet-words">{t('otherHoursAbout')}</p>
      {exceptions.map((exception, i) => (
        <ExceptionRow
          key={i}
          exception={exception}
          weekStart={weekStart}
          onChange={(next) => onChange(exceptions.map((one, at) => (at === i ? next : one)))}
          onRemove={() => onChange(exceptions.toSpliced(i, 1))}
        />
      ))}
      <div class="day-adding">
        <button type="button" class="button quiet" onClick={() => add(onDates({ name: '', weekly }))}>
          {t('addOtherHours')}
        </button>
        {!exceptions.some(({ name }) => name === t('readyRamadan')) && (
          <button
            type="button"
            class="token"
            onClick={() => add({ ...ramadan, name: t('readyRamadan'), weekly: [...weekly] })}
          >
            {t('readyRamadan')}
          </button>
        )}
      </div>
    </fieldset>
  )
}

interface RowProps {
  exception: HoursException
  weekStart?: number | undefined
  onChange: (exception: HoursException) => void
  onRemove: () => void
}

function ExceptionRow({ exception, weekStart, onChange, onRemove }: RowProps) {
  const { t } = useWords()
  const { name } = exception
  return (
    <div class="day-row">
      <div class="day-line">
        <NameField
          label={t('otherHoursName')}
          value={name}
          onChange={(value) => onChange({ ...exception, name: value })}
        />
        <IconButton icon="close" label={t('removeName', { name })} onClick={onRemove} />
      </div>
      <div class="day-line">
        <OnSelect value={exception.on} onChange={(on) => onChange(exceptionOn(exception, on))} />
        <Span exception={exception} onChange={onChange} />
      </div>
      <div class="hours">
        <Week
          weekly={exception.weekly}
          weekStart={weekStart}
          atLeastOne
          onChange={(next) => onChange({ ...exception, weekly: next })}
        />
      </div>
    </div>
  )
}

function Span({ exception, onChange }: Pick<RowProps, 'exception' | 'onChange'>) {
  const { t } = useWords()
  if (exception.on === 'date') {
    const { from, to } = exception
    return (
      <>
        <DateField
          label={t('hoursFrom')}
          value={from}
          onChange={(date) => onChange({ ...exception, from: date, to: date > to ? date : to })}
        />
        <DateField
          label={t('hoursTo')}
          value={to}
          onChange={(date) => onChange({ ...exception, to: date, from: date < from ? date : from })}
        />
      </>
    )
  }
  const { on, from, to } = exception
  return (
    <>
      <MonthDayFields
        kind={on}
        label={t('hoursFrom')}
        value={from}
        onChange={(value) => onChange({ ...exception, from: value })}
      />
      <MonthDayFields
        kind={on}
        label={t('hoursTo')}
        value={to}
        onChange={(value) => onChange({ ...exception, to: value })}
      />
    </>
  )
}

type Kept = Pick<HoursException, 'name' | 'weekly'>

const onDates = ({ name, weekly }: Kept): HoursException => ({
  ...{ on: 'date', name, weekly: [...weekly] },
  ...{ from: dateOf(today()), to: dateOf(today() + 6) },
})

function exceptionOn({ name, weekly }: Kept, on: On): HoursException {
  if (on === 'date') return onDates({ name, weekly })
  return { on, name, weekly, from: { month: 1, day: 1 }, to: { month: 1, day: 29 } }
}
