import { mkdir } from 'node:fs/promises'
import pg from 'pg'
import { afterAll, describe, expect, it } from 'vitest'
import { migrate } from '../../../server/cli/migrate.ts'
import { runCommand } from '../../support/desk.ts'
import { envOf, homes } from '../../support/engines.ts'
import { furnish, type Home, openHome } from '../../support/furnished.ts'
import { startPostgres } from '../../support/postgres.ts'
import { seen } from '../../support/seen.ts'
import { useTemporary } from '../../support/temporary.ts'

const postgres = await startPostgres()
afterAll(() => postgres.stop())
const fresh = useTemporary()
const engines = homes(postgres, fresh)

const moved = (home: Home, to: string) =>
  runCommand(migrate, { env: envOf({ dataDir: home.dataDir }), options: { to: '-' }, input: to })

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

describe('migrate', { timeout: 60_000 }, () => {
  it('S15 moves everything, and refuses to move it twice', async () => {
    const home = await engines.SQLite()
    const furnished = await furnish(home)
    const databaseUrl = await postgres.freshUrl()
    const said = await moved(home, databaseUrl)
    expect(said[0]).toMatch(/^Moved .*6 visitors, .*compared counts and checksums\.$/)
    const before = await seen(home, furnished)
    expect(await seen({ ...home, databaseUrl }, furnished)).toEqual(before)
    await expect(moved(home, databaseUrl)).rejects.toThrow('has to be empty')
    expect(await seen({ ...home, databaseUrl }, furnished)).toEqual(before)
  })

  it('S15 takes the address from standard input, and warns of a password in the command line', async () => {
    const home = await engines.SQLite()
    await furnish(home)
    const databaseUrl = await postgres.freshUrl()
    const env = envOf({ dataDir: home.dataDir })
    const said = await runCommand(migrate, { env, options: { to: '-' }, input: `${databaseUrl}\n` })
    expect(said[0]).toMatch(/^Moved .*6 visitors/)
    const seenByAll: string[] = []
    const to = 'postgres://ahlan:secret@127.0.0.1:1/ahlan'
    await expect(runCommand(migrate, { env, options: { to }, said: seenByAll })).rejects.toThrow()
    expect(seenByAll).toEqual([expect.stringContaining('`--to -` takes the address from standard input')])
    expect(seenByAll.join()).not.toContain('secret')
  })

  it('S15 what was broken off leaves nothing, and the next attempt moves everything', async () => {
    const home = await engines.SQLite()
    const furnished = await furnish(home)
    const databaseUrl = await postgres.freshUrl()
    await moved(await emptyHome(), databaseUrl)
    // The last table that is filled breaks the move off from within.
    await withClient(databaseUrl, (client) =>
      client.query('ALTER TABLE page_views ADD CONSTRAINT broken CHECK (at < 0)'),
    )
    await expect(moved(home, databaseUrl)).rejects.toThrow('broken')
    const left = await withClient(databaseUrl, (client) => client.query('SELECT 1 FROM visitors'))
    expect(left.rowCount).toBe(0)
    await withClient(databaseUrl, (client) => client.query('ALTER TABLE page_views DROP CONSTRAINT broken'))
    await moved(home, databaseUrl)
    expect(await seen({ ...home, databaseUrl }, furnished)).toEqual(await seen(home, furnished))
  })

  it('S3 S15 a database of a newer version is refused and left as it is', async () => {
    const home = await engines.SQLite()
    await furnish(home)
    const databaseUrl = await postgres.freshUrl()
    await moved(await emptyHome(), databaseUrl)
    const tamper = "INSERT INTO migrations VALUES (99, 'later', 'x')"
    await withClient(databaseUrl, (client) => client.query(tamper))
    await expect(moved(home, databaseUrl)).rejects.toThrow('newer version of Ahlan')
    await expect(openHome({ ...home, databaseUrl })).rejects.toThrow('newer version of Ahlan')
    const left = await withClient(databaseUrl, (client) => client.query('SELECT 1 FROM visitors'))
    expect(left.rowCount).toBe(0)
  })

  it('S15 wants an address, and a history', async () => {
    const home = await engines.SQLite()
    await expect(moved(home, 'mysql://x')).rejects.toThrow('--to must be a postgres:// address.')
    await mkdir(home.dataDir)
    await expect(moved(home, 'postgres://x@127.0.0.1:1/y')).rejects.toThrow('There is no history in')
  })
})

async function emptyHome(): Promise<Home> {
  const home = await engines.SQLite()
  await (await openHome(home)).close()
  return home
}
