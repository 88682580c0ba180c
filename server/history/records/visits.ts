import type { SiteId, VisitId, VisitorId } from '../../../shared/ids.ts'
import type { RecordedPageView, Visitor } from '../../../shared/visitor.ts'
import { bigint, type Engine, type Queries, type Table, text, type Value } from '../engine.ts'
import type { EventRecord, PageViewRecord, Told, VisitHistory } from '../history.ts'
import { journeysWithout, leaveJourneys } from '../journeys/keep.ts'
import { leaveCounts } from './exposures-left.ts'
import { knownMarks, markOfVisitor } from './marks.ts'

const ofVisit = [text('visitor_id'), text('visit_id'), text('site_id'), bigint('at')]
export const pageViews: Table = { name: 'page_views', columns: [...ofVisit, text('page')] }
const events: Table = { name: 'visit_events', columns: [...ofVisit, text('event')] }

type Viewed = RecordedPageView & { visitId: VisitId }

export const insertViews = (queries: Queries, views: readonly PageViewRecord[]): Promise<void> =>
  queries.insertMany(pageViews, views.map(rowOfView))

export const rowOfView = (view: PageViewRecord): Value[] => [
  ...[view.visitorId, view.visitId, view.siteId, view.at, pageOf(view)],
]

export const insertEvents = (queries: Queries, told: readonly EventRecord[]): Promise<void> =>
  queries.insertMany(
    events,
    told.map(({ visitorId, visitId, siteId, at, name, count, properties }) => [
      ...[visitorId, visitId, siteId, at],
      JSON.stringify({ name, count, properties }),
    ]),
  )

/** In an order that does not depend on who wrote it, so that a copy is equal byte by byte. */
const pageOf = (view: Omit<PageViewRecord, 'at'>): string => {
  const { url, title, referrer, engagedMs, scroll, device, language, country } = view
  const segments = view.segments?.length ? view.segments : undefined
  return JSON.stringify({ url, title, referrer, engagedMs, scroll, device, language, country, segments })
}

export const visitRecords = (engine: Engine): Omit<VisitHistory, 'record'> => ({
  pageViews: async (visitorId: VisitorId, limit: number) => {
    const rows = await engine.all<{ visit_id: VisitId; at: number; page: string }>(
      'SELECT visit_id, at, page FROM page_views WHERE visitor_id = ? ORDER BY at DESC LIMIT ?',
      [visitorId, limit],
    )
    const nextAt = new Map<VisitId, number>()
    return rows.map(({ visit_id, at, page }): Viewed => {
      // Rows come newest first: the view seen just before in the same visit is the one that followed.
      const leftAt = nextAt.get(visit_id) ?? null
      nextAt.set(visit_id, at)
      const { device: _, language: __, country: ___, segments: ____, ...view } = JSON.parse(page)
      return { ...view, visitId: visit_id, at, leftAt }
    })
  },
  events: async (visitorId: VisitorId, limit: number) => {
    const rows = await engine.all<{ visit_id: VisitId; at: number; event: string }>(
      'SELECT visit_id, at, event FROM visit_events WHERE visitor_id = ? ORDER BY at DESC LIMIT ?',
      [visitorId, limit],
    )
    return rows.map(({ visit_id, at, event }) => ({ ...JSON.parse(event), visitId: visit_id, at }))
  },
  tell: (told) => engine.transaction((queries) => tell(queries, told)),
  withdraw: (visitorId) => engine.transaction((queries) => withdraw(queries, visitorId)),
  takeBack: (visitorId, visitId) =>
    engine.transaction(async (queries) => {
      await leaveJourneys(queries)
      for (const name of [pageViews.name, events.name, 'exposures'])
        await queries.run(`DELETE FROM ${name} WHERE visitor_id = ? AND visit_id = ?`, [visitorId, visitId])
    }),
  expire: (siteId, before, most) =>
    engine.transaction(async (queries) => {
      let deleted = 0
      for (const { name } of [pageViews, events])
        deleted += await expire(queries, name, { siteId, before, most: most - deleted })
      return deleted
    }),
  nextSite: async (after) => {
    const found = await Promise.all(
      sitesStored.map((rows) =>
        engine.all<{ next: SiteId | null }>(`SELECT MIN(site_id) AS next FROM ${rows} site_id > ?`, [
          after ?? '',
        ]),
      ),
    )
    const [first] = found.flatMap(([row]) => row?.next ?? []).sort()
    return first ?? null
  },
})

/** Each by an index that begins with the site, so that a look costs the same however much is stored. */
const sitesStored = [
  'page_views WHERE',
  'visit_events WHERE',
  'exposures WHERE visit_id IS NOT NULL AND',
  'exposures WHERE visitor_id IS NULL AND',
]

/** Not of those who were erased: their pages may still tell of them. */
async function tell(queries: Queries, { readings, events: happened }: Told): Promise<void> {
  const ids = [...new Set([...readings, ...happened].map(({ visitorId }) => visitorId))]
  const marks = new Map(ids.map((id) => [id, markOfVisitor(id)]))
  await queries.lock(ids.map((id) => `ahlan:${id}`))
  const erased = await knownMarks(queries, [...marks.values()])
  const isHere = ({ visitorId }: { visitorId: VisitorId }) => !erased.has(marks.get(visitorId) ?? '')
  for (const view of readings.filter(isHere))
    await queries.run('UPDATE page_views SET page = ? WHERE visitor_id = ? AND at = ? AND visit_id = ?', [
      ...[pageOf(view), view.visitorId, view.at, view.visitId],
    ])
  await insertEvents(queries, happened.filter(isHere))
}

/** What was told by tracking goes; who they said they are, and what they wrote, stays. */
async function withdraw(queries: Queries, visitorId: VisitorId): Promise<void> {
  await leaveJourneys(queries)
  await leaveCounts(queries, visitorId)
  for (const name of [pageViews.name, events.name, 'exposures'])
    await queries.run(`DELETE FROM ${name} WHERE visitor_id = ?`, [visitorId])
  await withdrawFacts(queries, visitorId)
  await journeysWithout(queries, visitorId)
  const [row] = await queries.lookUp<{ profile: string }>({
    select: 'SELECT profile FROM visitors',
    by: [text('id')],
    keys: [[visitorId]],
    lock: true,
  })
  if (!row) return
  const { visits: _, tags: __, scoreHeld: ___, ...rest }: Visitor = JSON.parse(row.profile)
  const profile = JSON.stringify({ ...rest, attributes: {} })
  await queries.run('UPDATE visitors SET profile = ? WHERE id = ?', [profile, visitorId])
}

const theirs = 'conversation IN (SELECT number FROM conversations WHERE visitor_id = ?)'

/** As of who denied consent when they wrote: of no segment, and on no page. What was packed of it is packed anew. */
async function withdrawFacts(queries: Queries, visitorId: VisitorId): Promise<void> {
  const told = `FROM conversation_facts WHERE (page IS NOT NULL OR segments <> '[]') AND ${theirs}`
  await queries.run(
    `INSERT INTO ledger_changes (conversation) SELECT DISTINCT conversation ${told}
     ON CONFLICT (conversation) DO UPDATE SET conversation = excluded.conversation`,
    [visitorId],
  )
  await queries.run(`UPDATE conversation_facts SET page = NULL, segments = '[]' WHERE ${theirs}`, [visitorId])
}

interface Expiry {
  siteId: SiteId
  before: number
  most: number
}

/** The oldest first, about `most`: all rows of one moment go together. */
async function expire(queries: Queries, table: string, { siteId, before, most }: Expiry): Promise<number> {
  if (most <= 0) return 0
  const oldest = await queries.all<{ at: number }>(
    `SELECT at FROM ${table} WHERE site_id = ? AND at < ? ORDER BY at LIMIT ?`,
    [siteId, before, most],
  )
  const last = oldest.at(-1)
  if (!last) return 0
  return queries.run(`DELETE FROM ${table} WHERE site_id = ? AND at <= ?`, [siteId, last.at])
}
