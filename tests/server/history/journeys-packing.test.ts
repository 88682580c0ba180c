import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import type { Engine } from '../../../server/history/engine.ts'
import { type JourneyRecords, journeyRecords, packNextHour } from '../../../server/history/journeys/keep.ts'
import { journeyReports } from '../../../server/history/journeys/report.ts'
import { migrate } from '../../../server/history/migrate.ts'
import { openPostgres } from '../../../server/history/postgres.ts'
import { insertViews } from '../../../server/history/records/visits.ts'
import { openSqlite } from '../../../server/history/sqlite-engine.ts'
import { makeId, type VisitorId } from '../../../shared/ids.ts'
import { day } from '../../../shared/limits.ts'
import { minute, newSiteId, newVisitorId, noon } from '../../support/history-cast.ts'
import { startPostgres } from '../../support/postgres.ts'
import { useTemporary } from '../../support/temporary.ts'

const postgres = await startPostgres()
const fresh = useTemporary()
const opened: Engine[] = []
afterEach(async () => {
  await Promise.all(opened.splice(0).map((engine) => engine.close()))
})
afterAll(() => postgres.stop())

const engines = {
  SQLite: async () => {
    const folder = fresh()
    mkdirSync(folder)
    return openSqlite(`${folder}/history.db`, 'writer')
  },
  PostgreSQL: async () => openPostgres(await postgres.freshUrl(), { onBroken: () => undefined }),
}

const siteId = newSiteId()
const over = noon + day
const changes = 'SELECT hour FROM journey_changes'
const parts = 'SELECT hour FROM journey_parts'

/** A house on which somebody looked at a page at noon. */
async function visited(open: () => Promise<Engine>) {
  const engine = await open()
  opened.push(engine)
  await migrate(engine)
  const look = (visitorId: VisitorId, at: number) => {
    const view = { siteId, visitorId, visitId: makeId('t', noon, randomBytes(10)), at }
    return engine.transaction((queries) =>
      insertViews(queries, [{ ...view, url: 'https://shop.example/', title: 'Shop', referrer: '' }]),
    )
  }
  const question = { from: noon - day, to: noon + day, now: over, timeZone: 'UTC', of: {} }
  const views = async () =>
    (await journeyReports(engine)({ ...question, stages: {}, segments: [] })).totals.pageViews
  const visitorId = newVisitorId()
  await look(visitorId, noon)
  return { engine, journeys: journeyRecords(engine), look, views, visitorId }
}

async function claimedHour(journeys: JourneyRecords) {
  const place = await journeys.claim(over)
  if (!place) throw new Error('nothing to pack')
  return place
}

describe.each(Object.entries(engines))('M137 an hour that is being packed, on %s', (_, open) => {
  it('is read from the tables until it is stored, once', async () => {
    const { engine, journeys, views } = await visited(open)
    const packing = await journeys.prepare(await claimedHour(journeys))
    expect(await views()).toBe(1)
    await journeys.store(packing)
    expect([await engine.all(changes), (await engine.all(parts)).length]).toEqual([[], 1])
    expect(await views()).toBe(1)
  })

  it('stands on the list again when something comes for it, and is then packed whole', async () => {
    const { engine, journeys, look, views } = await visited(open)
    const packing = await journeys.prepare(await claimedHour(journeys))
    await look(newVisitorId(), noon + minute)
    expect(await views()).toBe(2)
    await journeys.store(packing)
    expect(await views()).toBe(2)
    expect(await engine.all(parts)).toEqual([])
    expect(await packNextHour(journeys, over)).toBe(1)
    expect([await engine.all(changes), await views()]).toEqual([[], 2])
  })

  it('has nobody who left while it was packed', async () => {
    const { engine, journeys, views, visitorId } = await visited(open)
    const packing = await journeys.prepare(await claimedHour(journeys))
    await engine.run('DELETE FROM page_views WHERE visitor_id = ?', [visitorId])
    await journeys.store(packing)
    expect([await engine.all(parts), await views()]).toEqual([[], 0])
  })

  it('is packed by the next who packs where it was broken off', async () => {
    const { engine, journeys, views } = await visited(open)
    const packing = await journeys.prepare(await claimedHour(journeys))
    expect(await packNextHour(journeys, over)).toBe(1)
    expect(await packNextHour(journeys, over)).toBe(0)
    await journeys.store(packing)
    expect([await engine.all(changes), (await engine.all(parts)).length, await views()]).toEqual([[], 1, 1])
  })
})
