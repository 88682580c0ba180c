import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { backup } from '../../../server/cli/backup.ts'
import { openStores } from '../../../server/stores.ts'
import { systemClock } from '../../../server/system.ts'
import { day } from '../../../shared/limits.ts'
import { runCommand } from '../../support/desk.ts'
import { useTemporary } from '../../support/temporary.ts'

const fresh = useTemporary()

/** Directories in which something last happened so long ago, ms; each with a file in it. */
async function left(parent: string, ages: Record<string, number>): Promise<void> {
  for (const [name, age] of Object.entries(ages)) {
    const directory = join(parent, name)
    await mkdir(directory, { recursive: true })
    await writeFile(join(directory, 'history.db'), 'what people wrote')
    const at = new Date(Date.now() - age)
    await utimes(join(directory, 'history.db'), at, at)
    await utimes(directory, at, at)
  }
}

const ages = {
  '.ahlan-aB3xYz': day + 60_000,
  '.ahlan-young1': 60_000,
  '.ahlan-mine': 9 * day,
  other: 9 * day,
}
const kept = ['.ahlan-mine', '.ahlan-young1', 'other']

async function open(dataDir: string): Promise<void> {
  const stores = await openStores({
    dataDir,
    databaseUrl: null,
    clock: systemClock,
    onFault: () => undefined,
  })
  await stores.history.close()
  stores.unlock()
}

describe('S11 what a killed command has left', () => {
  it('is removed by the next backup to that place once it is a day old, and nothing else is', async () => {
    const [dataDir, place] = [fresh(), fresh()]
    await open(dataDir)
    await left(place, ages)
    await runCommand(backup, { env: { DATA_DIR: dataDir }, operands: [join(place, 'shop.backup')] })
    expect((await readdir(place)).sort()).toEqual([...kept, 'shop.backup'].sort())
  })

  it('is removed by the next start', async () => {
    const dataDir = fresh()
    await left(dataDir, ages)
    await open(dataDir)
    const names = (await readdir(dataDir)).filter((name) => name in ages)
    expect(names.sort()).toEqual(kept)
  })
})
