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
import { limits } from './limits.ts'
import { type Locale, NearestLocale } from './locale.ts'
import { email, line, optionalLine, webAddress } from './text/fields.ts'

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
  device: v.picklist(['desktop', 'phone']),
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
  /** The latest of this visit, the latest first; absent when there was none. */
  events?: VisitEvent[]
}

/** Something the page said had happened in this visit (`event:track`). */
export interface VisitEvent {
  name: string
  count: number
  /** The last time. */
  at: number
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
  createdAt: number
  seenAt: number
  /** When they were last asked for a rating. */
  surveyedAt: number | null
  /** When they last dismissed a proactive message or chatted. */
  quietSince: number | null
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
  replyTime: string
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
