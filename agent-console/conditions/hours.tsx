import type { Schedule } from '../../shared/calendar/hours.ts'
import { sayDay, weekdayName } from '../../shared/triggers/words/hours.ts'
import { useWords } from '../ui/context.tsx'
import { IconButton } from '../ui/parts.tsx'

type Shift = Schedule['weekly'][number]
type Day = Shift['days'][number]
const days: readonly Day[] = [1, 2, 3, 4, 5, 6, 7]
const office: Shift = { days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' }

interface HoursProps<Hours extends Schedule> {
  value: Hours
  onChange: (value: Hours) => void
}

/** The hours of a week, the first and the last day, and the days that are left out. */
export function Hours<Of extends Schedule>({ value, onChange }: HoursProps<Of>) {
  const { t } = useWords()
  const put = (weekly: Shift[]) => onChange({ ...value, weekly })
  return (
    <div class="hours">
      {value.weekly.length === 0 && <p class="quiet-words">{t('aroundTheClock')}</p>}
      {value.weekly.map((shift, i) => (
        <ShiftRow
          key={i}
          shift={shift}
          onChange={(next) => put(value.weekly.map((one, at) => (at === i ? next : one)))}
          onRemove={() => put(value.weekly.toSpliced(i, 1))}
        />
      ))}
      <button type="button" class="button quiet" onClick={() => put([...value.weekly, office])}>
        {t('addHours')}
      </button>
      <Season value={value} onChange={onChange} />
    </div>
  )
}

interface ShiftProps {
  shift: Shift
  onChange: (shift: Shift) => void
  onRemove: () => void
}

function ShiftRow({ shift, onChange, onRemove }: ShiftProps) {
  const { t, tag } = useWords()
  const turn = (day: Day) => {
    const on = shift.days.includes(day) ? shift.days.filter((one) => one !== day) : [...shift.days, day]
    if (on.length > 0) onChange({ ...shift, days: on.toSorted((a, b) => a - b) })
  }
  return (
    <div class="shift">
      <fieldset class="shift-days" aria-label={t('hoursDays')}>
        {days.map((day) => (
          <button
            key={day}
            type="button"
            class="shift-day"
            aria-label={weekdayName(tag, day, 'long')}
            aria-pressed={shift.days.includes(day)}
            onClick={() => turn(day)}
          >
            {weekdayName(tag, day, 'short')}
          </button>
        ))}
      </fieldset>
      <span class="shift-times" dir="ltr">
        <Time label={t('hoursFrom')} value={shift.from} onChange={(from) => onChange({ ...shift, from })} />
        –
        <Time label={t('hoursTo')} value={shift.to} onChange={(to) => onChange({ ...shift, to })} />
      </span>
      <IconButton icon="close" label={t('removeHours')} onClick={onRemove} />
    </div>
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

/** From when until when; left empty: without end. */
function Season<Of extends Schedule>({ value, onChange }: HoursProps<Of>) {
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
      <Day
        label={t('hoursExcept')}
        value=""
        onChange={(day) => day && put({ except: [...new Set([...except, day])].sort() })}
      />
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

const Day = ({ label, value, onChange }: TimeProps) => (
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
