import { createHash } from 'node:crypto'
import type { SiteId, VisitId, VisitorId } from '../../../shared/ids.ts'
import { pathOf } from '../../../shared/metrics/journeys/stages.ts'
import type { LookUps } from '../engine.ts'

/** Of a site: its visits in one hour of UTC, counted from 1970. */
export interface Place {
  hour: number
  siteId: SiteId
}

export const hourMs = 3_600_000
export const hourOf = (at: number): number => Math.floor(at / hourMs)

/** Times are ms from the beginning of the hour; visitors and visits are told by a number made from their ids. */
export interface Chat {
  visitor: number
  at: number
  segments: readonly string[]
}

export interface Stay {
  visitor: number
  visit: number
  device: 'desktop' | 'phone' | null
  language: string | null
  segments: readonly string[]
  at: number
  views: { path: string; at: number; engagedMs: number | null }[]
  events: { name: string; at: number }[]
  chats: Chat[]
}

export interface HourFacts {
  /** In the order of time. */
  stays: Stay[]
  /** Of who had not been seen in that hour. */
  chats: Chat[]
}

type ViewRow = { visitor_id: VisitorId; visit_id: VisitId; at: number; page: string }
type EventRow = { visitor_id: VisitorId; visit_id: VisitId; at: number; event: string }
type ChatRow = { visitor_id: VisitorId; at: number; segments: string | null }

/** As the tables have it now. */
export async function readHour(queries: LookUps, { hour, siteId }: Place): Promise<HourFacts> {
  const params = [siteId, hour * hourMs, (hour + 1) * hourMs]
  const within = 'site_id = ? AND at >= ? AND at < ?'
  const views = await queries.all<ViewRow>(
    `SELECT visitor_id, visit_id, at, page FROM page_views WHERE ${within}`,
    params,
  )
  const events = await queries.all<EventRow>(
    `SELECT visitor_id, visit_id, at, event FROM visit_events WHERE ${within}`,
    params,
  )
  const chats = await queries.all<ChatRow>(
    `SELECT c.visitor_id, c.started_at AS at, f.segments FROM conversations c
     LEFT JOIN conversation_facts f ON f.conversation = c.number AND f.episode = 1
     WHERE c.site_id = ? AND c.started_at >= ? AND c.started_at < ?`,
    params,
  )
  return hourFacts(hour * hourMs, { views, events, chats })
}

interface Rows {
  views: readonly ViewRow[]
  events: readonly EventRow[]
  chats: readonly ChatRow[]
}

/** In an order that does not depend on that of the rows. */
function hourFacts(begin: number, { views, events, chats }: Rows): HourFacts {
  const stays = new Map<VisitId, Stay>()
  const stayOf = ({ visitor_id, visit_id, at }: ViewRow | EventRow): Stay => {
    const known = stays.get(visit_id) ?? newStay(visitor_id, visit_id, at - begin)
    stays.set(visit_id, known)
    known.at = Math.min(known.at, at - begin)
    return known
  }
  for (const row of views) addView(stayOf(row), row.at - begin, row.page)
  for (const row of events) {
    const { name }: { name: string } = JSON.parse(row.event)
    stayOf(row).events.push({ name, at: row.at - begin })
  }
  const all = [...stays.values()].sort((a, b) => a.at - b.at || a.visit - b.visit)
  for (const stay of all) {
    stay.views.sort((a, b) => a.at - b.at || (a.path < b.path ? -1 : 1))
    stay.events.sort((a, b) => a.at - b.at || (a.name < b.name ? -1 : 1))
  }
  return { stays: all, chats: loose(all, chats.map((row) => chatOf(begin, row)).sort(inOrder)) }
}

const newStay = (visitorId: VisitorId, visitId: VisitId, at: number): Stay => ({
  ...{ visitor: numberOf(visitorId), visit: numberOf(visitId), device: null, language: null },
  ...{ segments: [], at, views: [], events: [], chats: [] },
})

interface StoredPage {
  url: string
  engagedMs?: number
  device?: 'desktop' | 'phone'
  language?: string
  segments?: string[]
}

function addView(stay: Stay, at: number, page: string): void {
  const { url, engagedMs, device, language, segments }: StoredPage = JSON.parse(page)
  stay.views.push({ path: pathOf(url), at, engagedMs: engagedMs ?? null })
  stay.device ??= device ?? null
  stay.language ??= language ?? null
  if (segments) stay.segments = both(stay.segments, segments)
}

const both = (one: readonly string[], other: readonly string[]): readonly string[] =>
  other.every((id) => one.includes(id)) ? one : [...new Set([...one, ...other])].sort()

const chatOf = (begin: number, { visitor_id, at, segments }: ChatRow): Chat => ({
  ...{ visitor: numberOf(visitor_id), at: at - begin },
  segments: segments === null ? [] : JSON.parse(segments),
})

const inOrder = (a: Chat, b: Chat): number => a.at - b.at || a.visitor - b.visitor

/** Each to the visit in which it began; answers those that began before their visitor was seen in this hour. */
function loose(stays: readonly Stay[], chats: readonly Chat[]): Chat[] {
  const byVisitor = new Map<number, Stay[]>()
  for (const stay of stays) byVisitor.set(stay.visitor, [...(byVisitor.get(stay.visitor) ?? []), stay])
  return chats.filter((chat) => {
    const stay = byVisitor.get(chat.visitor)?.findLast(({ at }) => at <= chat.at)
    stay?.chats.push(chat)
    if (stay) stay.segments = both(stay.segments, chat.segments)
    return stay === undefined
  })
}

/** Of 53 bits: enough that no two of a year's visitors are likely to share one. */
export function numberOf(text: string): number {
  const bytes = createHash('sha256').update(text).digest()
  return bytes.readUIntBE(0, 6) * 32 + ((bytes[6] ?? 0) >> 3)
}
