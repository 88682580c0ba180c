import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, open, readFile, rename, rm, stat, watch, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { backup } from '../../../server/cli/backup.ts'
import { exportCommand } from '../../../server/cli/export.ts'
import { importCommand } from '../../../server/cli/import.ts'
import { restore } from '../../../server/cli/restore.ts'
import { runCommand } from '../../support/desk.ts'
import { type EngineName, envOf, homes } from '../../support/engines.ts'
import { furnish, type Home } from '../../support/furnished.ts'
import { startPostgres } from '../../support/postgres.ts'
import { seen } from '../../support/seen.ts'
import { useTemporary } from '../../support/temporary.ts'

const postgres = await startPostgres()
afterAll(() => postgres.stop())
const fresh = useTemporary()
const engines = homes(postgres, fresh)

const ahlan = (home: Home, ...args: string[]): ChildProcess =>
  spawn(process.execPath, ['dist/server/cli.js', ...args], {
    env: { ...process.env, ...envOf(home) },
    stdio: 'inherit',
  })

/**
 * Kills the command where it is about to read this file: a pipe takes the file's place, whose other end
 * opens only when the command opens it.
 */
async function killedAtReading(file: string, command: () => ChildProcess): Promise<void> {
  await rename(file, `${file}.kept`)
  execFileSync('mkfifo', [file])
  const child = command()
  const pipe = await open(file, 'w')
  child.kill('SIGKILL')
  await once(child, 'exit')
  await pipe.close()
  await rm(file)
  await rename(`${file}.kept`, file)
}

/** Kills a restore where its copy of the history is finished, and the settings are to be put in place. */
async function killedAtPlacing(one: Home, { dataDir }: Home, file: string): Promise<void> {
  const settings = join(dataDir, 'workspace.json')
  execFileSync('mkfifo', [settings])
  const working = workingIn(dataDir)
  const child = ahlan({ dataDir }, 'restore', file)
  // The same settings are no hindrance; they are looked at before the work and after it.
  await writeFile(settings, await readFile(join(one.dataDir, 'workspace.json')))
  await working
  const pipe = await open(settings, 'w')
  child.kill('SIGKILL')
  await once(child, 'exit')
  await pipe.close()
  await rm(settings)
}

/** Resolves when a command has made itself a place to work in this directory. */
async function workingIn(directory: string): Promise<void> {
  for await (const { filename } of watch(directory)) if (filename?.startsWith('.ahlan-')) return
}

describe('a command that is killed', { timeout: 60_000 }, () => {
  it.each<EngineName>(['SQLite', 'PostgreSQL'])(
    'S12 while it imports into %s has left nothing, and repeated it imports everything',
    async (engine) => {
      const [one, other] = [await engines.SQLite(), await engines[engine]()]
      const furnished = await furnish(one)
      const directory = fresh()
      await runCommand(exportCommand, { env: envOf(one), operands: [directory] })
      const last = join(directory, 'page-views.jsonl')
      await killedAtReading(last, () => ahlan(other, 'import', directory))
      await runCommand(importCommand, { env: envOf(other), operands: [directory] })
      expect(await seen(other, furnished)).toEqual(await seen(one, furnished))
    },
  )

  it('S11 while it backs up has made no file, and repeated it makes a good one', async () => {
    const [one, other] = [await engines.SQLite(), await engines.SQLite()]
    const furnished = await furnish(one)
    const file = `${fresh()}/shop.backup`
    await killedAtReading(join(one.dataDir, 'workspace.json'), () => ahlan(one, 'backup', file))
    await expect(stat(file)).rejects.toThrow('ENOENT')
    await runCommand(backup, { env: envOf(one), operands: [file] })
    await runCommand(restore, { env: envOf(other), operands: [file] })
    expect(await seen(other, furnished)).toEqual(await seen(one, furnished))
  })

  it('S13 while it restores has put nothing in place, and repeated it restores everything', async () => {
    const [one, other] = [await engines.SQLite(), await engines.SQLite()]
    const furnished = await furnish(one)
    const file = fresh()
    await runCommand(backup, { env: envOf(one), operands: [file] })
    await mkdir(other.dataDir)
    await killedAtPlacing(one, other, file)
    await expect(stat(join(other.dataDir, 'history.db'))).rejects.toThrow('ENOENT')
    await runCommand(restore, { env: envOf(other), operands: [file] })
    expect(await seen(other, furnished)).toEqual(await seen(one, furnished))
  })
})
