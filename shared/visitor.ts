import * as v from 'valibot'
import {
  type ConversationId,
  PageId,
  type SiteId,
  SiteKey,
  type VisitId,
  type VisitorId,
  VisitorToken,
} from './ids.ts'
import { day, limits } from './limits.ts'
import { type Locale, NearestLocale } from './locale.ts'
import { count, email, line, optionalLine, webAddress } from './text/fields.ts'
import type { Utm } from './utm.ts'

/** How much may be remembered; the site chooses the default, the visitor the rest. */
export const Consent = v.picklist(['essential', 'granted', 'denied'])
export type Consent = v.InferOutput<typeof Consent>

/** A page shown to a visitor, scrubbed in the browser before it leaves. */
export const PageView = v.strictObject({
  url: webAddress,
  title: optionalLine(limits.titleCharacters),
  /** Scrubbed address of the page before; empty for none. */
  referrer: v.union([v.literal(''), webAddress]),
})
export type PageView = v.InferOutput<typeof PageView>

/** How a page view was used so far; only its own page can see that. */
export const Reading = v.strictObject({
  /** While the page was visible and focused and somebody was touching it, ms. */
  engagedMs: v.pipe(count, v.maxValue(day)),
  /** How far down it was seen, in per cent of its height, at most. */
  scroll: v.pipe(count, v.maxValue(100)),
})
export type Reading = v.InferOutput<typeof Reading>

/** As `Intl` names it, such as `Asia/Tehran`. */
export const TimeZone = v.pipe(v.string(), v.regex(/^[A-Za-z][\w+/-]{0,59}$/, 'must be a time zone'))

/** The beacon's body. Sent as text so that no preflight is needed. */
export const PageViewReport = v.strictObject({
  site: SiteKey,
  page: PageId,
  /** Only when a token is kept on the device. */
  token: v.optional(VisitorToken),
  consent: v.picklist(['essential', 'granted']),
  /** A tag such as `fa-IR`. */
  locale: NearestLocale,
  /** The view that begins; absent when the page is only being left. */
  view: v.optional(PageView),
  /** The page is being left. */
  leaving: v.optional(v.literal(true)),
  /** Of what the page showed until now. */
  reading: v.optional(Reading),
  timeZone: v.optional(TimeZone),
  /** Left out: as its browser says of itself. */
  device: v.optional(v.picklist(['desktop', 'phone'])),
})
export type PageViewReport = v.InferOutput<typeof PageViewReport>

/** A view as the server recorded it. */
export interface RecordedPageView {
  url: string
  title: string
  referrer: string
  at: number
  /** When the next view began or the page was left. */
  leftAt: number | null
  /** As in `Reading`; left out while the page has not told. */
  engagedMs?: number
  scroll?: number
}

/** With what somebody looks at a page. */
export interface Looker {
  device: 'desktop' | 'phone'
  /** A BCP 47 tag. */
  language: string
  /** Two letters; left out where nobody told. */
  country?: string
}

/** Somebody on the site now. Held in memory only, unless consent was granted. */
export interface LiveVisitor {
  visitId: VisitId
  siteId: SiteId
  /** Null until there is something to remember them by. */
  visitorId: VisitorId | null
  name: string | null
  email: string | null
  page: { url: string; title: string; at: number }
  landing: { url: string; referrer: string }
  pageViews: number
  startedAt: number
  activeAt: number
  state: 'active' | 'idle' | 'gone'
  locale: Locale
  device: 'desktop' | 'phone'
  /** Family and major version, such as `Chrome 156`. */
  browser: string
  consent: Consent
  conversationId: ConversationId | null
  /*
   * What follows is left out where there is nothing to say. The list carries the beginning of what may be long;
   * `GET /visitors/:id` has all of it.
   */
  /** On all pages of this visit together (`Reading`), ms. */
  engagedMs?: number
  /** Of the page shown, in per cent (`Reading`). */
  scroll?: number
  /** This one included. Left out for the first one, and where nobody is remembered. */
  visits?: number
  /** Before this visit; left out for whoever is new. */
  firstSeenAt?: number
  /** Of the page this visit began with. */
  utm?: Utm
  timeZone?: string
  /** The browser's own, a BCP 47 tag; `locale` is what the chat speaks. */
  language?: string
  /** Two letters, where the proxy in front tells. */
  country?: string
  attributes?: Attributes
  tags?: string[]
  /** The latest of this visit, the latest first. */
  events?: VisitEvent[]
  /** The segments of their site that they belong to, by id, and their lead score: as last worked out. */
  segments?: readonly string[]
  score?: LiveScore
}

/** A lead score in whole points, and what weighs most in it. */
export interface LiveScore {
  points: number
  reasons: readonly { name: string; points: number; left: number; at: number }[]
}

/** Something the page said had happened in this visit (`event:track`). */
export interface VisitEvent {
  name: string
  count: number
  /** The last time, and what was told of it then. */
  at: number
  properties?: EventProperties
}

export const AttributeValue = v.union([
  optionalLine(limits.attributeCharacters),
  v.pipe(v.number(), v.finite()),
  v.boolean(),
])

/** A list or bytes off the wire have keys too, and would pass for a record. */
const isRecord = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value)

export const Attributes = v.pipe(
  v.custom<Record<string, unknown>>(isRecord, 'must be an object'),
  v.record(line(60), AttributeValue),
  v.check((value) => Object.keys(value).length <= limits.attributeCount, 'has too many attributes'),
)
export type Attributes = v.InferOutput<typeof Attributes>

/** Of too many the first stay. */
export const withTags = (known: readonly string[] | null | undefined, given: readonly string[]): string[] =>
  [...new Set([...(known ?? []), ...given])].slice(0, limits.tagCount)

/** What a page tells of an event: flat, and little. */
export const EventProperties = v.pipe(
  v.custom<Record<string, unknown>>(isRecord, 'must be an object'),
  v.record(
    line(60),
    v.union([optionalLine(limits.propertyCharacters), v.pipe(v.number(), v.finite()), v.boolean()]),
  ),
  v.check((value) => Object.keys(value).length <= limits.propertyCount, 'has too many properties'),
)
export type EventProperties = v.InferOutput<typeof EventProperties>

/** New keys beyond the limit are left out, else a page could make what is known grow without end. */
export const withAttributes = (known: Attributes, given: Attributes): Attributes =>
  Object.fromEntries(Object.entries({ ...known, ...given }).slice(0, limits.attributeCount))

/** What the page says about its visitor. Unverified: shown as such and never used to merge people. */
export const Identity = v.strictObject({
  id: v.optional(line(limits.nameCharacters)),
  name: v.optional(line(limits.nameCharacters)),
  email: v.optional(email),
  phone: v.optional(line(40)),
  attributes: v.optional(Attributes),
})
export type Identity = v.InferOutput<typeof Identity>

/** A person the store knows. */
export interface Visitor {
  id: VisitorId
  siteId: SiteId
  externalId: string | null
  name: string | null
  email: string | null
  phone: string | null
  verified: boolean
  locale: Locale
  attributes: Attributes
  /** Labels that pages gave. */
  tags?: string[]
  /** Counted only with consent. */
  visits?: number
  /** An agent has marked this browser as the house's own; false where that was taken back. */
  own?: boolean
  createdAt: number
  seenAt: number
  /** When they were last asked for a rating. */
  surveyedAt: number | null
  /** When they were last asked how likely they are to recommend the house; left out for never. */
  npsAskedAt?: number
  /** When they last dismissed a proactive message or chatted. */
  quietSince: number | null
  /** When each part of the lead score last held; only with consent. */
  scoreHeld?: Readonly<Record<string, number>>
}

/** What a site tells every browser; nothing in it is secret. */
export interface PublicSite {
  key: SiteKey
  name: string
  accent: string
  /** Black or white, whichever reads better on the accent. */
  onAccent: string
  side: 'start' | 'end'
  greeting: string
  /** When visitors will be answered; empty where `opens` says it. */
  replyTime: string
  /** Office hours are over and begin again then, ms since 1970. */
  opens?: number
  /** Somebody is there to answer now. */
  online: boolean
}

/**
 * Answer to a page view, and to `GET /v1/sites/:key`.
 * `live`: whether a socket is of use before the chat is opened (rules to evaluate, or somebody online to see).
 */
export interface SiteAnswer {
  site: PublicSite
  live: boolean
  /** What the launcher is called in the locale asked for. */
  openChat: string
}
