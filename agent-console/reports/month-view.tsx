import { useEffect, useRef } from 'preact/hooks'
import type { ReaderCalendar } from '../state/report-view.ts'
import { weekFrom } from '../ui/calendars.ts'
import { useWords } from '../ui/context.tsx'
import { figure, monthAndYear, weekdayName, wholeDate } from '../ui/format.ts'
import { IconButton } from '../ui/parts.tsx'
import { dayByKey, dayOfMonth, monthFrom, weeksOf } from './month-grid.ts'
import type { Days } from './period.ts'

export interface MonthProps {
  calendar: ReaderCalendar
  firstDay: number
  /** The one that keys move from. */
  at: number
  today: number
  chosen: Days
  /** The keyboard is in the grid, so that the focus follows `at`. */
  follow: boolean
  onMove: (day: number, byKey: boolean) => void
  onPick: (day: number) => void
}

/** One month of a calendar, a day a button; keys go from day to day as they stand on the screen. */
export function Month(props: MonthProps) {
  const { calendar, at, follow, onMove } = props
  const words = useWords()
  const grid = useRef<HTMLTableElement>(null)
  useEffect(() => {
    if (follow) grid.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus()
  }, [at, calendar, follow])
  return (
    <div class="month">
      <div class="month-head">
        <IconButton
          icon="previous"
          label={words.t('monthBefore')}
          onClick={() => onMove(monthFrom(calendar, at, -1), false)}
        />
        <span class="month-name" aria-live="polite">
          {monthAndYear(words, at)}
        </span>
        <IconButton
          icon="next"
          label={words.t('monthAfter')}
          onClick={() => onMove(monthFrom(calendar, at, 1), false)}
        />
      </div>
      <table
        ref={grid}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid of days is a table with keys
        role="grid"
        aria-label={words.t('chooseDays')}
        onKeyDown={(event) => move(event, props, words.direction === 'rtl')}
      >
        <WeekHead firstDay={props.firstDay} />
        <Weeks {...props} />
      </table>
    </div>
  )
}

function move(event: KeyboardEvent, { calendar, firstDay, at, onMove }: MonthProps, mirrored: boolean): void {
  const next = dayByKey(event.key, at, { kind: calendar, first: firstDay, mirrored })
  if (next === null) return
  event.preventDefault()
  onMove(next, true)
}

function WeekHead({ firstDay }: { firstDay: number }) {
  const words = useWords()
  return (
    <thead>
      <tr>
        {weekFrom(firstDay).map((weekday) => (
          <th key={weekday} scope="col" abbr={weekdayName(words, weekday, 'long')}>
            {weekdayName(words, weekday, words.locale === 'en' ? 'short' : 'narrow')}
          </th>
        ))}
      </tr>
    </thead>
  )
}

const Weeks = (props: MonthProps) => (
  <tbody>
    {weeksOf(props.calendar, props.at, props.firstDay).map((week) => (
      <tr key={week.find((day) => day !== null)}>
        {week.map((day, i) =>
          day === null ? <td key={`none ${i}`} /> : <Day key={day} day={day} {...props} />,
        )}
      </tr>
    ))}
  </tbody>
)

function Day({ day, at, today, chosen, calendar, onPick }: MonthProps & { day: number }) {
  const words = useWords()
  const within = day >= chosen.first && day <= chosen.last
  const place = day === chosen.first ? ' first' : day === chosen.last ? ' last' : ''
  return (
    <td>
      <button
        type="button"
        class={within ? `month-day within${place}` : 'month-day'}
        tabIndex={day === at ? 0 : -1}
        aria-pressed={within}
        aria-label={wholeDate(words, day)}
        aria-current={day === today ? 'date' : undefined}
        onClick={() => onPick(day)}
      >
        {figure(words, dayOfMonth(calendar, day))}
      </button>
    </td>
  )
}
