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

/** What was recorded of a day: how much, and a sum of when, ms of the day. */
type Amount = { n: number; sum: number }

/** When agents were online. Of days gone by it is read once, until anything is recorded of them after all. */
export class Attendance {
  readonly #days = new Map<number, Known>()
  /** Of days that are over, as they were last found. */
  readonly #amounts = new Map<number, Amount>()
  #version = 0

  constructor(private readonly queries: LookUps) {}

  /** Another as soon as what was answered of a day that is over is not so any more. */
  get version(): number {
    return this.#version
  }

  /** Of the days that the span touches, in order, up to now. */
  async days({ from, to }: Span, now: number): Promise<AttendedDay[]> {
    const [first, last] = [dayOf(from), dayOf(Math.min(to, now) - 1)]
    const stamps = await this.#stamps(first, last, dayOf(now))
    const missing = [...stamps].flatMap(([day, stamp]) => (this.#days.get(day)?.stamp === stamp ? [] : day))
    const read = new Map<number, AttendedDay>()
    for (const run of runsOf(missing))
      for (const [day, online] of await this.#read(run, now)) {
        const attended = { online, anybody: merged(online.map(untold)) }
        read.set(day, attended)
        if ((day + 1) * dayMs > overBy(now)) continue
        if (this.#days.has(day)) this.#version++
        this.#days.set(day, { ...attended, stamp: stamps.get(day) ?? '' })
      }
    return [...stamps.keys()].flatMap((day) => read.get(day) ?? this.#days.get(day) ?? [])
  }

  async #stamps(first: number, last: number, today: number): Promise<Map<number, string>> {
    const days = daysBetween(first, last)
    if (days.length === 0) return new Map()
    const own = await this.#amountsOf({ first: first - 1, last: last + 1 }, today)
    const stampOf = (day: number): string => {
      const amount = own.get(day)
      return amount ? `${amount.n} ${amount.sum}` : ''
    }
    return new Map(days.map((day) => [day, [day - 1, day, day + 1].map(stampOf).join()]))
  }

  /** Day by day is asked only where it comes to something else in all: of two years that takes long. */
  async #amountsOf({ first, last }: Days, today: number): Promise<ReadonlyMap<number, Amount>> {
    const settled = Math.min(last, today - 2)
    if (!(await this.#isAsBefore({ first, last: settled }))) {
      const found = await this.#ask({ first, last: settled })
      for (const day of daysBetween(first, settled)) this.#amounts.set(day, found.get(day) ?? nothing)
    }
    const own = new Map(daysBetween(first, settled).map((day) => [day, this.#amounts.get(day) ?? nothing]))
    for (const [day, amount] of await this.#ask({ first: Math.max(first, settled + 1), last }))
      own.set(day, amount)
    return own
  }

  async #isAsBefore(days: Days): Promise<boolean> {
    const before = { n: 0, sum: 0 }
    for (const day of daysBetween(days.first, days.last)) {
      const amount = this.#amounts.get(day)
      if (!amount) return false
      before.n += amount.n
      before.sum += amount.sum
    }
    const [now] = await this.queries.all<Amount>(
      `SELECT COUNT(*) AS n, CAST(COALESCE(SUM(at % ${dayMs}), 0) AS BIGINT) AS sum FROM agent_states
       WHERE at >= ? AND at < ?`,
      [days.first * dayMs, (days.last + 1) * dayMs],
    )
    return now?.n === before.n && now.sum === before.sum
  }

  async #ask({ first, last }: Days): Promise<Map<number, Amount>> {
    if (last < first) return new Map()
    const rows = await this.queries.all<Amount & { day: number }>(
      `SELECT at / ${dayMs} AS day, COUNT(*) AS n, CAST(SUM(at % ${dayMs}) AS BIGINT) AS sum FROM agent_states
       WHERE at >= ? AND at < ? GROUP BY 1`,
      [first * dayMs, (last + 1) * dayMs],
    )
    return new Map(rows.map(({ day, n, sum }) => [day, { n, sum }]))
  }

  async #read({ first, last }: Days, now: number): Promise<Map<number, OnlineSpan[]>> {
    const read = new Map<number, OnlineSpan[]>(daysBetween(first, last).map((day) => [day, []]))
    const online = await readOnline(this.queries, { from: first * dayMs, to: (last + 1) * dayMs }, now)
    for (const span of online)
      for (let day = dayOf(span.from); day * dayMs < span.to; day++)
        read.get(day)?.push(clipped(span, { from: day * dayMs, to: (day + 1) * dayMs }))
    return read
  }
}

/** What a day that is not long over says still depends on when it is asked. */
export const overBy = (now: number): number => (dayOf(now) - 1) * dayMs

/** Both within it. */
interface Days {
  first: number
  last: number
}

const nothing: Amount = { n: 0, sum: 0 }

const daysBetween = (first: number, last: number): number[] =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i)

/** Days that follow one another. */
function runsOf(days: readonly number[]): Days[] {
  const runs: Days[] = []
  for (const day of days) {
    const run = runs.at(-1)
    if (run?.last === day - 1) run.last = day
    else runs.push({ first: day, last: day })
  }
  return runs
}

const untold = ({ from, to }: OnlineSpan): Span => ({ from, to })

/** What of a span lies within another. */
export const clipped = <One extends Span>(span: One, { from, to }: Span): One => ({
  ...span,
  from: Math.max(span.from, from),
  to: Math.min(span.to, to),
})
