import type { PageId } from '../../../shared/ids.ts'
import { limits } from '../../../shared/limits.ts'
import { addLatest } from '../../../shared/triggers/latest.ts'
import { type EventProperties, type Reading, type VisitEvent, withTags } from '../../../shared/visitor.ts'
import { type Visit, viewOf } from './visit.ts'

/** What a page says had happened. */
export interface Told {
  name: string
  properties?: EventProperties | undefined
  /** So often, told together; once when left out. */
  times?: number | undefined
}

/** More of an event than this is nothing that a rule compares, and is not kept. */
const mostOfAnEvent = 500

/** Counts an event of the page. Of too many names the one heard longest ago is forgotten. */
export function noteEvent(visit: Visit, { name, properties, times = 1 }: Told, now: number): void {
  visit.latestEvents ??= []
  const fits = properties && Object.keys(properties).length > 0 && isSmall(properties)
  const told = { at: now, ...(fits ? { properties } : {}) }
  addLatest(visit.latestEvents, { name, ...told, ...(times > 1 ? { count: times } : {}) }, limits.eventTimes)
  visit.events ??= new Map()
  const count = (visit.events.get(name)?.count ?? 0) + times
  visit.events.delete(name)
  visit.events.set(name, { count, ...told })
  const [oldest] = visit.events.keys()
  if (visit.events.size > limits.eventNames && oldest !== undefined) visit.events.delete(oldest)
}

/** What happened in one visit happened in the other, when it did. */
export function bringEvents(from: Visit, to: Visit): void {
  if (!from.events) return
  const latest: NonNullable<Visit['latestEvents']> = []
  for (const one of [...(to.latestEvents ?? []), ...(from.latestEvents ?? [])].sort(byTime))
    addLatest(latest, one, limits.eventTimes)
  to.latestEvents = latest
  const events = new Map(to.events)
  for (const [name, told] of from.events) {
    const known = events.get(name)
    const last = known && known.at > told.at ? known : told
    events.set(name, { ...last, count: told.count + (known?.count ?? 0) })
  }
  to.events = new Map([...events].sort(([, a], [, b]) => byTime(a, b)).slice(-limits.eventNames))
}

const byTime = (a: { at: number }, b: { at: number }): number => a.at - b.at

const isSmall = (properties: EventProperties): boolean => JSON.stringify(properties).length <= mostOfAnEvent

/** The latest first. */
export const eventsOf = ({ events }: Visit): VisitEvent[] =>
  [...(events ?? [])].map(([name, told]) => ({ name, ...told })).reverse()

/** The page counts on by itself, so what it told last is what holds; a number that goes back is of an older frame. */
export function noteReading(visit: Visit, page: PageId, { engagedMs, scroll }: Reading): boolean {
  const view = viewOf(visit, page)
  if (!view) return false
  const more = engagedMs - (view.engagedMs ?? 0)
  const isNews = more > 0 || scroll > (view.scroll ?? 0)
  view.engagedMs = Math.max(engagedMs, view.engagedMs ?? 0)
  view.scroll = Math.max(scroll, view.scroll ?? 0)
  visit.engagedMs += Math.max(0, more)
  return isNews
}

/** False when all of them were known. Beyond the limit the first stay. */
export function noteTags(visit: Visit, names: readonly string[]): boolean {
  const known = visit.tags ?? []
  visit.tags = withTags(known, names)
  return visit.tags.length > known.length
}

/** What was told by pages while it might be kept. */
export function withoutProfile(visit: Visit): void {
  Object.assign(visit, { attributes: null, tags: null, visits: null, counted: false, recorded: null })
  Object.assign(visit, { scoreHeld: undefined, standing: undefined })
}

/** What its pages show, besides. */
export function withoutViews(visit: Visit): void {
  withoutTraces(visit)
  for (const tab of visit.tabs) tab.view = null
}

/** Where they have been, and what they did there. */
export function withoutTraces(visit: Visit): void {
  Object.assign(visit, { trail: [], events: null, latestEvents: null, engagedMs: 0, standing: undefined })
}
