import type { Direction } from '../../shared/locale.ts'
import type { SeriesPoint } from './answers.ts'
import { tellableP90 } from './figures.ts'

/** Where everything of the chart stands, in the units of its view box. */
export interface Drawing {
  width: number
  height: number
  left: number
  right: number
  labelX: number
  top: number
  typical: string
  long: string
  dots: { day: string; x: number; y: number; value: number }[]
  days: { day: string; x: number }[]
  yOf(value: number): number
}

/** Where there is little room, on a phone or for one of two columns, the box is smaller, so that labels are drawn in the size they are read in. */
const boxes = {
  broad: { width: 1080, height: 240, labelsAtMost: 12 },
  wide: { width: 560, height: 240, labelsAtMost: 7 },
  narrow: { width: 360, height: 210, labelsAtMost: 4 },
} as const
const margin = { side: 24, top: 24, bottom: 28 }

/** Lays a series out. Time runs in the direction of writing. */
export function drawing(
  points: readonly SeriesPoint[],
  direction: Direction,
  room: keyof typeof boxes = 'wide',
): Drawing {
  const { width, height, labelsAtMost } = boxes[room]
  const top = scaleTop(Math.max(...points.map((point) => tellableP90(point) ?? point.p50 ?? 0)))
  const xOf = (index: number): number => {
    const along = points.length < 2 ? 0.5 : index / (points.length - 1)
    const x = margin.side + along * (width - 2 * margin.side)
    return round(direction === 'rtl' ? width - x : x)
  }
  const yOf = (value: number): number =>
    round(height - margin.bottom - (value / top) * (height - margin.top - margin.bottom))
  const every = Math.ceil(points.length / labelsAtMost)
  return {
    width,
    height,
    left: 0,
    right: width,
    labelX: direction === 'rtl' ? width : 0,
    top,
    typical: line(points.map((point, i) => spot(xOf(i), point.p50, yOf))),
    long: line(points.map((point, i) => spot(xOf(i), tellableP90(point), yOf))),
    dots: points.flatMap(({ day, p50 }, i) =>
      p50 === null ? [] : [{ day, x: xOf(i), y: yOf(p50), value: p50 }],
    ),
    days: points.map(({ day }, i) => ({ day, x: xOf(i) })).filter((_, i) => i % every === 0),
    yOf,
  }
}

const round = (value: number): number => Math.round(value * 10) / 10

const spot = (x: number, value: number | null, yOf: (value: number) => number): string | null =>
  value === null ? null : `${x} ${yOf(value)}`

/** A day without values breaks the line rather than bending it to zero. */
function line(spots: readonly (string | null)[]): string {
  let text = ''
  spots.forEach((at, i) => {
    if (at) text += `${i > 0 && spots[i - 1] ? 'L' : 'M'}${at}`
  })
  return text
}

const second = 1_000
const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 86_400].map(
  (seconds) => seconds * second,
)

const stepOf = (top: number): number => steps.find((step) => top / step <= 4) ?? Math.ceil(top / 4)

const scaleTop = (most: number): number => {
  const step = stepOf(Math.max(most, second))
  return Math.ceil(Math.max(most, second) / step) * step
}

/** The marks of the scale: round lengths of time, at most five. */
export function niceScale(top: number): number[] {
  const step = stepOf(top)
  return Array.from({ length: Math.round(top / step) + 1 }, (_, i) => i * step)
}
