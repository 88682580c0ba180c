const minuteMs = 60_000
export const dayMs = 86_400_000

/** What is answered for years outside of these is worked out, not remembered: nobody keeps hours there. */
export const firstYear = 1970
export const lastYear = 2150

/** From `at` on, ms, the clocks of a place are `offset` ahead of UTC, ms. */
interface Offset {
  at: number
  offset: number
}

/** How far the clocks of a place are ahead of UTC, ms. */
export function offsetAt(zone: string, at: number): number {
  const year = new Date(at).getUTCFullYear()
  if (!(year >= firstYear && year <= lastYear)) return askOffset(zone, at)
  const offsets = offsetsIn(zone, year)
  let index = offsets.length - 1
  while (index > 0 && (offsets[index]?.at ?? 0) > at) index--
  return offsets[index]?.offset ?? 0
}

/**
 * When the clocks of a place first show `wall`, ms of that date and time as if it were in UTC. Where they are put
 * forward over it: the moment they are; where they show it twice: the first time.
 */
export function momentOf(zone: string, wall: number): number {
  const early = wall - offsetAt(zone, wall - 2 * dayMs)
  const late = wall - offsetAt(zone, wall + 2 * dayMs)
  if (early === late) return early
  const change = changeBetween(zone, wall - 2 * dayMs, wall + 2 * dayMs)
  return early < change ? early : Math.max(change, late)
}

/** Days from Monday, 1, to Sunday, 7, and the hour, by the wall clock of a place. */
export function weekHourAt(zone: string, at: number): { weekday: number; hour: number } {
  const local = at + offsetAt(zone, at)
  return { weekday: weekdayOf(Math.floor(local / dayMs)), hour: new Date(local).getUTCHours() }
}

/** @param day counted from 1970-01-01, a Thursday */
export const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1

/** Offsets such as `+03:30` are names to newer engines only: what one browser or server took another would refuse. */
const startsLikePlace = /^[A-Za-z]/

export function isTimeZone(name: string): boolean {
  try {
    return startsLikePlace.test(name) && formatIn(name).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** Places remembered: a house has few. */
const placesKept = 50
const places = new Map<string, Map<number, readonly Offset[]>>()

/** Remembered, since asking costs more than all the rest. */
function offsetsIn(zone: string, year: number): readonly Offset[] {
  let years = places.get(zone)
  if (!years) {
    if (places.size >= placesKept) places.clear()
    years = new Map()
    places.set(zone, years)
  }
  const known = years.get(year)
  if (known) return known
  const offsets = askYear(zone, year)
  years.set(year, offsets)
  return offsets
}

function askYear(zone: string, year: number): Offset[] {
  const end = Date.UTC(year + 1)
  const first: Offset = { at: Date.UTC(year), offset: askOffset(zone, Date.UTC(year)) }
  const offsets = [first]
  let held = first
  for (let at = first.at + dayMs; at <= end; at += dayMs) {
    const offset = askOffset(zone, at)
    if (offset === held.offset) continue
    held = { at: changeBetween(zone, at - dayMs, at), offset }
    offsets.push(held)
  }
  return offsets
}

/** The minute in which clocks that differ at `from` and `to` are changed. */
function changeBetween(zone: string, from: number, to: number): number {
  const before = askOffset(zone, from)
  let low = from
  let high = to
  while (high - low > minuteMs) {
    const middle = Math.floor((low + high) / 2 / minuteMs) * minuteMs
    if (askOffset(zone, middle) === before) low = middle
    else high = middle
  }
  return high
}

function askOffset(zone: string, at: number): number {
  if (zone === 'UTC') return 0
  const minute = Math.floor(at / minuteMs) * minuteMs
  const parts = formatIn(zone).formatToParts(minute)
  const part = (name: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find(({ type }) => type === name)?.value)
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute')) - minute
}

const formats = new Map<string, Intl.DateTimeFormat>()

function formatIn(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    ...{ year: 'numeric', month: 'numeric', day: 'numeric' },
    ...{ hour: 'numeric', minute: 'numeric', hourCycle: 'h23' },
  })
  if (formats.size >= placesKept) formats.clear()
  formats.set(zone, format)
  return format
}
