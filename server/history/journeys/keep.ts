import type { Engine, Queries } from '../engine.ts'
import { hourMs, type Place, readHour } from './hour.ts'
import { isEmpty, partOf } from './part.ts'

/** The visits of each hour as they are kept for reports, and a list of the hours that are to be packed again. */
export interface JourneyRecords {
  /** Packs the latest of the hours that were over by then, and answers how many: at most one. */
  pack(before: number): Promise<number>
  /** Begins anew: nothing is packed, every hour has changed. */
  clear(): Promise<void>
}

type PlaceRow = { hour: number; site_id: Place['siteId'] }

export const journeyRecords = (engine: Engine): JourneyRecords => ({
  pack: (before) =>
    engine.transaction(async (queries) => {
      await leaveJourneys(queries)
      const [next] = await queries.all<PlaceRow>(
        `SELECT hour, site_id FROM journey_changes WHERE hour < ? ORDER BY hour DESC, site_id LIMIT 1
         ${engine.dialect.skipTaken}`,
        [Math.floor(before / hourMs)],
      )
      if (!next) return 0
      await packHour(queries, { hour: next.hour, siteId: next.site_id })
      return 1
    }),
  clear: () =>
    engine.transaction(async (queries) => {
      await leaveJourneys(queries)
      await queries.run('DELETE FROM journey_parts')
      await queries.run('DELETE FROM journey_changes')
      for (const [table, at] of sources)
        await queries.run(
          `INSERT INTO journey_changes (hour, site_id) SELECT DISTINCT ${at} / ${hourMs}, site_id FROM ${table} WHERE true
           ON CONFLICT (hour, site_id) DO NOTHING`,
        )
    }),
})

const sources = [
  ['page_views', 'at'],
  ['visit_events', 'at'],
  ['conversations', 'started_at'],
] as const

const places = 'hour = ? AND site_id = ?'

/** It is taken off the list first: what is stored meanwhile waits, and puts it there again. */
async function packHour(queries: Queries, place: Place): Promise<void> {
  const key = [place.hour, place.siteId]
  await queries.run(`DELETE FROM journey_changes WHERE ${places}`, key)
  await queries.run(`DELETE FROM journey_parts WHERE ${places}`, key)
  const facts = await readHour(queries, place)
  if (isEmpty(facts)) return
  const { people, pages } = partOf(place, facts)
  await queries.run('INSERT INTO journey_parts (hour, site_id, people, pages) VALUES (?, ?, ?, ?)', [
    ...key,
    people,
    pages,
  ])
}

/** The hours in which this visitor's chats began tell something else of them now; nobody packs meanwhile. */
export async function journeysWithout(queries: Queries, visitorId: string): Promise<void> {
  const rows = await queries.all<PlaceRow>(
    `SELECT DISTINCT started_at / ${hourMs} AS hour, site_id FROM conversations WHERE visitor_id = ?`,
    [visitorId],
  )
  for (const { hour, site_id } of rows) {
    await queries.run(
      'INSERT INTO journey_changes (hour, site_id) VALUES (?, ?) ON CONFLICT (hour, site_id) DO NOTHING',
      [hour, site_id],
    )
    await queries.run(`DELETE FROM journey_parts WHERE ${places}`, [hour, site_id])
  }
}

/** Before anything of a visitor is deleted: nobody packs meanwhile what has been read of them. */
export const leaveJourneys = (queries: Queries): Promise<void> => queries.lock(['ahlan:journeys'])
