import { appendFile, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, describe, expect, it } from 'vitest'
import { backup } from '../../../server/cli/backup.ts'
import { exportCommand } from '../../../server/cli/export.ts'
import { importCommand } from '../../../server/cli/import.ts'
import { restore } from '../../../server/cli/restore.ts'
import { erasureHistory } from '../../../server/history/erasures.ts'
import { belongings, impersonal } from '../../../server/history/records/belongings.ts'
import { FollowUps } from '../../../server/history/records/follow-ups.ts'
import { markOfVisitor } from '../../../server/history/records/marks.ts'
import { openSqliteStore } from '../../../server/history/sqlite.ts'
import { openDatabase } from '../../../server/history/sqlite-package.ts'
import type { VisitorId } from '../../../shared/ids.ts'
import { runCommand } from '../../support/desk.ts'
import { type EngineName, envOf, homes } from '../../support/engines.ts'
import { furnish, type Home, openHome } from '../../support/furnished.ts'
import { minute, noon, scene, taken } from '../../support/history-cast.ts'
import { startPostgres } from '../../support/postgres.ts'
import { useTemporary } from '../../support/temporary.ts'

const postgres = await startPostgres()
afterAll(() => postgres.stop())
const fresh = useTemporary()
const engines = homes(postgres, fresh)
const both: EngineName[] = ['SQLite', 'PostgreSQL']

/** Words that are nobody else's. */
const words = ['Zubaydah', 'zubaydah@example.com', 'ZU-parcel', 'ZU-crossed-out', 'ZU-answer', '/ZU-page']

/** Somebody whose words lie in as many places as can be: settled, journalled, changed, in long rows and short ones. */
async function addZubaydah(home: Home, id: VisitorId): Promise<void> {
  const history = await openHome(home)
  const { siteId } = (await history.visitors.find(id)) ?? expect.fail('Nobody is there.')
  await history.visitors.update(id, { name: 'Zubaydah', email: 'zubaydah@example.com' })
  await history.visitors.update(id, { attributes: { old: 'ZU-crossed-out' } })
  await history.visitors.update(id, { attributes: { old: 'gone' } })
  const who = scene(history, siteId, id)
  const { conversation } = taken(await who.says('ZU-parcel', noon + 60 * minute))
  for (let n = 0; n < 30; n++) {
    taken(await who.says(`ZU-parcel ${n} ${'long '.repeat(n * 30)}`, noon + 60 * minute))
    taken(await who.answers(conversation.id, `ZU-answer ${n}`, noon + 60 * minute))
    if (n % 10 === 0) await who.entries(conversation.id)
  }
  const view = { siteId, visitorId: id, visitId: 't_00000000000000000000000000' as never, at: noon }
  await history.visits.record([{ ...view, url: 'https://shop.example/ZU-page', title: '', referrer: '' }])
  while ((await history.reports.packJourneys(Number.MAX_SAFE_INTEGER)) > 0);
  await history.close()
}

/** The files in which any of the words stands, whatever SQLite takes them for. */
async function filesWith(directory: string, needles: readonly string[]): Promise<string[]> {
  const found: string[] = []
  for (const name of await readdir(directory, { recursive: true })) {
    const path = join(directory, name)
    if (!(await stat(path)).isFile()) continue
    const bytes = await readFile(path)
    if (needles.some((needle) => bytes.includes(needle))) found.push(name)
  }
  return found
}

const aVisitor = async (home: Home): Promise<[VisitorId, string]> => {
  const [first] = (await furnish(home)).tokens
  return first ?? expect.fail('The house is empty.')
}

async function tablesOf({ dataDir, databaseUrl }: Home): Promise<string[]> {
  if (databaseUrl) {
    const client = new pg.Client({ connectionString: databaseUrl })
    await client.connect()
    const { rows } = await client.query('SELECT tablename FROM pg_tables WHERE schemaname = current_schema()')
    await client.end()
    return rows.map(({ tablename }) => String(tablename)).sort()
  }
  const database = openDatabase(join(dataDir, 'history.db'))
  const names = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all()
  database.close()
  return names.map(String).sort()
}

it.each(both)('P20 every table of %s goes with a person, or says why not', async (engine) => {
  const home = await engines[engine]()
  await (await openHome(home)).close()
  const named = new Set([...belongings.map(({ table }) => table), ...Object.keys(impersonal)])
  if (home.databaseUrl) named.delete('journal')
  expect(await tablesOf(home)).toEqual([...named].sort())
})

describe('the disk of the embedded store', { timeout: 60_000 }, () => {
  it('P21 M92 holds no byte of somebody who was erased, in no file, while the server runs', async () => {
    const home = await engines.SQLite()
    const [id, tokenHash] = await aVisitor(home)
    await addZubaydah(home, id)
    const needles = [...words, tokenHash, id]
    expect(await filesWith(home.dataDir, needles)).toContain('history.db')
    const history = await openHome(home)
    // Something of theirs waits in the journal, and in the log.
    const who = scene(history, (await history.visitors.find(id))?.siteId, id)
    taken(await who.says('ZU-parcel, at last', noon + 61 * minute))
    const erased = await history.erasures.erase(id, noon)
    await history.erasures.sweep()
    expect(erased?.counts).toMatchObject({ visitors: 1, conversations: 1, pageViews: 4 })
    expect(await filesWith(home.dataDir, needles)).toEqual([])
    await history.close()
    expect(await filesWith(home.dataDir, needles)).toEqual([])
  })

  it('P21 holds none in the log of a lost history that was set aside, and keeps what is nothing of the store', async () => {
    const home = await engines.SQLite()
    const [id] = await aVisitor(home)
    await addZubaydah(home, id)
    const names = ['history.db-wal.66305-1234', 'history.db-wal.mine', 'other.db-wal.1-2']
    for (const name of names) await writeFile(join(home.dataDir, name), 'ZU-parcel')
    const history = await openHome(home)
    await history.erasures.erase(id, noon)
    await history.erasures.sweep()
    expect(await filesWith(home.dataDir, words)).toEqual(names.slice(1))
    await history.close()
  })

  it('P21 is swept at the next start when the erasure was broken off after the deletion', async () => {
    const home = await engines.SQLite()
    const [id, tokenHash] = await aVisitor(home)
    await addZubaydah(home, id)
    const database = openDatabase(join(home.dataDir, 'history.db'))
    database.exec(`DELETE FROM visitors WHERE id = '${id}'; DELETE FROM page_views WHERE visitor_id = '${id}';
      DELETE FROM entries WHERE conversation IN (SELECT number FROM conversations WHERE visitor_id = '${id}');
      DELETE FROM conversations WHERE visitor_id = '${id}'; INSERT INTO meta VALUES ('scrub', 'due')`)
    database.close()
    expect(await filesWith(home.dataDir, words)).toEqual(['history.db'])
    const history = await openHome(home)
    expect(await filesWith(home.dataDir, [...words, tokenHash])).toEqual([])
    await history.close()
  })

  it('P21 is swept again of somebody whose rows went while it was being swept of another', async () => {
    const home = await engines.SQLite()
    const { tokens } = await furnish(home)
    const [first, second] = [...tokens.keys()]
    if (!first || !second) return expect.fail('The house is empty.')
    await addZubaydah(home, second)
    const store = await openSqliteStore(home.dataDir, new FollowUps(), { onLost: () => undefined })
    const erasures = erasureHistory(store, home.dataDir)
    const meanwhile = erasureHistory(
      {
        ...store,
        scrub: async () => {
          await store.scrub()
          await erasures.erase(second, noon)
        },
      },
      home.dataDir,
    )
    await meanwhile.erase(first, noon)
    await meanwhile.sweep()
    await erasures.sweep()
    expect(await filesWith(home.dataDir, [...words, second])).toEqual([])
    await store.close()
  })

  it('P21 several are let go at once while others talk', async () => {
    const home = await engines.SQLite()
    const { tokens, siteId } = await furnish(home)
    const [first, second, third] = [...tokens.keys()]
    if (!first || !second || !third) return expect.fail('The house is empty.')
    const history = await openHome(home)
    const other = scene(history, siteId, third)
    const talk = Array.from({ length: 50 }, (_, n) => other.says(`Still talking ${n}`, noon + 3 * minute))
    const gone = [first, second].map(async (id) => {
      await history.erasures.erase(id, noon)
      await history.erasures.sweep()
    })
    await Promise.all([...gone, ...talk])
    expect((await Promise.all(talk)).every(({ ok }) => ok)).toBe(true)
    const left = await history.conversations.list({ order: 'recent', limit: 50 })
    expect(left.items.some(({ conversation }) => [first, second].includes(conversation.visitorId))).toBe(
      false,
    )
    await history.close()
  })
})

describe('what was decided is done', { timeout: 60_000 }, () => {
  it.each(both)('P23 %s: an erasure that was only begun is finished at the next start', async (engine) => {
    const home = await engines[engine]()
    const [id, tokenHash] = await aVisitor(home)
    await mkdir(home.dataDir, { recursive: true })
    await appendFile(
      join(home.dataDir, 'erased.jsonl'),
      `\n${JSON.stringify({ mark: markOfVisitor(id), at: noon })}\n{"mark":"cut o`,
    )
    const history = await openHome(home)
    expect(await history.visitors.find(id)).toBeNull()
    expect(await history.erasures.held(id)).toBeNull()
    await history.close()
    if (engine === 'SQLite') expect(await filesWith(home.dataDir, [id, tokenHash])).toEqual([])
  })

  it('P23 a backup from before it, put back beside the list of who was erased, lets them go again', async () => {
    const home = await engines.SQLite()
    const [id, tokenHash] = await aVisitor(home)
    await addZubaydah(home, id)
    const file = fresh()
    await runCommand(backup, { env: envOf(home), operands: [file] })
    expect(await filesWith(join(file, '..'), words)).not.toEqual([])
    const history = await openHome(home)
    const { siteId } = (await history.visitors.find(id)) ?? expect.fail('Nobody is there.')
    await history.erasures.erase(id, noon)
    await history.close()

    for (const name of ['history.db', 'workspace.json']) await rm(join(home.dataDir, name))
    await runCommand(restore, { env: envOf(home), operands: [file] })
    expect(await filesWith(home.dataDir, [...words, tokenHash])).toEqual([])
    const restored = await openHome(home)
    expect(await restored.visitors.find(id)).toBeNull()
    expect(await restored.erasures.isErased(siteId, tokenHash)).toBe(true)
    await restored.close()
  })

  it.each(both)('P23 into %s: who was erased stays so through export and import', async (engine) => {
    const from = await engines.SQLite()
    const [id, tokenHash] = await aVisitor(from)
    const history = await openHome(from)
    const { siteId } = (await history.visitors.find(id)) ?? expect.fail('Nobody is there.')
    const before = fresh()
    await runCommand(exportCommand, { env: envOf(from), operands: [before] })
    await history.erasures.erase(id, noon)
    await history.close()
    const after = fresh()
    await runCommand(exportCommand, { env: envOf(from), operands: [after] })

    const to = await engines[engine]()
    await runCommand(importCommand, { env: envOf(to), operands: [after] })
    const imported = await openHome(to)
    expect(await imported.erasures.isErased(siteId, tokenHash)).toBe(true)
    await imported.close()
    expect(await readFile(join(to.dataDir, 'erased.jsonl'), 'utf8')).toContain(markOfVisitor(id))

    // An export from before it brings them back nowhere that has heard of it.
    const third = await engines[engine]()
    await mkdir(third.dataDir, { recursive: true })
    await appendFile(
      join(third.dataDir, 'erased.jsonl'),
      await readFile(join(to.dataDir, 'erased.jsonl'), 'utf8'),
    )
    await runCommand(importCommand, { env: envOf(third), operands: [before] })
    const reopened = await openHome(third)
    expect(await reopened.visitors.find(id)).toBeNull()
    await reopened.close()
  })
})
