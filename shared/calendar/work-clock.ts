import type { OfficeHours } from './hours.ts'
import { type Span, SpanTable } from './spans.ts'
import { dayMs } from './zone.ts'

export type { Span } from './spans.ts'

/** Office hours as a clock that stands still while nobody works. Moments and durations in ms. */
export interface WorkClock {
  /** How much of it was open; 0 where `to` is not after `from`. Adds up over whatever a span is cut into. */
  between(from: number, to: number): number
  /** What was open of it, in order. */
  spans(from: number, to: number): Span[]
  isOpen(at: number): boolean
  /** When the hours begin next, after `at`; null when they do not `within` this, 30 years where it is not said. */
  nextOpening(at: number, within?: number): number | null
  /** When so much of it will have been open since `from`; null when it will not within 30 years. */
  after(from: number, open: number): number | null
}

const clocks = new WeakMap<OfficeHours, WorkClock>()

/** The clock of these hours, which must not be changed afterwards: it is made once and remembered. */
export function workClock(hours: OfficeHours): WorkClock {
  const known = clocks.get(hours)
  if (known) return known
  const clock = makeClock(new SpanTable(hours))
  clocks.set(hours, clock)
  return clock
}

const yearMs = 365 * dayMs
const farthest = 30 * yearMs

function makeClock(table: SpanTable): WorkClock {
  return {
    between(from, to) {
      if (!(to > from)) return 0
      table.reach(from, to)
      return table.openUntil(to) - table.openUntil(from)
    },
    spans(from, to) {
      if (!(to > from)) return []
      table.reach(from, to)
      const spans: Span[] = []
      for (let index = Math.max(table.indexAt(from), 0); ; index++) {
        const span = table.at(index)
        if (!span || span.from >= to) return spans
        if (span.to > from) spans.push({ from: Math.max(span.from, from), to: Math.min(span.to, to) })
      }
    },
    isOpen(at) {
      table.reach(at, at)
      return at < (table.at(table.indexAt(at))?.to ?? at)
    },
    nextOpening(at, within = farthest) {
      for (let ahead = 0; ; ahead += yearMs) {
        table.reach(at, at + Math.min(ahead, within))
        const next = table.at(table.indexAt(at) + 1)
        if (next) return next.from - at <= within ? next.from : null
        if (ahead >= within) return null
      }
    },
    after(from, open) {
      for (let ahead = yearMs; ahead <= farthest; ahead += yearMs) {
        table.reach(from, from + ahead)
        const at = table.momentOf(table.openUntil(from) + open)
        if (at !== null && at <= from + ahead) return Math.max(at, from)
      }
      return null
    },
  }
}
