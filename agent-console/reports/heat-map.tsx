import { useRef, useState } from 'preact/hooks'
import { weekFrom, weekStartOf } from '../ui/calendars.ts'
import { useWords } from '../ui/context.tsx'
import { figure, weekdayName } from '../ui/format.ts'
import { useMedia } from '../ui/hooks.tsx'
import type { Words } from '../ui/words.ts'

export interface HeatCell {
  /** 1 for Monday. */
  weekday: number
  hour: number
  /** From 1 to 4; 0 where there was nothing. */
  level: number
  /** For who does not see the colour. */
  words: string
  /** To what it was counted from. */
  href: string | null
}

interface HeatMapProps {
  label: string
  hint: string
  /** An hour that is not among them is empty. */
  cells: readonly HeatCell[]
  /** What the levels mean, from 1 on. */
  legend: readonly string[]
}

const hours = Array.from({ length: 24 }, (_, hour) => hour)

/** A week, hour by hour. On a phone the hours run down, so that a finger finds them. */
export function HeatMap({ label, hint, cells, legend }: HeatMapProps) {
  const words = useWords()
  const phone = useMedia('(max-width: 719px)')
  const [at, setAt] = useState<string | null>(null)
  if (cells.every(({ level }) => level === 0)) return <p class="not-enough">{words.t('notEnoughData')}</p>
  const days = weekFrom(weekStartOf(words))
  const known = new Map(cells.map((one) => [`${one.weekday} ${one.hour}`, one]))
  const cellAt = (weekday: number, hour: number): HeatCell =>
    known.get(`${weekday} ${hour}`) ?? { weekday, hour, level: 0, words: '', href: null }
  const rows = phone
    ? hours.map((hour) => days.map((weekday) => cellAt(weekday, hour)))
    : days.map((weekday) => hours.map((hour) => cellAt(weekday, hour)))
  return (
    <>
      <Grid label={label} rows={rows} phone={phone} onAt={setAt} />
      <p class="week-at">{at ?? hint}</p>
      <ul class="week-legend" aria-hidden="true">
        {legend.map((name, i) => (
          <li key={name}>
            <span class={`week-cell level-${i + 1}`} />
            {name}
          </li>
        ))}
      </ul>
    </>
  )
}

interface GridProps {
  label: string
  rows: readonly HeatCell[][]
  phone: boolean
  onAt: (words: string | null) => void
}

const steps: Record<string, readonly [row: number, column: number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
}

/** One stop for Tab; arrow keys go from hour to hour as they stand on the screen. */
function Grid({ label, rows, phone, onAt }: GridProps) {
  const words = useWords()
  const table = useRef<HTMLTableElement>(null)
  const [stop, setStop] = useState<readonly [row: number, column: number]>([0, 0])
  const move = (event: KeyboardEvent) => {
    const step = steps[event.key]
    if (!step) return
    event.preventDefault()
    const across = words.direction === 'rtl' ? -step[1] : step[1]
    const row = within(stop[0] + step[0], rows.length)
    const column = within(stop[1] + across, rows[0]?.length ?? 1)
    setStop([row, column])
    table.current?.querySelector<HTMLElement>(`[data-place="${row} ${column}"]`)?.focus()
  }
  return (
    <table
      ref={table}
      class="week-heat"
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: one stop for Tab, and keys between its cells
      role="grid"
      aria-label={label}
      onKeyDown={move}
      onMouseLeave={() => onAt(null)}
    >
      <thead>
        <tr>
          <td />
          {rows[0]?.map((cell) => (
            <th key={phone ? cell.weekday : cell.hour} scope="col">
              {phone
                ? weekdayName(words, cell.weekday, words.locale === 'en' ? 'short' : 'narrow')
                : hourMark(words, cell.hour)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, i) => (
          <Row key={phone ? row[0]?.hour : row[0]?.weekday} {...{ row, i, phone, stop, onAt }} />
        ))}
      </tbody>
    </table>
  )
}

const within = (place: number, length: number): number => Math.min(length - 1, Math.max(0, place))

/** Each third hour: all of them would be read as one long number. */
const hourMark = (words: Words, hour: number): string => (hour % 3 === 0 ? figure(words, hour) : '')

interface RowProps extends Pick<GridProps, 'phone' | 'onAt'> {
  row: readonly HeatCell[]
  i: number
  stop: readonly [row: number, column: number]
}

function Row({ row, i, phone, stop, onAt }: RowProps) {
  const words = useWords()
  const [first] = row
  return (
    <tr>
      <th scope="row">
        {phone ? figure(words, first?.hour ?? 0) : weekdayName(words, first?.weekday ?? 1, 'short')}
      </th>
      {row.map((cell, j) => (
        <td key={`${cell.weekday} ${cell.hour}`}>
          <Cell cell={cell} place={`${i} ${j}`} isStop={stop[0] === i && stop[1] === j} onAt={onAt} />
        </td>
      ))}
    </tr>
  )
}

interface CellProps extends Pick<GridProps, 'onAt'> {
  cell: HeatCell
  place: string
  isStop: boolean
}

function Cell({ cell: { level, words, href }, place, isStop, onAt }: CellProps) {
  const common = {
    class: `week-cell level-${level}`,
    'data-place': place,
    tabIndex: isStop ? 0 : -1,
    'aria-label': words,
    onFocus: () => onAt(words),
    onMouseEnter: () => onAt(words),
  }
  return href === null ? <span {...common} role="img" /> : <a {...common} href={href} />
}
