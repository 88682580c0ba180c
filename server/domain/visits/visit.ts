import type { ConversationId, PageId, SiteId, VisitId, VisitorId } from '../../../shared/ids.ts'
import { limits } from '../../../shared/limits.ts'
import type { Locale } from '../../../shared/locale.ts'
import { presenceOf } from '../../../shared/presence.ts'
import type { Sorting } from '../../../shared/triggers/segments.ts'
import type {
  Attributes,
  Consent,
  EventProperties,
  Identity,
  LiveScore,
  LiveVisitor,
  Looker,
  PageView,
  RecordedPageView,
} from '../../../shared/visitor.ts'

/** Where a visit stands as others see it: its segments, and its points with what they come from. */
export interface Standing {
  /** What it was worked out by; other settings, another standing. */
  by: Sorting
  segments: readonly string[]
  score: LiveScore | null
}

/** A loaded page of a visit and the view it shows. */
interface Tab {
  page: PageId
  view: RecordedPageView | null
  /** More than one while nobody has noticed yet that the line of one has gone dead. */
  sockets: number
}

/** Somebody's stay on a site, in memory only. */
export interface Visit {
  readonly id: VisitId
  readonly siteId: SiteId
  /** What further pages are recognised by: the hash of the token, else the day's keyed hash. */
  key: string
  tokenHash: string | null
  visitorId: VisitorId | null
  name: string | null
  email: string | null
  /** Told by the page before there was anybody to store it for. */
  identity: Identity | null
  /** What pages have told of them, and what was stored of it; null when nothing. Bounded. */
  attributes: Attributes | null
  /** Labels given by pages, and those stored; null when none. Bounded. */
  tags: string[] | null
  /** Of who was known before this visit. */
  before: { createdAt: number; seenAt: number } | null
  /** This one included; null where nobody counts. */
  visits: number | null
  consent: Consent
  locale: Locale
  device: 'desktop' | 'phone'
  browser: string
  /** Told by the page and by its request; null where nobody told. */
  timeZone: string | null
  language: string | null
  country: string | null
  tabs: Tab[]
  /** Oldest first; bounded, so `pageViews` counts on its own. */
  trail: RecordedPageView[]
  landing: Readonly<Pick<PageView, 'url' | 'referrer'>>
  pageViews: number
  /** On all its pages together, ms. */
  engagedMs: number
  startedAt: number
  seenAt: number
  activeAt: number
  idle: boolean
  sockets: number
  /** A socket has been here: without one, its pages are closed. */
  connectedOnce: boolean
  conversationId: ConversationId | null
  quietSince: number | null
  /** As the store has it; null where it has none. */
  quietStored: number | null
  /** Null for never; undefined while nobody has looked. */
  lastChatAt: number | null | undefined
  /** When the store last heard that this visitor was seen. */
  seenStoredAt: number
  /** By name, the latest last; none yet when null. Bounded. */
  events: Map<string, { count: number; at: number; properties?: EventProperties }> | null
  /** The latest of them with what was told of each, oldest first; none yet when null. Bounded. */
  latestEvents: { name: string; at: number; count?: number; properties?: EventProperties }[] | null
  /** The last view handed to the store. */
  recorded: RecordedPageView | null
  /** Which segments they belong to and how they score; undefined where a site has neither. */
  standing: Standing | undefined
  /** When each part of the score last held, and when the store last heard of it; undefined while none has. */
  scoreHeld: ReadonlyMap<string, number> | undefined
  heldStoredAt: number | undefined
  /** As last announced. */
  state: LiveVisitor['state']
  /** A program, or of the site's own people: served, and not looked at. */
  leftOut: boolean
  /** An agent has marked this browser as the house's own: left out where the site does not count those. */
  own: boolean
  /** Something is stored of it or of earlier visits because of the visitor's consent. */
  kept: boolean
  /** This visit is in the count that is stored. */
  counted: boolean
  /** Its visitor asked to be forgotten: it is no visit any more, whoever still holds it. */
  erased: boolean
}

export type Newcomer = Pick<
  Visit,
  'id' | 'siteId' | 'key' | 'tokenHash' | 'consent' | 'locale' | 'device' | 'browser'
> &
  Partial<Pick<Visit, 'timeZone' | 'language' | 'country' | 'leftOut' | 'own'>>

export const beginVisit = (newcomer: Newcomer, now: number): Visit => ({
  id: newcomer.id,
  siteId: newcomer.siteId,
  key: newcomer.key,
  tokenHash: newcomer.tokenHash,
  consent: newcomer.consent,
  locale: newcomer.locale,
  device: newcomer.device,
  browser: newcomer.browser,
  timeZone: newcomer.timeZone ?? null,
  language: newcomer.language ?? null,
  country: newcomer.country ?? null,
  visitorId: null,
  name: null,
  email: null,
  identity: null,
  attributes: null,
  tags: null,
  before: null,
  visits: null,
  tabs: [],
  trail: [],
  landing: nowhere,
  pageViews: 0,
  engagedMs: 0,
  startedAt: now,
  seenAt: now,
  activeAt: now,
  idle: false,
  sockets: 0,
  connectedOnce: false,
  conversationId: null,
  quietSince: null,
  quietStored: null,
  lastChatAt: undefined,
  seenStoredAt: 0,
  events: null,
  latestEvents: null,
  recorded: null,
  standing: undefined,
  scoreHeld: undefined,
  heldStoredAt: undefined,
  state: 'active',
  leftOut: newcomer.leftOut ?? false,
  own: newcomer.own ?? false,
  kept: false,
  counted: false,
  erased: false,
})

const nowhere = Object.freeze({ url: '', referrer: '' })

/** Most visits have one of each: an array that was pushed to keeps room for seventeen. */
function withOne<T>(some: T[], one: T): T[] {
  if (some.length === 0) return [one]
  some.push(one)
  return some
}

const tabsKept = 20

/** A page that was left for a moment only was not left. */
const momentAway = 1_000

/** It was left and is shown again: it comes out of the back-forward cache, and is looked at anew. */
const isRestored = ({ leftAt }: RecordedPageView, now: number): boolean =>
  leftAt !== null && now - leftAt >= momentAway

/** The visit has this page open. */
export function openTab(visit: Visit, page: PageId): Tab {
  const known = visit.tabs.find((one) => one.page === page)
  if (known) return known
  const tab: Tab = { page, view: null, sockets: 0 }
  visit.tabs = withOne(visit.tabs, tab)
  return tab
}

/** Adds the view to the trail. False when this page shows it already: the beacon and the socket both tell. */
export function addView(visit: Visit, page: PageId, view: PageView, now: number): boolean {
  const tab = openTab(visit, page)
  if (tab.view?.url === view.url && !isRestored(tab.view, now)) {
    tab.view.title = view.title
    tab.view.leftAt = null
    return false
  }
  if (tab.view) tab.view.leftAt ??= now
  const { url, title, referrer } = view
  tab.view = { url, title, referrer, at: now, leftAt: null }
  if (visit.pageViews === 0) visit.landing = tab.view
  visit.pageViews++
  visit.trail = withOne(visit.trail, tab.view)
  if (visit.trail.length > limits.trailLength) visit.trail.shift()
  visit.activeAt = now
  visit.idle = false
  return true
}

/** Page ids that fall out of the bound, which nobody needs to recognise any more. */
export const surplusTabs = (visit: Visit): PageId[] =>
  visit.tabs.splice(0, Math.max(0, visit.tabs.length - tabsKept)).map((tab) => tab.page)

export function leavePage(visit: Visit, page: PageId, now: number): void {
  const tab = visit.tabs.find((one) => one.page === page)
  if (tab?.view) tab.view.leftAt = now
}

/** A socket came to this page of the visit, or went (-1). */
export function countSocket(visit: Visit, page: PageId | undefined, by: 1 | -1): void {
  visit.sockets = Math.max(0, visit.sockets + by)
  const tab = visit.tabs.find((one) => one.page === page)
  if (tab) tab.sockets = Math.max(0, tab.sockets + by)
}

/** Whether no other page of the visit is connected. */
export const isAlone = ({ tabs, sockets }: Visit, page: PageId): boolean =>
  sockets <= (tabs.find((one) => one.page === page)?.sockets ?? 0)

/** What this page of the visit shows. */
export const viewOf = (visit: Visit, page: PageId): RecordedPageView | null =>
  visit.tabs.find((one) => one.page === page)?.view ?? null

export const lastView = (visit: Visit): RecordedPageView | undefined => visit.trail.at(-1)

export const presence = (visit: Visit, now: number): LiveVisitor['state'] =>
  presenceOf(
    {
      device: visit.device,
      connected: visit.sockets > 0,
      idle: visit.idle,
      activeAt: visit.activeAt,
      seenAt: visit.seenAt,
    },
    now,
  )

/** After a clock that ran ahead was put right, who is there is counted from now. */
export function notInTheFuture(visit: Visit, now: number): void {
  visit.startedAt = Math.min(visit.startedAt, now)
  visit.seenAt = Math.min(visit.seenAt, now)
  visit.activeAt = Math.min(visit.activeAt, now)
}

/** Whether what its pages tell is taken in at all. */
export const isLookedAt = ({ consent, leftOut }: Visit): boolean => consent !== 'denied' && !leftOut

/** Where what it tells is stored; null where it is not. */
export function placeOf({ id: visitId, siteId, visitorId, consent, leftOut, erased }: Visit) {
  if (visitorId === null || consent !== 'granted' || leftOut || erased) return null
  return { visitId, visitorId, siteId }
}

/** With what they looked at it, as rules ask for it: recorded with each view, since the visit itself goes. */
export const lookerOf = ({ device, language, locale, country }: Visit): Looker => ({
  ...{ device, language: language ?? locale },
  ...(country ? { country } : {}),
})
