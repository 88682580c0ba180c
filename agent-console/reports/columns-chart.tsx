import { useWords } from '../ui/context.tsx'
import { figure } from '../ui/format.ts'
import { useMedia } from '../ui/hooks.tsx'

export interface ColumnOf {
  key: string
  name: string
  value: number
  /** Drawn as a mark across the column, to be held against it. */
  mark?: number
}

interface ColumnsProps {
  label: string
  columns: readonly ColumnOf[]
}

const height = 220
const foot = 24

/** A column for each; the words stand in a table beside it. */
export function Columns({ label, columns }: ColumnsProps) {
  const words = useWords()
  const narrow = useMedia('(max-width: 719px)')
  const width = narrow ? 340 : 1080
  const most = Math.max(1, ...columns.flatMap(({ value, mark = 0 }) => [value, mark]))
  const step = width / Math.max(1, columns.length)
  const breadth = Math.min(step * 0.7, 48)
  const every = Math.ceil(columns.length / (narrow ? 5 : 12))
  const xOf = (i: number): number => (words.direction === 'rtl' ? width - (i + 1) * step : i * step)
  const tall = (value: number): number => (value / most) * (height - foot - 20)
  return (
    <figure class="chart">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
        <text x={words.direction === 'rtl' ? width : 0} y={12} text-anchor="start">
          {figure(words, most, 1)}
        </text>
        <line class="chart-foot" x1={0} x2={width} y1={height - foot} y2={height - foot} />
        {columns.map(({ key, name, value, mark }, i) => (
          <g key={key}>
            <title>{`${name}: ${figure(words, value, 1)}`}</title>
            <rect
              class="chart-column"
              x={xOf(i) + (step - breadth) / 2}
              y={height - foot - tall(value)}
              width={breadth}
              height={tall(value)}
              rx={Math.min(3, step * 0.2)}
            />
            {mark !== undefined && (
              <line
                class="chart-mark"
                x1={xOf(i) + step * 0.05}
                x2={xOf(i) + step * 0.95}
                y1={height - foot - tall(mark)}
                y2={height - foot - tall(mark)}
              />
            )}
            {i % every === 0 && (
              <text x={xOf(i) + step / 2} y={height - 6} text-anchor="middle">
                {name}
              </text>
            )}
          </g>
        ))}
      </svg>
    </figure>
  )
}
