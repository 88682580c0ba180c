import { useWords } from '../ui/context.tsx'
import { duration, reportDay } from '../ui/format.ts'
import { useMedia } from '../ui/hooks.tsx'
import type { SeriesPoint } from './answers.ts'
import { Defined } from './definition.tsx'
import { type Drawing, drawing, niceScale } from './drawing.ts'
import { tellableP90 } from './figures.ts'
import { LengthOpened, Opened } from './opened.tsx'

interface ChartProps {
  points: readonly SeriesPoint[]
  /** Broad where it has the whole breadth of the page. */
  room?: 'wide' | 'broad'
}

/** The shape over time: the typical wait as a line, the long waits as a line above it. */
export function Chart({ points, room = 'wide' }: ChartProps) {
  const words = useWords()
  const { t } = words
  const half = useMedia('(max-width: 719px), (min-width: 1024px) and (max-width: 1279px)')
  const small = useMedia('(max-width: 719px)')
  const narrow = room === 'broad' ? small : half
  const measured = points.filter((point) => point.p50 !== null)
  if (measured.length < 2)
    return (
      <>
        <p class="not-enough">{t('notEnoughDays')}</p>
        {measured.length > 0 && <ChartTable points={points} />}
      </>
    )
  const plan = drawing(points, words.direction, narrow ? 'narrow' : room)
  return (
    <figure class="chart">
      <svg viewBox={`0 0 ${plan.width} ${plan.height}`} role="img" aria-label={t('chartLabel')}>
        <Scale plan={plan} />
        <path class="line line-long" d={plan.long} />
        <path class="line line-typical" d={plan.typical} />
        {plan.dots.map((dot) => (
          <circle key={dot.day} class="chart-dot" cx={dot.x} cy={dot.y} r="3">
            <title>{`${reportDay(words, dot.day)}: ${duration(words, dot.value)}`}</title>
          </circle>
        ))}
        <Days plan={plan} />
      </svg>
      <figcaption class="legend">
        <span class="legend-typical">{t('median')}</span>
        <span class="legend-long">{t('p90')}</span>
      </figcaption>
      <ChartTable points={points} />
    </figure>
  )
}

function Scale({ plan }: { plan: Drawing }) {
  const words = useWords()
  return (
    <g class="chart-scale">
      {niceScale(plan.top).map((value) => (
        <g key={value}>
          <line x1={plan.left} x2={plan.right} y1={plan.yOf(value)} y2={plan.yOf(value)} />
          <text x={plan.labelX} y={plan.yOf(value) - 4} text-anchor="start">
            {value === 0 ? '' : duration(words, value)}
          </text>
        </g>
      ))}
    </g>
  )
}

const Days = ({ plan }: { plan: Drawing }) => {
  const words = useWords()
  return (
    <g class="chart-days">
      {plan.days.map(({ day, x }) => (
        <text key={day} x={x} y={plan.height - 4} text-anchor="middle">
          {reportDay(words, day)}
        </text>
      ))}
    </g>
  )
}

const columns = [
  ['turnsColumn', 'firstWaits'],
  ['median', 'median'],
  ['p90', 'p90'],
] as const

function ChartTable({ points }: { points: readonly SeriesPoint[] }) {
  const words = useWords()
  const { t } = words
  const opened = ({ day, n }: SeriesPoint) => ({
    ...{ figure: 'firstResponse.customer' as const, of: { day }, n, name: reportDay(words, day) },
  })
  return (
    <details class="behind">
      <summary>{t('showTable')}</summary>
      <table class="table">
        <thead>
          <tr>
            <th scope="col">{t('day')}</th>
            {columns.map(([name, term]) => (
              <th key={name} scope="col" class="number">
                <Defined term={term}>{t(name)}</Defined>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {points.map((point) => (
            <tr key={point.day}>
              <th scope="row">{reportDay(words, point.day)}</th>
              <td class="number">
                <Opened {...opened(point)} />
              </td>
              <td class="number">
                <LengthOpened ms={point.p50} {...opened(point)} />
              </td>
              <td class="number">
                <LengthOpened ms={tellableP90(point)} {...opened(point)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
