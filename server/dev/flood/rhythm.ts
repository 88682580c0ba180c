import { day } from '../../../shared/limits.ts'

const hour = day / 24

/** How much is written in each hour of a day (UTC), and on each day of a week from Sunday on. */
const hours = [2, 1, 1, 1, 2, 4, 8, 14, 22, 28, 30, 29, 24, 25, 28, 29, 27, 23, 20, 19, 17, 12, 7, 4]
const days = [0.7, 1.2, 1.1, 1.05, 1, 0.9, 0.6]

const weightOf = (at: number): number => {
  const date = new Date(at)
  return (hours[date.getUTCHours()] ?? 0) * (days[date.getUTCDay()] ?? 0)
}

/** The moments at which `count` things begin between two times, ascending: busy by day, quiet at night and on weekends. */
export function* moments(
  { from, to, count }: { from: number; to: number; count: number },
  next: () => number,
): Generator<number> {
  let weight = 0
  for (let at = from; at < to; at += hour) weight += weightOf(at)
  let owed = 0
  for (let at = from; at < to; at += hour) {
    owed += (count * weightOf(at)) / weight
    const here = Math.min(Math.round(owed), count)
    owed -= here
    const within = Float64Array.from({ length: here }, () => at + Math.floor(next() * hour)).sort()
    yield* within
  }
}

/** Who works when (UTC): the early and the late shift overlap, two keep the night, and few come on a weekend. */
export function isOnShift(person: number, at: number): boolean {
  const date = new Date(at)
  const hourNow = date.getUTCHours()
  const weekend = date.getUTCDay() === 0 || date.getUTCDay() === 6
  if (person % 6 === 5) return hourNow >= 20 || hourNow < 6
  if (weekend && person % 3 !== date.getUTCDay() % 3) return false
  return person % 2 === 0 ? hourNow >= 7 && hourNow < 15 : hourNow >= 12 && hourNow < 21
}
