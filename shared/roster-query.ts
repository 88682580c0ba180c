import * as v from 'valibot'
import { SiteId, type VisitId } from './ids.ts'
import { limits } from './limits.ts'
import { Locale } from './locale.ts'
import { line } from './text/fields.ts'
import { fold } from './text/fold.ts'
import { prepareGlob } from './triggers/glob.ts'
import type { LiveVisitor } from './visitor.ts'

/** `arrived`: the latest first; `stayed`: the longest there first. */
export const rosterOrders = ['arrived', 'stayed', 'active', 'pages', 'score'] as const
export type RosterOrder = (typeof rosterOrders)[number]

/** Which of the people on the site a console looks at, and in what order. */
export const RosterQuery = v.strictObject({
  site: v.optional(SiteId),
  /** A glob; one that begins with `/` is held against the path, any other against the address up to its query. */
  page: v.optional(line(limits.globCharacters)),
  came: v.optional(v.picklist(['new', 'returning'])),
  device: v.optional(v.picklist(['desktop', 'phone'])),
  locale: v.optional(Locale),
  chat: v.optional(v.picklist(['with', 'without'])),
  tag: v.optional(line(60)),
  event: v.optional(line(60)),
  /** By its id. */
  segment: v.optional(line(60)),
  /** Whoever has so many points or more. */
  scoreAtLeast: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(-10_000), v.maxValue(10_000))),
  /** Parts of names, pages, tags and all else that the list shows. */
  search: v.optional(line(limits.nameCharacters)),
  order: v.picklist(rosterOrders),
  /** Those on one page stand together, the pages in the order of their addresses. */
  grouped: v.boolean(),
})
export type RosterQuery = v.InferOutput<typeof RosterQuery>

export const everybody: RosterQuery = { order: 'arrived', grouped: false }

/** An address up to its query: what is one page to whoever looks at a list. */
export const pageOf = (url: string): string => {
  const end = url.search(/[?#]/)
  return end < 0 ? url : url.slice(0, end)
}

const pathOf = (page: string): string => page.replace(/^https?:\/\/[^/]*/i, '') || '/'

type Fits = (visitor: LiveVisitor) => boolean

/** Both without the page: the counts of pages are of what the rest of the question leaves. */
export interface PreparedQuery {
  fits: Fits
  onPage: Fits
}

export function prepareQuery(query: RosterQuery): PreparedQuery {
  const tests = [...plainTests(query), ...searchTests(query)]
  return { fits: (visitor) => tests.every((test) => test(visitor)), onPage: pageTest(query) }
}

export const isReturning = ({ visits, firstSeenAt }: LiveVisitor): boolean =>
  (visits ?? 1) > 1 || firstSeenAt !== undefined

function plainTests(query: RosterQuery): Fits[] {
  const { site, came, device, locale, chat, tag, event, segment, scoreAtLeast: least } = query
  const tests: (Fits | null)[] = [
    site === undefined ? null : (one) => one.siteId === site,
    came === undefined ? null : (one) => isReturning(one) === (came === 'returning'),
    device === undefined ? null : (one) => one.device === device,
    locale === undefined ? null : (one) => one.locale === locale,
    chat === undefined ? null : (one) => (one.conversationId !== null) === (chat === 'with'),
    tag === undefined ? null : (one) => one.tags?.includes(tag) ?? false,
    event === undefined ? null : (one) => one.events?.some(({ name }) => name === event) ?? false,
    segment === undefined ? null : (one) => one.segments?.includes(segment) ?? false,
    least === undefined ? null : (one) => (one.score?.points ?? 0) >= least,
  ]
  return tests.filter((test) => test !== null)
}

function searchTests({ search }: RosterQuery): Fits[] {
  const words = search ? fold(search).split(' ').filter(Boolean) : []
  if (words.length === 0) return []
  return [
    (visitor) => {
      const text = searched(visitor)
      return words.every((word) => text.includes(word))
    },
  ]
}

/** Folding costs more than all else here, and a visitor is held by several questions. */
const folded = new WeakMap<LiveVisitor, string>()

function searched(visitor: LiveVisitor): string {
  const known = folded.get(visitor)
  if (known !== undefined) return known
  const { name, email, page, landing, browser, tags, attributes, utm, visitId, visitorId } = visitor
  const told = [...(tags ?? []), ...Object.values(attributes ?? {}), ...Object.values(utm ?? {})]
  const code = (visitorId ?? visitId).slice(-3)
  const text = fold(
    [name, email, code, page.title, readable(page.url), landing.referrer, browser, ...told].join('\n'),
  )
  folded.set(visitor, text)
  return text
}

/** Paths are written in letters, and sent in percents. */
function readable(url: string): string {
  try {
    return decodeURI(url)
  } catch {
    return url
  }
}

function pageTest({ page }: RosterQuery): Fits {
  if (page === undefined) return () => true
  const fits = prepareGlob(page)
  return page.startsWith('/')
    ? ({ page: { url } }) => fits(pathOf(pageOf(url))) || fits(readable(pathOf(pageOf(url))))
    : ({ page: { url } }) => fits(pageOf(url))
}

/** Where somebody stands in the order; the id decides among equals, so that there is one order. */
export interface RosterPlace {
  group: string
  rank: number
  visitId: VisitId
}

export const placeOf = ({ order, grouped }: RosterQuery, visitor: LiveVisitor): RosterPlace => ({
  group: grouped ? pageOf(visitor.page.url) : '',
  rank: ranks[order](visitor),
  visitId: visitor.visitId,
})

/** The smaller stands first. */
const ranks: Record<RosterOrder, (visitor: LiveVisitor) => number> = {
  arrived: ({ startedAt }) => -startedAt,
  stayed: ({ startedAt }) => startedAt,
  active: ({ activeAt }) => -activeAt,
  pages: ({ pageViews }) => -pageViews,
  score: ({ score }) => -(score?.points ?? 0),
}

export const byPlace = (a: RosterPlace, b: RosterPlace): number =>
  order(a.group, b.group) || a.rank - b.rank || order(b.visitId, a.visitId)

const order = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1)

/** The same question, however it was written. */
export const keyOfQuery = (query: RosterQuery): string =>
  JSON.stringify(Object.entries(query).sort(([a], [b]) => order(a, b)))

/** The answer in full, by the definition: what the kept order must come to. */
export function answerTo(query: RosterQuery, visitors: Iterable<LiveVisitor>): LiveVisitor[] {
  const { fits, onPage } = prepareQuery(query)
  return [...visitors]
    .filter((one) => one.state !== 'gone' && fits(one) && onPage(one))
    .map((one) => ({ one, place: placeOf(query, one) }))
    .sort((a, b) => byPlace(a.place, b.place))
    .map(({ one }) => one)
}
