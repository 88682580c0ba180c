import type { Shift } from '../../shared/calendar/hours.ts'
import type { Calendar, CalendarDraft } from '../../shared/house.ts'
import { sayHours, weekdayName } from '../../shared/triggers/words/hours.ts'
import { Exceptions } from '../calendar/exceptions.tsx'
import { Holidays } from '../calendar/holidays.tsx'
import { Week } from '../calendar/week.tsx'
import { daysFrom } from '../calendar/week-rows.ts'
import { Season } from '../conditions/hours.tsx'
import { firstDayOfWeek } from '../ui/calendars.ts'
import { useWords } from '../ui/context.tsx'
import { Field } from '../ui/parts.tsx'
import type { Words } from '../ui/words.ts'
import { Kept } from './kept.tsx'

/** The hours of the house, under names. */
export const Calendars = () => (
  <Kept<CalendarDraft, Calendar>
    path="/calendars"
    title="calendars"
    about="calendarsAbout"
    one="calendar"
    add="addCalendar"
    fresh={() => ({
      name: '',
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      weekly: [{ days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' }],
    })}
    say={say}
    fields={(draft, onChange) => <CalendarFields draft={draft} onChange={onChange} />}
  />
)

function say({ t, count, locale }: Words, draft: CalendarDraft): string {
  const { holidays = [], exceptions = [], timeZone } = draft
  return [
    `\u2068${sayHours(draft, locale, t('aroundTheClock'))}\u2069`,
    `\u2066${timeZone}\u2069`,
    ...(holidays.length > 0 ? [count('holidaysCount', holidays.length)] : []),
    ...exceptions.map(({ name }) => `\u2068${name}\u2069`),
  ].join(' · ')
}

interface FieldsProps {
  draft: CalendarDraft
  onChange: (draft: CalendarDraft) => void
}

function CalendarFields({ draft, onChange }: FieldsProps) {
  const { t } = useWords()
  const { weekly, weekStart, holidays = [], exceptions = [] } = draft
  return (
    <>
      <div class="form-row">
        <ZoneField draft={draft} onChange={onChange} />
        <WeekStartField draft={draft} onChange={onChange} />
      </div>
      <fieldset class="day-list">
        <legend>{t('weekHours')}</legend>
        <div class="hours">
          <Week
            weekly={weekly}
            weekStart={weekStart}
            onChange={(next) => onChange({ ...draft, weekly: next })}
          />
        </div>
      </fieldset>
      <Holidays
        holidays={holidays}
        onChange={(next) => onChange({ ...draft, holidays: next.length > 0 ? next : undefined })}
      />
      <Exceptions
        exceptions={exceptions}
        weekStart={weekStart}
        onChange={(next) => onChange({ ...draft, exceptions: next.length > 0 ? next : undefined })}
      />
      <fieldset class="day-list">
        <legend>{t('hoursSeason')}</legend>
        <Season value={draft} onChange={onChange} hasHolidays />
      </fieldset>
    </>
  )
}

function ZoneField({ draft, onChange }: FieldsProps) {
  const { t } = useWords()
  const zones = Intl.supportedValuesOf('timeZone')
  return (
    <Field label={t('timeZone')} hint={t('timeZoneHint')}>
      {(ids) => (
        <select
          {...ids}
          class="select"
          dir="ltr"
          value={draft.timeZone}
          onChange={({ currentTarget }) => onChange({ ...draft, timeZone: currentTarget.value })}
        >
          {[...new Set([draft.timeZone, 'UTC', ...zones])].map((zone) => (
            <option key={zone} value={zone}>
              {zone}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

function WeekStartField({ draft, onChange }: FieldsProps) {
  const { t, tag, locale } = useWords()
  const days: Shift['days'] = daysFrom(firstDayOfWeek(locale, navigator.language))
  return (
    <Field label={t('weekStart')}>
      {(ids) => (
        <select
          {...ids}
          class="select"
          value={draft.weekStart ?? ''}
          onChange={({ currentTarget: { value } }) =>
            onChange({ ...draft, weekStart: days.find((day) => String(day) === value) })
          }
        >
          <option value="">{t('weekStartUsual')}</option>
          {days.map((day) => (
            <option key={day} value={day}>
              {weekdayName(tag, day, 'long')}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
