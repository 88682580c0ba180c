import type { Engine, LookUps, Queries } from '../engine.ts'
import { hourMs, type Place, readHour } from './hour.ts'
import { isEmpty, partOf } from './part.ts'

/** The visits of each hour as they are kept for reports, and a list of the hours that are to be packed again. */
export interface JourneyRecords {
  /**
   * Takes the latest of the hours that were over by then off the list, to be packed; whatever comes for it from now on
   * puts it there again. Null when there is none. What was claimed before and never stored stands on the list again.
   */
  claim(before: number): Promise<Place | null>
  /** Reads and packs what the tables have of an hour. */
  prepare(place: Place): Promise<HourPacking>
  /** Stores what came of a claim, unless something has come for the hour meanwhile. */
  store(packing: HourPacking): Promise<void>
  /** Begins anew: nothing is packed, every hour has changed. */
  clear(): Promise<void>
}

/** An hour that waits to be stored: base64, null where nothing is to be told. JSON. */
export interface HourPacking {
  place: Place
  part: { people: string; pages: string } | null
}

export type PlaceRow = { hour: number; site_id: Place['siteId'] }

export const journeyRecords = (engine: Engine): JourneyRecords => ({
  claim: (before) =>
    engine.transaction(async (queries) => {
      await leaveJourneys(queries)
      await putBackClaims(queries)
      const [next] = await queries.all<PlaceRow>(
        `SELECT hour, site_id FROM journey_changes WHERE hour < ? ORDER BY hour DESC, site_id LIMIT 1
         ${engine.dialect.skipTaken}`,
        [Math.floor(before / hourMs)],
      )
      if (!next) return null
      const { hour, site_id: siteId } = next
      await queries.run(`UPDATE journey_changes SET hour = ? WHERE ${places}`, [claimed(hour), hour, siteId])
      return { hour, siteId }
    }),
  prepare: (place) => preparedHour(engine, place),
  store: (packing) => engine.transaction((queries) => storeHour(queries, packing)),
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

/** Packs the latest of the hours that were over by then, and answers how many: at most one. */
export async function packNextHour(
  journeys: Pick<JourneyRecords, 'claim' | 'prepare' | 'store'>,
  before: number,
): Promise<number> {
  const place = await journeys.claim(before)
  if (!place) return 0
  await journeys.store(await journeys.prepare(place))
  return 1
}

/** On the list of changes a claimed hour stands below zero, where no other does: reports still read it from the tables. */
export const claimed = (hour: number): number => -hour - 1

async function putBackClaims(queries: Queries): Promise<void> {
  await queries.run(
    `INSERT INTO journey_changes (hour, site_id) SELECT -hour - 1, site_id FROM journey_changes WHERE hour < 0
     ON CONFLICT (hour, site_id) DO NOTHING`,
  )
  await queries.run('DELETE FROM journey_changes WHERE hour < 0')
}

async function preparedHour(queries: LookUps, place: Place): Promise<HourPacking> {
  const facts = await readHour(queries, place)
  if (isEmpty(facts)) return { place, part: null }
  const { people, pages } = partOf(place, facts)
  return { place, part: { people: base64(people), pages: base64(pages) } }
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

async function storeHour(queries: Queries, { place, part }: HourPacking): Promise<void> {
  await leaveJourneys(queries)
  const key = [place.hour, place.siteId]
  const own = await queries.run(`DELETE FROM journey_changes WHERE ${places}`, [
    claimed(place.hour),
    place.siteId,
  ])
  const [again] = await queries.all(`SELECT hour FROM journey_changes WHERE ${places}`, key)
  if (own === 0 || again) return
  await queries.run(`DELETE FROM journey_parts WHERE ${places}`, key)
  if (!part) return
  await queries.run('INSERT INTO journey_parts (hour, site_id, people, pages) VALUES (?, ?, ?, ?)', [
    ...key,
    Buffer.from(part.people, 'base64'),
    Buffer.from(part.pages, 'base64'),
  ])
}

const sources = [
  ['page_views', 'at'],
  ['visit_events', 'at'],
  ['conversations', 'started_at'],
] as const

const places = 'hour = ? AND site_id = ?'

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
