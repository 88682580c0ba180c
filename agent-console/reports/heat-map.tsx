import { useRef, useState } from 'preact/hooks'
import { reportHref } from '../state/report-view.ts'
import { firstDayOfWeek } from '../ui/calendars.ts'
import { useWords } from '../ui/context.tsx'
import { duration, figure, hourOfDay, roughly, weekdayName } from '../ui/format.ts'
import { useMedia } from '../ui/hooks.tsx'
import type { Words } from '../ui/words.ts'
import type { WeekHour } from './answers.ts'
import { useScope } from './report-scope.tsx'

/** The bounds of the distribution, so that a colour means the same everywhere. */
const minute = 60_000
const bounds = [minute, 5 * minute, 60 * minute] as const

export const heatOf = (p50: number | null): number =>
  p50 === null ? 0 : 1 + bounds.filter((bound) => p50 > bound).length

const hours = Array.from({ length: 24 }, (_, hour) => hour)

/** How long people waited in each hour of the week. On a phone the hours run down, so that a finger finds them. */
export function HeatMap({ week }: { week: readonly WeekHour[] }) {
  const words = useWords()
  const { t } = words
  const phone = useMedia('(max-width: 719px)')
  const [at, setAt] = useState<WeekHour | null>(null)
  const days = weekFrom(firstDayOfWeek(words.locale, navigator.language))
  const cells = new Map(week.map((one) => [`${one.weekday} ${one.hour}`, one]))
  if (week.every(({ n }) => n === 0)) return <p class="not-enough">{t('notEnoughData')}</p>
  const cellAt = (weekday: number, hour: number): WeekHour =>
    cells.get(`${weekday} ${hour}`) ?? { weekday, hour, n: 0, p50: null }
  const rows = phone
    ? hours.map((hour) => days.map((weekday) => cellAt(weekday, hour)))
    : days.map((weekday) => hours.map((hour) => cellAt(weekday, hour)))
  return (
    <>
      <Grid rows={rows} phone={phone} onAt={setAt} />
      <p class="heat-at">{at ? inWords(words, at) : t('heatHint')}</p>
      <Legend />
    </>
  )
}

const weekFrom = (first: number): number[] => Array.from({ length: 7 }, (_, i) => ((first - 1 + i) % 7) + 1)

/** For who does not see the colour. */
export function inWords(words: Words, { weekday, hour, n, p50 }: WeekHour): string {
  const when = { day: weekdayName(words, weekday, 'long'), hour: hourOfDay(words, hour) }
  if (p50 === null || n === 0) return words.t('heatNobody', when)
  return words.count('heatCell', n, { ...when, time: duration(words, p50) })
}

interface GridProps {
  rows: readonly WeekHour[][]
  phone: boolean
  onAt: (cell: WeekHour | null) => void
}

const steps: Record<string, readonly [row: number, column: number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
}

/** One stop for Tab; arrow keys go from hour to hour as they stand on the screen. */
function Grid({ rows, phone, onAt }: GridProps) {
  const words = useWords()
  const table = useRef<HTMLTableElement>(null)
  const [stop, setStop] = useState<readonly [number, number]>([0, 0])
  const move = (event: KeyboardEvent) => {
    const step = steps[event.key]
    if (!step) return
    event.preventDefault()
    const across = words.direction === 'rtl' ? -step[1] : step[1]
    const row = Math.min(rows.length - 1, Math.max(0, stop[0] + step[0]))
    const column = Math.min((rows[0]?.length ?? 1) - 1, Math.max(0, stop[1] + across))
    setStop([row, column])
    table.current?.querySelector<HTMLElement>(`[data-place="${row} ${column}"]`)?.focus()
  }
  return (
    <table
      ref={table}
      class="heat"
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: one stop for Tab, and keys between its cells
      role="grid"
      aria-label={words.t('byHourOfWeek')}
      onKeyDown={move}
      onMouseLeave={() => onAt(null)}
    >
      <thead>
        <tr>
          <td />
          {rows[0]?.map((cell) => (
            <th key={phone ? cell.weekday : cell.hour} scope="col">
              {phone ? weekdayName(words, cell.weekday, 'short') : hourMark(words, cell.hour)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, i) => (
          <tr key={phone ? row[0]?.hour : row[0]?.weekday}>
            <th scope="row">
              {phone ? figure(words, row[0]?.hour ?? 0) : weekdayName(words, row[0]?.weekday ?? 1, 'short')}
            </th>
            {row.map((cell, j) => (
              <Cell
                key={`${cell.weekday} ${cell.hour}`}
                cell={cell}
                place={[i, j]}
                isStop={stop[0] === i && stop[1] === j}
                onAt={() => {
                  onAt(cell)
                }}
              />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Each third hour: all of them would be read as one long number. */
const hourMark = (words: Words, hour: number): string => (hour % 3 === 0 ? figure(words, hour) : '')

interface CellProps {
  cell: WeekHour
  place: readonly [number, number]
  isStop: boolean
  onAt: () => void
}

function Cell({ cell, place, isStop, onAt }: CellProps) {
  const words = useWords()
  const { view } = useScope()
  const { weekday, hour, n, p50 } = cell
  const common = {
    class: `heat-cell heat-${heatOf(n === 0 ? null : p50)}`,
    'data-place': place.join(' '),
    tabIndex: isStop ? 0 : -1,
    'aria-label': inWords(words, cell),
    onFocus: onAt,
    onMouseEnter: onAt,
  }
  const href = reportHref({ ...view, part: 'turns', weekday: `${weekday}`, hour: `${hour}` })
  return <td>{n > 0 ? <a {...common} href={href} /> : <span {...common} role="img" />}</td>
}

function Legend() {
  const words = useWords()
  const [first, second, third] = bounds
  const names = [
    words.t('upTo', { time: roughly(words, first) }),
    words.t('upTo', { time: roughly(words, second) }),
    words.t('upTo', { time: roughly(words, third) }),
    words.t('longerThan', { time: roughly(words, third) }),
  ]
  return (
    <ul class="heat-legend" aria-hidden="true">
      {names.map((name, i) => (
        <li key={name}>
          <span class={`heat-cell heat-${i + 1}`} />
          {name}
        </li>
      ))}
    </ul>
  )
}
