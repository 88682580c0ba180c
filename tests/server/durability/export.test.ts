import { cp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { exportCommand } from '../../../server/cli/export.ts'
import { importCommand } from '../../../server/cli/import.ts'
import { runCommand } from '../../support/desk.ts'
import { envOf, homes, ways } from '../../support/engines.ts'
import { furnish, type Home, openHome } from '../../support/furnished.ts'
import { noon, scene, taken } from '../../support/history-cast.ts'
import { startPostgres } from '../../support/postgres.ts'
import { seen } from '../../support/seen.ts'
import { useTemporary } from '../../support/temporary.ts'

const postgres = await startPostgres()
afterAll(() => postgres.stop())

const fresh = useTemporary()

const engines = homes(postgres, fresh)

async function exported(home: Home): Promise<string> {
  const directory = fresh()
  await runCommand(exportCommand, { env: envOf(home), operands: [directory] })
  return directory
}

const imported = (home: Home, directory: string) =>
  runCommand(importCommand, { env: envOf(home), operands: [directory] })

async function contents(directory: string): Promise<Record<string, string>> {
  const found = await readdir(directory, { recursive: true, withFileTypes: true })
  const names = found
    .filter((one) => one.isFile())
    .map((one) => relative(directory, join(one.parentPath, one.name)))
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(join(directory, name), 'utf8')])),
  )
}

describe('export and import', { timeout: 60_000 }, () => {
  it.each(ways)(
    'F11 S12 S60 from %s to %s everything is the same, and a second export is equal byte by byte',
    async (from, to) => {
      const [one, other] = [await engines[from](), await engines[to]()]
      const furnished = await furnish(one)
      const first = await exported(one)
      await imported(other, first)
      expect(await seen(other, furnished)).toEqual(await seen(one, furnished))
      expect(await contents(await exported(other))).toEqual(await contents(first))
    },
  )

  it('S12 a message sent again after the move is answered as the first time', async () => {
    const [one, other] = [await engines.SQLite(), await engines.SQLite()]
    const { again, siteId } = await furnish(one)
    await imported(other, await exported(one))
    const history = await openHome(other)
    const { visitorId, text, clientId, entries } = again
    expect(entries.map(({ kind }) => kind)).toEqual(['reopened', 'message'])
    const repeated = taken(await scene(history, siteId, visitorId).says(text, noon, clientId))
    expect(repeated).toMatchObject({ duplicate: true, entries })
    await history.close()
  })

  it('S12 without the credentials nobody is known again, and the export stays equal', async () => {
    const [one, other] = [await engines.SQLite(), await engines.SQLite()]
    const { tokens, siteId } = await furnish(one)
    const directory = await exported(one)
    for (const name of ['visitor', 'agent']) await rm(join(directory, `${name}-credentials.jsonl`))
    const said = await imported(other, directory)
    expect(said.at(-1)).toContain('without agents’ passwords')
    const history = await openHome(other)
    const known = [...tokens.values()].map((hash) => history.visitors.findByToken(siteId, hash))
    expect((await Promise.all(known)).every((one) => one === null)).toBe(true)
    await history.close()
    const again = await contents(await exported(other))
    expect(again['visitors.jsonl']).toBe((await contents(directory))['visitors.jsonl'])
    expect(again['agents.jsonl']).toBe((await contents(directory))['agents.jsonl'])
    expect(again['agent-credentials.jsonl']).toBe('')
  })

  it('S5 S12 no password stands outside the credentials, and all of it is for its own user only', async () => {
    const home = await engines.SQLite()
    const { tokens } = await furnish(home)
    const directory = await exported(home)
    const readable = Object.entries(await contents(directory)).filter(
      ([name]) => !name.includes('credentials'),
    )
    for (const [, text] of readable)
      for (const secret of [...tokens.values(), 'scrypt$', 'passwordHash']) expect(text).not.toContain(secret)
    for (const name of Object.keys(await contents(directory)))
      expect((await stat(join(directory, name))).mode & 0o777).toBe(0o600)
    expect((await stat(directory)).mode & 0o777).toBe(0o700)
  })
})

describe('an import that cannot be', { timeout: 60_000 }, () => {
  const spoil: [string, (directory: string) => Promise<void>, string][] = [
    ['a cut file', async (dir) => truncate(join(dir, 'entries.jsonl'), 700), 'In entries: not JSON'],
    ['a missing line', async (dir) => dropLine(join(dir, 'page-views.jsonl')), 'page-views were expected'],
    [
      'an altered text',
      async (dir) => replace(join(dir, 'entries.jsonl'), 'Lovely', 'Lousy'),
      'checksum of entries',
    ],
    ['a missing file', async (dir) => rm(join(dir, 'visitors.jsonl')), 'visitors.jsonl is missing'],
    ['a damaged upload', async (dir) => writeFile(await anUpload(dir), 'other'), 'is missing or damaged'],
    ['a missing upload', async (dir) => rm(await anUpload(dir)), 'is missing or damaged'],
    ['a missing manifest', async (dir) => rm(join(dir, 'manifest.json')), 'no finished export'],
    [
      'altered settings',
      async (dir) => replace(join(dir, 'sites.jsonl'), 'Shop', 'Shed'),
      'checksum of sites',
    ],
  ]
  it('S12 is named, nothing is taken in, and a whole one goes in afterwards', async () => {
    const [one, other] = [await engines.SQLite(), await engines.SQLite()]
    const furnished = await furnish(one)
    const whole = await exported(one)
    for (const [name, spoilIt, reason] of spoil) {
      const spoiled = fresh()
      await cp(whole, spoiled, { recursive: true })
      await spoilIt(spoiled)
      await expect(imported(other, spoiled), name).rejects.toThrow(reason)
    }
    await imported(other, whole)
    expect(await seen(other, furnished)).toEqual(await seen(one, furnished))
  })

  it('S12 into a store that holds something changes nothing', async () => {
    const [one, other] = [await engines.SQLite(), await engines.SQLite()]
    await furnish(one)
    const kept = await furnish(other)
    const before = await seen(other, kept)
    await expect(imported(other, await exported(one))).rejects.toThrow('holds other settings')
    await rm(join(other.dataDir, 'workspace.json'))
    await expect(imported(other, await exported(one))).rejects.toThrow('has to be empty')
    expect(await seen(other, kept)).toEqual(before)
  })

  it('S12 an export overwrites nothing', async () => {
    const home = await engines.SQLite()
    await furnish(home)
    const directory = await exported(home)
    const before = await contents(directory)
    const again = runCommand(exportCommand, { env: envOf(home), operands: [directory] })
    await expect(again).rejects.toThrow('is not empty')
    expect(await contents(directory)).toEqual(before)
  })
})

const anUpload = async (directory: string): Promise<string> =>
  join(directory, 'files', (await readdir(join(directory, 'files')))[0] ?? '')

async function replace(file: string, text: string, other: string): Promise<void> {
  await writeFile(file, (await readFile(file, 'utf8')).replace(text, other))
}

async function dropLine(file: string): Promise<void> {
  await writeFile(file, (await readFile(file, 'utf8')).replace(/^[^\n]*\n/, ''))
}
