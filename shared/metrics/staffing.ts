import { offsetAt } from '../calendar/zone.ts'

interface Span {
  from: number
  to: number
}

/** Over an hour, or as much of it as is asked for and is past. */
export interface Level {
  mean: number
  max: number
}

/** How many waited and how many were there to answer, in an hour that begins at `at` (ms). */
export interface StaffedHour {
  at: number
  waiting: Level
  online: Level
}

export interface StaffingAsked extends Span {
  timeZone: string
  now: number
}

const hour = 3_600_000

/** Whoever has waited longer when the period begins was given up, or is a matter of its own. */
export const waitingLookBack = 48 * hour

/** Waiting against online, hour by hour as the clocks of the place show them. */
export function staffing(
  asked: StaffingAsked,
  { waiting, online }: { waiting: readonly Span[]; online: readonly Span[] },
): StaffedHour[] {
  const hours = hoursOf(asked)
  const [waited, there] = [levelsIn(hours, waiting), levelsIn(hours, online)]
  return hours.map(({ at }, i) => ({ at, waiting: waited[i] ?? none, online: there[i] ?? none }))
}

const none: Level = { mean: 0, max: 0 }

interface Hour extends Span {
  at: number
}

function hoursOf({ from, to, timeZone, now }: StaffingAsked): Hour[] {
  const end = Math.min(to, now)
  const ahead = offsetAt(timeZone, from)
  const hours: Hour[] = []
  for (let at = Math.floor((from + ahead) / hour) * hour - ahead; at < end; at += hour)
    hours.push({ at, from: Math.max(at, from), to: Math.min(at + hour, end) })
  return hours
}

/** How many of the spans lie over each hour: the mean over its time, and the most at once. */
export function levelsIn(hours: readonly Hour[], spans: readonly Span[]): Level[] {
  const some = spans.filter(({ from, to }) => to > from)
  const starts = Float64Array.from(some, ({ from }) => from).sort()
  const ends = Float64Array.from(some, ({ to }) => to).sort()
  let [started, ended] = [0, 0]
  return hours.map(({ from, to }) => {
    const skipTo = (at: number) => {
      while (started < starts.length && (starts[started] ?? 0) <= at) started++
      while (ended < ends.length && (ends[ended] ?? 0) <= at) ended++
    }
    skipTo(from)
    let [at, sum, max] = [from, 0, started - ended]
    while (at < to) {
      const next = Math.min(to, starts[started] ?? to, ends[ended] ?? to)
      sum += (next - at) * (started - ended)
      at = next
      if (at >= to) break
      skipTo(at)
      max = Math.max(max, started - ended)
    }
    return { mean: to > from ? sum / (to - from) : 0, max }
  })
}
