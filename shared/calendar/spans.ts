import { shiftsOn } from './days.ts'
import type { OfficeHours, Shift } from './hours.ts'
import { dayMs, firstYear, lastYear, momentOf } from './zone.ts'

/** Open from `from` until `to`, ms. */
export interface Span {
  from: number
  to: number
}

/** A shift lasts a day, and no clock is further from UTC than this leaves: what begins in a year touches nothing beyond. */
const slack = 3 * dayMs
const minuteMs = 60_000

/** The open spans of some years in a row, with running sums. Grows by the years that are asked for. */
export class SpanTable {
  private starts = new Float64Array(0)
  private ends = new Float64Array(0)
  /** What was open before each span, ms. */
  private sums = new Float64Array(0)
  /** What lies within is known. */
  private from = Number.POSITIVE_INFINITY
  private to = Number.NEGATIVE_INFINITY
  private readonly years = new Map<number, readonly Span[]>()
  private readonly shifts: ReturnType<typeof shiftsOn>

  constructor(private readonly hours: OfficeHours) {
    this.shifts = shiftsOn(hours)
  }

  /** The span at this index; null beyond the last that is known. */
  at(index: number): Span | null {
    const from = this.starts[index]
    const to = this.ends[index]
    return from === undefined || to === undefined ? null : { from, to }
  }

  /** Of the last span that has begun; -1 where none has. */
  indexAt(at: number): number {
    const { starts } = this
    let low = 0
    let high = starts.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((starts[middle] ?? 0) <= at) low = middle + 1
      else high = middle
    }
    return low - 1
  }

  /** What was open until `at` since the first year that is known, ms. */
  openUntil(at: number): number {
    const index = this.indexAt(at)
    if (index < 0) return 0
    return (this.sums[index] ?? 0) + Math.min(at, this.ends[index] ?? at) - (this.starts[index] ?? at)
  }

  /** The first moment at which so much was open since the first year that is known; null where it is not known. */
  momentOf(open: number): number | null {
    let low = 0
    let high = this.sums.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.sums[middle] ?? 0) < open) low = middle + 1
      else high = middle
    }
    const index = Math.max(low - 1, 0)
    const span = this.at(index)
    const at = span && span.from + open - (this.sums[index] ?? 0)
    return span && at !== null && at <= span.to ? at : null
  }

  /** Makes sure that all between these is known. Outside of the years that are kept nothing is open. */
  reach(from: number, to: number): void {
    if (from >= this.from && to <= this.to) return
    const first = Math.min(yearOf(from - slack), yearOf(this.from + slack))
    const last = Math.max(yearOf(to + slack), yearOf(this.to - slack))
    const spans: Span[] = []
    for (let year = first; year <= last; year++) for (const span of this.ofYear(year)) join(spans, span)
    this.keep(spans)
    this.from = first === firstYear ? Number.NEGATIVE_INFINITY : Date.UTC(first) + slack
    this.to = last === lastYear ? Number.POSITIVE_INFINITY : Date.UTC(last + 1) - slack
  }

  private keep(spans: readonly Span[]): void {
    this.starts = Float64Array.from(spans, ({ from }) => from)
    this.ends = Float64Array.from(spans, ({ to }) => to)
    let sum = 0
    this.sums = Float64Array.from(spans, ({ from, to }) => {
      const before = sum
      sum += to - from
      return before
    })
  }

  private ofYear(year: number): readonly Span[] {
    const known = this.years.get(year)
    if (known) return known
    const spans = isOutside(this.hours, year) ? [] : this.build(year)
    this.years.set(year, spans)
    return spans
  }

  private build(year: number): Span[] {
    const spans: Span[] = []
    const end = Date.UTC(year + 1) / dayMs
    for (let day = Date.UTC(year) / dayMs; day < end; day++)
      for (const shift of this.shifts(day)) spans.push(this.span(day, shift))
    return spans.filter(({ from, to }) => to > from).sort((a, b) => a.from - b.from)
  }

  private span(day: number, shift: Shift): Span {
    const from = msOf(shift.from)
    const to = msOf(shift.to)
    const ends = to <= from ? to + dayMs : to
    const wall = (time: number) => momentOf(this.hours.timeZone, day * dayMs + time)
    return { from: wall(from), to: wall(ends) }
  }
}

/** Spans that touch or overlap are one. */
function join(spans: Span[], next: Span): void {
  const held = spans.at(-1)
  if (held && next.from <= held.to) spans[spans.length - 1] = { ...held, to: Math.max(held.to, next.to) }
  else spans.push(next)
}

function yearOf(at: number): number {
  if (at < Date.UTC(firstYear)) return firstYear
  return at < Date.UTC(lastYear) ? new Date(at).getUTCFullYear() : lastYear
}

const isOutside = ({ first, last }: OfficeHours, year: number): boolean =>
  (first !== undefined && year < Number(first.slice(0, 4))) ||
  (last !== undefined && year > Number(last.slice(0, 4)))

const msOf = (time: string): number => (Number(time.slice(0, 2)) * 60 + Number(time.slice(3))) * minuteMs
