import { calendarOf, type HouseHours } from '../calendar/calendar-of.ts'
import { type Span, type WorkClock, workClock } from '../calendar/work-clock.ts'
import type { AgentId, SiteId } from '../ids.ts'
import type { Owner, Piece } from './ledger.ts'

/** Whose time passes. */
export interface Whose {
  siteId: SiteId
  owner: Owner
}

/** How much of the time between two moments counts, ms. Never negative, never more than the wall's. */
export type Clock = (whose: Whose, from: number, to: number) => number

export const clockNames = ['wall', 'business', 'staffed'] as const
export type ClockName = (typeof clockNames)[number]
export type Clocks = Record<ClockName, Clock>

export const wallClock: Clock = (_, from, to) => Math.max(0, to - from)

/** Counts while the calendar is open of the team that has it, or of the site while nobody has. */
export function businessClock(house: HouseHours): Clock {
  const clockOf = rememberedBy((whose) =>
    workClock(calendarOf(house, { siteId: whose.siteId, agentId: agentOf(whose.owner) })),
  )
  return (whose, from, to) => clockOf(whose).between(from, to)
}

/** Counts while somebody who may answer is online. @param online in order, none touching another */
export function staffedClock(online: (whose: Whose) => readonly Span[]): Clock {
  const clockOf = rememberedBy((whose) => spansClock(online(whose)))
  return (whose, from, to) => clockOf(whose).between(from, to)
}

/** Counts within spans. @param spans in order, none touching another */
export function spansClock(spans: readonly Span[]): Pick<WorkClock, 'between'> {
  const starts = Float64Array.from(spans, ({ from }) => from)
  const sums = new Float64Array(spans.length)
  for (let i = 1; i < spans.length; i++) sums[i] = (sums[i - 1] ?? 0) + lengthAt(spans, i - 1)
  const until = (at: number): number => {
    const i = lastNotAfter(starts, at)
    return i < 0 ? 0 : (sums[i] ?? 0) + Math.min(at - (starts[i] ?? at), lengthAt(spans, i))
  }
  return { between: (from, to) => (to > from ? until(to) - until(from) : 0) }
}

const lengthAt = (spans: readonly Span[], i: number): number => {
  const span = spans[i]
  return span ? span.to - span.from : 0
}

function lastNotAfter(starts: Float64Array, at: number): number {
  let low = 0
  let high = starts.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((starts[middle] ?? 0) <= at) low = middle + 1
    else high = middle
  }
  return low - 1
}

export const agentOf = (owner: Owner): AgentId | null => (owner.kind === 'agent' ? owner.agentId : null)

/** Made once for each agent and site: a report asks some hundred thousand times. */
function rememberedBy<T>(make: (whose: Whose) => T): (whose: Whose) => T {
  const sites = new Map<SiteId, Map<AgentId | null, T>>()
  return (whose) => {
    const agents = sites.get(whose.siteId) ?? new Map<AgentId | null, T>()
    if (agents.size === 0) sites.set(whose.siteId, agents)
    const agentId = agentOf(whose.owner)
    const known = agents.get(agentId)
    if (known !== undefined) return known
    const made = make(whose)
    agents.set(agentId, made)
    return made
  }
}

/** A stretch of time, ms. */
export interface Stretch {
  from: number
  to: number
}

/** Who had a conversation meanwhile. */
export interface Had {
  siteId: SiteId
  pieces: readonly Piece[]
}

/** Length of a stretch on a clock, each piece by the hours of who had it. @param had pieces that cover the stretch */
export function lengthOn(clock: Clock, { siteId, pieces }: Had, { from, to }: Stretch): number {
  let sum = 0
  for (const piece of pieces) {
    const start = Math.max(from, piece.from)
    const end = piece.to === null ? to : Math.min(to, piece.to)
    if (end > start) sum += clock({ siteId, owner: piece.owner }, start, end)
  }
  return sum
}

/** Measures stretches of one conversation. */
export type Ruler = (stretch: Stretch) => number

export const wallRuler: Ruler = ({ from, to }) => Math.max(0, to - from)

/** By the wall it does not matter who had it, so that nobody need look: a report asks some hundred thousand times. */
export function rulerOf(clock: Clock, siteId: SiteId, pieces: () => readonly Piece[]): Ruler {
  if (clock === wallClock) return wallRuler
  let had: Had | null = null
  return (stretch) => {
    had ??= { siteId, pieces: pieces() }
    return lengthOn(clock, had, stretch)
  }
}

/** Length of pieces that need not touch. @param until where an open one is measured to */
export const lengthOfPieces = (clock: Clock, had: Had, until: number): number =>
  had.pieces.length === 0 ? 0 : lengthOn(clock, had, { from: Number.NEGATIVE_INFINITY, to: until })
