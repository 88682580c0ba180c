import { limits } from '../../../shared/limits.ts'
import { type Utm, utmOf } from '../../../shared/utm.ts'
import type { Attributes, LiveScore, LiveVisitor, VisitEvent } from '../../../shared/visitor.ts'
import { lastView, presence, type Visit } from './visit.ts'
import { eventsOf } from './visit-told.ts'

/**
 * What is known of a visit and its visitor, in one place: rules, the list of who is there and reports read it here.
 * Names as in `shared/triggers/facts.ts`; times in ms; null for what nobody told.
 */
export interface VisitFacts {
  startedAt: number
  activeAt: number
  /** Where this visit came from; empty when from nowhere. */
  referrer: string
  /** The page it began with. */
  landing: string
  utm: Utm
  pageViews: number
  /** On all pages of the visit: visible, focused and touched. */
  engagedMs: number
  /** Of the page shown last, in per cent; null while it has not told. */
  scroll: number | null
  /** This one included; null for a known visitor whose visits were not counted. */
  visits: number | null
  returning: boolean
  firstSeenAt: number | null
  /** Before this visit. */
  lastSeenAt: number | null
  language: string
  timeZone: string | null
  country: string | null
  device: 'desktop' | 'phone'
  browser: string
  attributes: Attributes
  tags: ReadonlySet<string>
  /** The latest first. */
  events: readonly VisitEvent[]
}

/** Who is not remembered is a new guest, for all one may know. */
export function visitFacts(visit: Visit): VisitFacts {
  const { before } = visit
  return {
    startedAt: visit.startedAt,
    activeAt: visit.activeAt,
    pageViews: visit.pageViews,
    engagedMs: visit.engagedMs,
    timeZone: visit.timeZone,
    country: visit.country,
    device: visit.device,
    browser: visit.browser,
    referrer: visit.landing.referrer,
    landing: visit.landing.url,
    utm: utmOf(visit.landing.url),
    scroll: lastView(visit)?.scroll ?? null,
    visits: visit.visits ?? (before ? null : 1),
    returning: before !== null,
    firstSeenAt: before?.createdAt ?? null,
    lastSeenAt: before?.seenAt ?? null,
    language: visit.language ?? visit.locale,
    attributes: visit.attributes ?? nothing,
    tags: new Set(visit.tags),
    events: eventsOf(visit),
  }
}

const nothing: Attributes = {}

/** Everything it knows of its visitor but what recognises them. */
export function holdings(visit: Visit): object {
  const { id, siteId, name, email, identity, consent, locale, landing, trail, seenAt, latestEvents } = visit
  const { tags, ...facts } = visitFacts(visit)
  return {
    ...{ id, siteId, name, email, identity, consent, locale, seenAt, trail, latestEvents },
    ...(visit.scoreHeld ? { scoreHeld: Object.fromEntries(visit.scoreHeld) } : {}),
    ...{ ...facts, landing: { url: landing.url, referrer: landing.referrer }, tags: [...tags] },
  }
}

/** How much the list of who is there carries of what may be long. */
const inList: Record<'attributes' | 'tags' | 'events' | 'segments' | 'reasons', number> = {
  attributes: limits.attributesInRoster,
  tags: limits.tagsInRoster,
  events: limits.eventsInRoster,
  segments: limits.segmentsInRoster,
  reasons: limits.reasonsInRoster,
}
const all = Number.POSITIVE_INFINITY
const unbounded: typeof inList = { attributes: all, tags: all, events: all, segments: all, reasons: all }

/** Whether more may be known of somebody than the list carries. */
export const isCut = ({
  attributes = {},
  tags = [],
  events = [],
  segments = [],
  score,
}: LiveVisitor): boolean =>
  tags.length >= inList.tags ||
  events.length >= inList.events ||
  segments.length >= inList.segments ||
  (score?.reasons.length ?? 0) >= inList.reasons ||
  Object.keys(attributes).length >= inList.attributes

/** All of it, as agents may see it. */
export const describeWhole = (visit: Visit, now: number): LiveVisitor | null =>
  described(visit, now, unbounded)

/** As agents see it in the list; null when no page of it may be shown. */
export const describe = (visit: Visit, now: number): LiveVisitor | null => described(visit, now, inList)

function described(visit: Visit, now: number, most: typeof inList): LiveVisitor | null {
  const last = lastView(visit)
  if (!last) return null
  return {
    visitId: visit.id,
    siteId: visit.siteId,
    visitorId: visit.visitorId,
    name: visit.name,
    email: visit.email,
    page: { url: last.url, title: last.title, at: last.at },
    landing: { url: visit.landing.url, referrer: visit.landing.referrer },
    pageViews: visit.pageViews,
    startedAt: visit.startedAt,
    activeAt: visit.activeAt,
    state: presence(visit, now),
    locale: visit.locale,
    device: visit.device,
    browser: visit.browser,
    consent: visit.consent,
    conversationId: visit.conversationId,
    ...detailsOf(visit, most),
  }
}

type Details = Pick<
  LiveVisitor,
  | ('engagedMs' | 'scroll' | 'visits' | 'firstSeenAt' | 'utm' | 'timeZone' | 'language' | 'country')
  | ('attributes' | 'tags' | 'events' | 'segments' | 'score')
>

/** Thousands of these travel to every console, so nothing is said of what is not there. */
function detailsOf(visit: Visit, most: typeof inList): Details {
  const { engagedMs, timeZone, language, country, tags, attributes, before, landing, standing } = visit
  const scroll = lastView(visit)?.scroll
  const utm = utmOf(landing.url)
  return {
    ...(engagedMs ? { engagedMs } : {}),
    ...(scroll ? { scroll } : {}),
    ...(visit.visits && visit.visits > 1 ? { visits: visit.visits } : {}),
    ...(before ? { firstSeenAt: before.createdAt } : {}),
    ...(Object.keys(utm).length > 0 ? { utm } : {}),
    ...(timeZone ? { timeZone } : {}),
    ...(language ? { language } : {}),
    ...(country ? { country } : {}),
    ...(attributes ? { attributes: firstOf(attributes, most.attributes) } : {}),
    ...(tags ? { tags: tags.slice(0, most.tags) } : {}),
    ...(visit.events ? { events: eventsOf(visit).slice(0, most.events) } : {}),
    ...(standing?.segments.length ? { segments: standing.segments.slice(0, most.segments) } : {}),
    ...(standing?.score ? { score: weightiest(standing.score, most.reasons) } : {}),
  }
}

const firstOf = (attributes: Attributes, most: number): Attributes =>
  Object.fromEntries(Object.entries(attributes).slice(0, most))

const weightiest = (score: LiveScore, most: number): LiveScore =>
  score.reasons.length <= most ? score : { ...score, reasons: score.reasons.slice(0, most) }
