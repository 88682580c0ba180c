import type { Span } from '../../../shared/calendar/work-clock.ts'
import { day as dayMs } from '../../../shared/limits.ts'
import type { LookUps } from '../engine.ts'
import { merged, type OnlineSpan, readOnline } from './online.ts'
import { dayOf } from './part.ts'

/** Who was there on a day (UTC); spans end with it. */
export interface AttendedDay {
  online: readonly OnlineSpan[]
  /** When anybody was, in order. */
  anybody: readonly Span[]
}

interface Known extends AttendedDay {
  /** What was recorded of the day and its neighbours: what holds may be said only on the day before or after. */
  stamp: string
}

/** When agents were online. Of days gone by it is read once, until anything is recorded of them after all. */
export class Attendance {
  readonly #days = new Map<number, Known>()

  constructor(private readonly queries: LookUps) {}

  /** Of the days that the span touches, in order, up to now. */
  async days({ from, to }: Span, now: number): Promise<AttendedDay[]> {
    const [first, last] = [dayOf(from), dayOf(Math.min(to, now) - 1)]
    const stamps = await this.#stamps(first, last)
    const missing = [...stamps].flatMap(([day, stamp]) => (this.#days.get(day)?.stamp === stamp ? [] : day))
    const read = new Map<number, AttendedDay>()
    for (const [day, online] of await this.#read(missing, now)) {
      const attended = { online, anybody: merged(online.map(untold)) }
      read.set(day, attended)
      // What a day that is not long over says still depends on when it is asked.
      if ((day + 2) * dayMs <= now) this.#days.set(day, { ...attended, stamp: stamps.get(day) ?? '' })
    }
    return [...stamps.keys()].flatMap((day) => read.get(day) ?? this.#days.get(day) ?? [])
  }

  async #stamps(first: number, last: number): Promise<Map<number, string>> {
    const rows = await this.queries.all<{ day: number; stamp: string }>(
      `SELECT at / ${dayMs} AS day, COUNT(*) || ' ' || SUM(at) AS stamp FROM agent_states
       WHERE at >= ? AND at < ? GROUP BY 1`,
      [(first - 1) * dayMs, (last + 2) * dayMs],
    )
    const own = new Map(rows.map(({ day, stamp }) => [day, stamp]))
    const days = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i)
    return new Map(days.map((day) => [day, [day - 1, day, day + 1].map((one) => own.get(one)).join()]))
  }

  async #read(days: readonly number[], now: number): Promise<Map<number, OnlineSpan[]>> {
    const read = new Map<number, OnlineSpan[]>(days.map((day) => [day, []]))
    const [first, last] = [days[0], days.at(-1)]
    if (first === undefined || last === undefined) return read
    const online = await readOnline(this.queries, { from: first * dayMs, to: (last + 1) * dayMs }, now)
    for (const span of online)
      for (let day = dayOf(span.from); day * dayMs < span.to; day++)
        read.get(day)?.push(clipped(span, { from: day * dayMs, to: (day + 1) * dayMs }))
    return read
  }
}

const untold = ({ from, to }: OnlineSpan): Span => ({ from, to })

/** What of a span lies within another. */
export const clipped = <One extends Span>(span: One, { from, to }: Span): One => ({
  ...span,
  from: Math.max(span.from, from),
  to: Math.min(span.to, to),
})
