import { useState } from 'preact/hooks'
import { dateOf } from '../../shared/calendar/dates.ts'
import { usePopover } from '../conditions/popover.tsx'
import {
  type PeriodChoice,
  periodChoices,
  type ReaderCalendar,
  type ReportView,
  readerCalendars,
} from '../state/report-view.ts'
import { weekStartOf } from '../ui/calendars.ts'
import { useDesk, useWords } from '../ui/context.tsx'
import { fromDayToDay } from '../ui/format.ts'
import { Icon } from '../ui/icons.tsx'
import { Choices } from '../ui/parts.tsx'
import type { TextKey } from '../ui/words.ts'
import { Month } from './month-view.tsx'
import { choiceOf, type Days, dayAt, daysOf, type Reader } from './period.ts'

const choiceNames: Record<PeriodChoice, TextKey> = {
  today: 'today',
  '7': 'lastWeek',
  '30': 'lastMonth',
  '90': 'lastQuarter',
  month: 'thisMonth',
  lastMonth: 'monthBeforeThis',
}

const calendarNames: Record<ReaderCalendar, TextKey> = { gregorian: 'gregorian', jalali: 'jalali' }

interface PickerProps {
  view: ReportView
  reader: Reader
  onChange: (change: ReportView) => void
}

/** Which days: in a press for the usual ones, on a calendar for any other. */
export function PeriodPicker({ view, reader, onChange }: PickerProps) {
  const words = useWords()
  const { t } = words
  const popover = usePopover()
  const days = daysOf(view, reader, useDesk().now())
  const choice = choiceOf(view)
  const take = (change: ReportView) => {
    popover.hide(true)
    onChange(change)
  }
  const choose = (period: PeriodChoice) => take({ period, from: undefined, to: undefined })
  return (
    <div class="period" ref={popover.frame}>
      <button
        type="button"
        ref={popover.opener}
        class="button period-open"
        aria-haspopup="dialog"
        aria-expanded={popover.open}
        onClick={() => (popover.open ? popover.hide(true) : popover.show())}
      >
        <Icon name="calendar" size={18} />
        <span>{choice ? t(choiceNames[choice]) : t('customPeriod')}</span>
        <span class="quiet-words">{fromDayToDay(words, days.first, days.last)}</span>
        <Icon name="down" size={16} />
      </button>
      {popover.open && (
        <div class="period-panel" role="dialog" aria-label={t('period')}>
          <Usual choice={choice} onChoose={choose} />
          <OwnDays
            days={days}
            reader={reader}
            onCalendar={(calendar) => onChange({ calendar })}
            onDays={({ first, last }) => take({ period: undefined, from: dateOf(first), to: dateOf(last) })}
          />
        </div>
      )}
    </div>
  )
}

const Usual = ({
  choice,
  onChoose,
}: {
  choice: PeriodChoice | null
  onChoose: (choice: PeriodChoice) => void
}) => {
  const { t } = useWords()
  return (
    <ul class="period-choices">
      {periodChoices.map((one) => (
        <li key={one}>
          <button type="button" class="menu-item" aria-pressed={one === choice} onClick={() => onChoose(one)}>
            {t(choiceNames[one])}
          </button>
        </li>
      ))}
    </ul>
  )
}

interface OwnDaysProps {
  days: Days
  reader: Reader
  onCalendar: (calendar: ReaderCalendar) => void
  onDays: (days: Days) => void
}

/** Two presses make a stretch of days, whichever comes first; one day pressed twice is that day. */
function OwnDays({ days, reader, onCalendar, onDays }: OwnDaysProps) {
  const words = useWords()
  const { t } = words
  const [at, setAt] = useState({ day: days.last, byKey: false })
  const [begun, setBegun] = useState<number | null>(null)
  const pick = (day: number) => {
    setAt({ day, byKey: true })
    if (begun === null) setBegun(day)
    else onDays({ first: Math.min(begun, day), last: Math.max(begun, day) })
  }
  const chosen = begun === null ? days : { first: Math.min(begun, at.day), last: Math.max(begun, at.day) }
  return (
    <div class="period-days">
      <Choices
        name={t('calendarKind')}
        value={reader.calendar}
        onChange={onCalendar}
        choices={readerCalendars.map((value) => ({ value, label: t(calendarNames[value]) }))}
      />
      <Month
        calendar={reader.calendar}
        firstDay={weekStartOf(words)}
        at={at.day}
        today={dayAt(reader.zone, useDesk().now())}
        chosen={chosen}
        follow={at.byKey}
        onMove={(day, byKey) => setAt({ day, byKey })}
        onPick={pick}
      />
      <p class="field-hint" role="status">
        {t(begun === null ? 'pickFirstDay' : 'pickLastDay')}
      </p>
    </div>
  )
}
