import type { Entry } from '../../../shared/conversation/entry.ts'
import { timeOf, type VisitId, type VisitorId } from '../../../shared/ids.ts'
import { day } from '../../../shared/limits.ts'
import type {
  Past,
  PastChat,
  PastEvent,
  PastPerson,
  PastView,
  PastVisit,
} from '../../../shared/triggers/past/recorded.ts'
import type { Visitor } from '../../../shared/visitor.ts'
import { type Engine, type Row, text } from '../engine.ts'
import type { PastHistory, PastPeriod } from '../past.ts'
import { isFromVisitor } from './conversation-rows.ts'
import { toldNames } from './told-names.ts'

type Place = { visitor_id: VisitorId; visit_id: VisitId; at: number }

/** Of one visitor at most: beyond that it was no person. */
const eventsRead = 2_000

export const recordedVisits = (engine: Engine): PastHistory => ({
  async begins({ siteId, from, to }, most) {
    const [first] = await engine.all<{ at: number }>(
      'SELECT at FROM page_views WHERE site_id = ? AND at >= ? AND at < ? ORDER BY at DESC LIMIT 1 OFFSET ?',
      [siteId, from, to, most],
    )
    return first ? first.at + 1 : from
  },
  async viewers({ siteId, from, to }, limit) {
    const rows = await engine.all<{ visitor_id: VisitorId; at: number }>(
      `SELECT visitor_id, at FROM page_views WHERE site_id = ? AND at >= ? AND at < ? ORDER BY at LIMIT ?`,
      [siteId, from, to, limit],
    )
    const last = rows.at(-1)?.at
    if (rows.length < limit || last === undefined) return { viewers: countEach(rows), next: null }
    // What shares the last moment is read again with what follows, unless all of it does.
    const whole = rows.filter(({ at }) => at < last)
    return whole.length === 0
      ? { viewers: countEach(rows), next: last + 1 }
      : { viewers: countEach(whole), next: last }
  },
  names: (siteId) => toldNames(engine, siteId),
  of: (period, visitors) => pastOf(engine, period, visitors),
})

/** Of rows in the order of time. */
function countEach(rows: readonly { visitor_id: VisitorId; at: number }[]): [VisitorId, number, number][] {
  const counts = new Map<VisitorId, [VisitorId, number, number]>()
  for (const { visitor_id: id, at } of rows) counts.set(id, [id, (counts.get(id)?.[1] ?? 0) + 1, at])
  return [...counts.values()]
}

async function pastOf(engine: Engine, period: PastPeriod, ids: readonly VisitorId[]): Promise<Past[]> {
  const [people, chats] = [await peopleOf(engine, ids), await chatsOf(engine, ids)]
  const views = await rowsOf<{ page: string }>(engine, 'page_views', 'page', ids)
  const events = await rowsOf<{ event: string }>(engine, 'visit_events', 'event', ids)
  return ids.map((visitorId) => ({
    ...{ visitorId, person: people.get(visitorId) ?? null, chats: chats.get(visitorId) ?? [] },
    ...visitsOf(period, views.get(visitorId) ?? [], events.get(visitorId) ?? []),
  }))
}

async function rowsOf<Told extends Row>(
  engine: Engine,
  table: string,
  column: string,
  ids: readonly VisitorId[],
): Promise<Map<VisitorId, (Place & Told)[]>> {
  const rows = await engine.lookUp<Place & Told>({
    select: `SELECT visitor_id, visit_id, at, ${column} FROM ${table}`,
    by: [text('visitor_id')],
    keys: ids.map((id) => [id]),
    orderBy: 'at',
  })
  return grouped(rows, ({ visitor_id }) => visitor_id)
}

/** What is within the period, and what of the rest counts for it. */
function visitsOf(
  { from, to }: PastPeriod,
  views: readonly (Place & { page: string })[],
  events: readonly (Place & { event: string })[],
): Pick<Past, 'visits' | 'visitsLater' | 'seenBefore'> {
  const within = ({ at }: Place) => at >= from && at < to
  const told = grouped(events.filter(within).slice(0, eventsRead), ({ visit_id }) => visit_id)
  const visits = [...grouped(views.filter(within), ({ visit_id }) => visit_id)]
    .map(([id, rows]) => visitOf(id, rows.map(viewOf), (told.get(id) ?? []).map(eventOf)))
    .filter(({ startedAt }) => startedAt >= from)
  const later = views.filter(({ at }) => at >= to).map(({ visit_id }) => visit_id)
  const known = new Set(visits.map(({ visitId }) => visitId))
  return {
    visits,
    visitsLater: new Set(later.filter((id) => !known.has(id))).size,
    seenBefore: views.findLast(({ at }) => at < from)?.at ?? null,
  }
}

function grouped<Key, Item>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group) group.push(item)
    else groups.set(keyOf(item), [item])
  }
  return groups
}

/** A visit's id tells when it began, even where what came first was not recorded. */
function visitOf(visitId: VisitId, views: PastView[], events: PastEvent[]): PastVisit {
  const first = views[0]?.at ?? 0
  const began = timeOf(visitId)
  return { visitId, startedAt: began <= first && first - began < day ? began : first, views, events }
}

const viewOf = ({ at, page }: { at: number; page: string }): PastView => ({ ...JSON.parse(page), at })
const eventOf = ({ at, event }: { at: number; event: string }): PastEvent => ({ ...JSON.parse(event), at })

async function peopleOf(engine: Engine, ids: readonly VisitorId[]): Promise<Map<VisitorId, PastPerson>> {
  const rows = await engine.lookUp<{ profile: string }>({
    select: 'SELECT profile FROM visitors',
    by: [text('id')],
    keys: ids.map((id) => [id]),
  })
  const visitors = rows.map(({ profile }): Visitor => JSON.parse(profile))
  return new Map(visitors.map((visitor) => [visitor.id, personOf(visitor)]))
}

const personOf = ({ createdAt, name, attributes, quietSince, ...more }: Visitor): PastPerson => ({
  ...{ createdAt, name, attributes, quietSince },
  ...{ tags: more.tags ?? [], visits: more.visits ?? null },
})

type EntryOfChat = { visitor_id: VisitorId; number: number; at: number; body: string }

async function chatsOf(engine: Engine, ids: readonly VisitorId[]): Promise<Map<VisitorId, PastChat[]>> {
  const rows = await engine.lookUp<EntryOfChat>({
    select: `SELECT visitor_id, number, at, body FROM conversations
      JOIN entries ON entries.conversation = conversations.number`,
    by: [text('visitor_id')],
    keys: ids.map((id) => [id]),
    orderBy: 'number, seq',
  })
  const chats = new Map<VisitorId, PastChat[]>()
  for (const entries of grouped(rows, ({ number }) => number).values()) {
    const id = entries[0]?.visitor_id
    if (id) chats.set(id, [...(chats.get(id) ?? []), chatOf(entries)])
  }
  return chats
}

function chatOf(rows: readonly EntryOfChat[]): PastChat {
  const entries = rows.map(({ at, body }): Entry => ({ ...JSON.parse(body), seq: 1, at }))
  const times = (fits: (entry: Entry) => boolean) => entries.filter(fits).map(({ at }) => at)
  return {
    opened: [...entries.slice(0, 1).map(({ at }) => at), ...times(({ kind }) => kind === 'reopened')],
    closed: times(({ kind }) => kind === 'closed'),
    said: times(isFromVisitor),
    moved: entries.map(({ at }) => at),
  }
}
