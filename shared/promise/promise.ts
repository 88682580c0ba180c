import type { OfficeHours } from '../calendar/hours.ts'
import { workClock } from '../calendar/work-clock.ts'
import { weekHourAt } from '../calendar/zone.ts'
import { percentile } from '../metrics/statistics.ts'

/** What visitors are told before they write. */
export type Told =
  /** In about so many ms, counted within office hours. */
  | { is: 'within'; ms: number }
  /** Too few were answered to say: the site's own text. */
  | { is: 'unmeasured' }
  /** The office is closed until then. */
  | { is: 'closed'; opens: number }
  /** It should be open, and nobody is there. */
  | { is: 'nobody' }

/** The first visitor message of an episode, and the first human reply to it; null while they wait for one. */
export interface FirstReply {
  openedAt: number
  repliedAt: number | null
}

/** How long first replies have taken, in ms of business time: by hour of the week, and all together; each sorted. */
export interface Pace {
  byHour: ReadonlyMap<number, readonly number[]>
  all: readonly number[]
}

/** Fewer conversations say nothing about the next one. */
export const fewest = 5

/** Of the visitors who came within office hours. Who still waits counts as long as they have waited. */
export function paceOf(replies: Iterable<FirstReply>, hours: OfficeHours, now: number): Pace {
  const clock = workClock(hours)
  const all: number[] = []
  const byHour = new Map<number, number[]>()
  for (const { openedAt, repliedAt } of replies) {
    if (!clock.isOpen(openedAt)) continue
    const took = clock.between(openedAt, repliedAt ?? now)
    const hour = hourOfWeek(hours, openedAt)
    const held = byHour.get(hour)
    if (held) held.push(took)
    else byHour.set(hour, [took])
    all.push(took)
  }
  for (const waits of [all, ...byHour.values()]) waits.sort((a, b) => a - b)
  return { all, byHour }
}

export interface House {
  hours: OfficeHours
  now: number
  /** Who may answer and is online. */
  online: number
  /** Conversations that wait for an answer. */
  waiting: number
}

export function toldNow(pace: Pace, house: House): Told {
  const { hours, now, online } = house
  const clock = workClock(hours)
  if (!clock.isOpen(now)) return closedNow(house)
  if (online === 0) return { is: 'nobody' }
  const usual = usualNow(pace, house)
  if (usual === null) return { is: 'unmeasured' }
  const ms = roundUp(lengthened(usual, house))
  // Whoever reads it has the clock on the wall.
  const due = clock.after(now, ms)
  if (due === now + ms) return { is: 'within', ms }
  return due === null || ms <= soon ? closedNow(house) : { is: 'within', ms: roundUp(due - now) }
}

/** What takes no longer, and is not done by closing, is done soon after the next opening. */
const soon = 60 * 60_000

function closedNow({ hours, now }: House): Told {
  const opens = workClock(hours).nextOpening(now)
  return opens === null ? { is: 'nobody' } : { is: 'closed', opens }
}

/** The median of this hour of the week, else of all hours; null where too few were answered in either. */
function usualNow({ byHour, all }: Pace, { hours, now }: House): number | null {
  const thisHour = byHour.get(hourOfWeek(hours, now)) ?? []
  const enough = [thisHour, all].find((waits) => waits.length >= fewest)
  return enough ? percentile(enough, 0.5) : null
}

/**
 * Each colleague answers those who wait one after another, and one takes as long as usual: so as many full rounds as
 * there are before a newcomer are added. Fewer waiting than colleagues online change nothing.
 */
export const lengthened = (usual: number, { online, waiting }: Pick<House, 'online' | 'waiting'>): number =>
  usual * (1 + Math.floor(waiting / Math.max(1, online)))

const hourOfWeek = ({ timeZone }: OfficeHours, at: number): number => {
  const { weekday, hour } = weekHourAt(timeZone, at)
  return weekday * 24 + hour
}

const minute = 60_000
const steps = [1, 2, 3, 4, 5, 7, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 360, 480, 720]

/** Up to a length that people say; longer ones to whole days of 24 hours. */
export function roundUp(ms: number): number {
  const minutes = ms / minute
  return (steps.find((step) => step >= minutes) ?? Math.ceil(minutes / 1_440) * 1_440) * minute
}
