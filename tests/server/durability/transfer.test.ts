import { join } from 'node:path'
import pg from 'pg'
import { afterAll, describe, expect, it } from 'vitest'
import { rebuildMetrics } from '../../../server/cli/rebuild-metrics.ts'
import { openDatabase } from '../../../server/history/sqlite-package.ts'
import { tables } from '../../../server/history/transfer/kinds.ts'
import { runCommand } from '../../support/desk.ts'
import { envOf, homes } from '../../support/engines.ts'
import { furnish, openHome } from '../../support/furnished.ts'
import { startPostgres } from '../../support/postgres.ts'
import { seen } from '../../support/seen.ts'
import { useTemporary } from '../../support/temporary.ts'

const postgres = await startPostgres()
afterAll(() => postgres.stop())
const fresh = useTemporary()
const engines = homes(postgres, fresh)

it('S12 every table is carried by an export, or said to stay', async () => {
  const home = await engines.SQLite()
  await (await openHome(home)).close()
  const database = openDatabase(join(home.dataDir, 'history.db'))
  const names = database
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    .pluck()
    .all()
  database.close()
  expect(names).toEqual(Object.keys(tables).sort())
})

describe('rebuild-metrics', { timeout: 60_000 }, () => {
  const spoil = `UPDATE conversations SET unread = 9, place = 1, head = REPLACE(head, '"episode":2', '"episode":7')`

  it('S16 mends what is not what the entries add up to, in the embedded store', async () => {
    const home = await engines.SQLite()
    const furnished = await furnish(home)
    const before = await seen(home, furnished)
    const database = openDatabase(join(home.dataDir, 'history.db'))
    database.exec(spoil)
    database.close()
    expect(await seen(home, furnished)).not.toEqual(before)
    const said = await runCommand(rebuildMetrics, { env: envOf(home) })
    expect(said).toEqual(['Folded 7 conversations again; 7 had been stored otherwise and are mended.'])
    expect(await seen(home, furnished)).toEqual(before)
    const again = await runCommand(rebuildMetrics, { env: envOf(home) })
    expect(again).toEqual(['Folded 7 conversations again; 0 had been stored otherwise and are mended.'])
  })

  it('S16 mends it in PostgreSQL too', async () => {
    const home = await engines.PostgreSQL()
    const furnished = await furnish(home)
    const before = await seen(home, furnished)
    const client = new pg.Client({ connectionString: home.databaseUrl })
    await client.connect()
    await client.query(spoil)
    await client.end()
    await runCommand(rebuildMetrics, { env: envOf(home) })
    expect(await seen(home, furnished)).toEqual(before)
  })
})
