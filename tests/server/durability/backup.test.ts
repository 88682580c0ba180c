import { copyFile, mkdir, open, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { backup } from '../../../server/cli/backup.ts'
import { restore } from '../../../server/cli/restore.ts'
import { lockDirectory } from '../../../server/history/directory-lock.ts'
import { runCommand } from '../../support/desk.ts'
import { envOf, homes, ways } from '../../support/engines.ts'
import { furnish, type Home, openHome } from '../../support/furnished.ts'
import { newTokenHash, noon, scene, taken } from '../../support/history-cast.ts'
import { startPostgres } from '../../support/postgres.ts'
import { seen } from '../../support/seen.ts'
import { useTemporary } from '../../support/temporary.ts'

const postgres = await startPostgres()
afterAll(() => postgres.stop())
const fresh = useTemporary()
const engines = homes(postgres, fresh)

async function backedUp(home: Home): Promise<string> {
  const file = `${fresh()}/shop.backup`
  await runCommand(backup, { env: envOf(home), operands: [file] })
  return file
}

const restored = (home: Home, file: string) => runCommand(restore, { env: envOf(home), operands: [file] })

const settingsOf = ({ dataDir }: Home) => readFile(join(dataDir, 'workspace.json'), 'utf8')

async function epochOf(home: Home): Promise<string> {
  const history = await openHome(home)
  await history.close()
  return history.epoch()
}

describe('backup and restore', { timeout: 60_000 }, () => {
  it.each(ways)('F11 S11 S13 from %s to %s brings everything back, under a new epoch', async (from, to) => {
    const [one, other] = [await engines[from](), await engines[to]()]
    const furnished = await furnish(one)
    await restored(other, await backedUp(one))
    expect(await seen(other, furnished)).toEqual(await seen(one, furnished))
    expect(await settingsOf(other)).toBe(await settingsOf(one))
    expect(await epochOf(other)).not.toBe(await epochOf(one))
  })

  it('S5 S11 a backup is one file, for its own user only, and takes no other file’s place', async () => {
    const home = await engines.SQLite()
    await furnish(home)
    const file = await backedUp(home)
    expect(await readdir(join(file, '..'))).toEqual(['shop.backup'])
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    await writeFile(file, 'mine')
    const again = runCommand(backup, { env: envOf(home), operands: [file] })
    await expect(again).rejects.toThrow('exists already')
    expect(await readFile(file, 'utf8')).toBe('mine')
  })

  it('S11 what a running server holds in its journal is in it', async () => {
    const home = await engines.SQLite()
    const furnished = await furnish(home)
    const running = await openHome(home)
    const lock = lockDirectory(home.dataDir)
    const { siteId, again } = furnished
    const { conversation } = taken(await scene(running, siteId, again.visitorId).says('Last words'))
    const file = await backedUp(home)
    lock.release()
    await running.close()
    const other = await engines.SQLite()
    await restored(other, file)
    const history = await openHome(other)
    expect((await history.conversations.find(conversation.id))?.conversation).toEqual(conversation)
    await history.close()
  })

  it('S13 who was signed in when it was made is not signed in by it', async () => {
    const home = await engines.SQLite()
    await furnish(home)
    const history = await openHome(home)
    const tokenHash = newTokenHash()
    const agentId = JSON.parse(await settingsOf(home)).agents[0].id
    await history.sessions.create(tokenHash, { agentId, createdAt: noon, expiresAt: noon + 1_000 })
    await history.close()
    const file = await backedUp(home)
    expect((await readFile(file)).includes(tokenHash)).toBe(false)
    const other = await engines.SQLite()
    await restored(other, file)
    const after = await openHome(other)
    expect(await after.sessions.find(tokenHash, noon)).toBeNull()
    await after.close()
  })

  it('S8 S11 of settings nobody can read no backup is made', async () => {
    const home = await engines.SQLite()
    await furnish(home)
    const settings = join(home.dataDir, 'workspace.json')
    await truncate(settings, 100)
    const file = `${fresh()}/shop.backup`
    const backing = runCommand(backup, { env: envOf(home), operands: [file] })
    await expect(backing).rejects.toThrow(`${settings} is not JSON`)
    expect(await readdir(join(file, '..'))).toEqual([])
  })

  it('S11 without a history it says so and leaves nothing behind', async () => {
    const home = await engines.SQLite()
    const file = `${fresh()}/shop.backup`
    const backing = runCommand(backup, { env: envOf(home), operands: [file] })
    await expect(backing).rejects.toThrow(`There is no history in ${join(home.dataDir, 'history.db')}`)
    expect(await readdir(join(file, '..'))).toEqual([])
  })
})

describe('a restore that cannot be', { timeout: 60_000 }, () => {
  it('S13 a file that is cut, altered or no backup is refused, and nothing is made of it', async () => {
    const home = await engines.SQLite()
    await furnish(home)
    const whole = await backedUp(home)
    const spoil: [string, (file: string) => Promise<void>, string][] = [
      ['cut', async (file) => truncate(file, 20_000), 'damaged'],
      ['altered', async (file) => overwrite(file, (await stat(file)).size / 2), 'damaged'],
      ['empty', async (file) => truncate(file, 0), 'not a backup'],
      ['other', async (file) => writeFile(file, 'Dear diary'), 'not a backup'],
      ['database', async (file) => copyFile(join(home.dataDir, 'history.db'), file), 'not a backup'],
      ['missing', async (file) => rm(file), 'There is no file'],
    ]
    const other = await engines.SQLite()
    for (const [name, spoilIt, reason] of spoil) {
      const file = fresh()
      await copyFile(whole, file)
      await spoilIt(file)
      await expect(restored(other, file), name).rejects.toThrow(reason)
    }
    await expect(stat(other.dataDir)).rejects.toThrow('ENOENT')
  })

  it('S13 a place that holds a history or other settings is left as it is', async () => {
    const [one, other] = [await engines.SQLite(), await engines.SQLite()]
    await furnish(one)
    const kept = await furnish(other)
    const file = await backedUp(one)
    const before = [await seen(other, kept), await settingsOf(other)]
    await expect(restored(other, file)).rejects.toThrow('history.db exists already')
    await rm(join(one.dataDir, 'history.db'))
    // What a crash leaves beside a history; it would be played into the restored one.
    await writeFile(join(one.dataDir, 'history.db-wal'), 'x')
    await expect(restored(one, file)).rejects.toThrow('history.db-wal exists already')
    await rm(join(one.dataDir, 'history.db-wal'))
    await writeFile(join(one.dataDir, 'workspace.json'), String(before[1]))
    await expect(restored(one, file)).rejects.toThrow('holds other settings')
    expect([await seen(other, kept), await settingsOf(other)]).toEqual(before)
  })

  it('S13 a database that holds something is left as it is, and so is the directory', async () => {
    const [one, other] = [await engines.SQLite(), await engines.PostgreSQL()]
    await furnish(one)
    const kept = await furnish(other)
    const before = await seen(other, kept)
    await rm(join(other.dataDir, 'workspace.json'))
    await expect(restored(other, await backedUp(one))).rejects.toThrow('has to be empty')
    expect(await seen(other, kept)).toEqual(before)
    expect(await readdir(other.dataDir)).toEqual(['files', 'lock'])
  })

  it('S13 interrupted before the last step it can be repeated', async () => {
    const [one, other] = [await engines.SQLite(), await engines.SQLite()]
    const furnished = await furnish(one)
    const file = await backedUp(one)
    // What a restore that was killed leaves: the settings in place, its copy beside.
    await mkdir(join(other.dataDir, '.ahlan-abc'), { recursive: true })
    await copyFile(join(one.dataDir, 'workspace.json'), join(other.dataDir, 'workspace.json'))
    await restored(other, file)
    expect(await seen(other, furnished)).toEqual(await seen(one, furnished))
  })

  it('S4 S13 waits outside while the server has the directory', async () => {
    const [one, other] = [await engines.SQLite(), await engines.SQLite()]
    await furnish(one)
    const file = await backedUp(one)
    const lock = lockDirectory(other.dataDir)
    await expect(restored(other, file)).rejects.toThrow('the running server')
    lock.release()
  })
})

async function overwrite(file: string, at: number): Promise<void> {
  const handle = await open(file, 'r+')
  await handle.write(Buffer.alloc(6_000, 7), 0, 6_000, Math.floor(at))
  await handle.close()
}
