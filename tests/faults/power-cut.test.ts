import { randomBytes } from 'node:crypto'
import { cp, mkdir, stat, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { History } from '../../server/history/history.ts'
import { openHistory } from '../../server/history/open.ts'
import { openSqlite } from '../../server/history/sqlite-engine.ts'
import { openWorkspace } from '../../server/workspace/open.ts'
import { success } from '../../shared/result.ts'
import { emptyWorkspace } from '../../shared/workspace.ts'
import { noon, scene, taken } from '../support/history-cast.ts'
import { useTemporary } from '../support/temporary.ts'

/*
 * No test can cut the power: whatever a killed process has written the kernel still has. Looked at instead are
 * what the store asks of the disk, what stands in its files at each acknowledgement, and what it makes of files
 * whose last part never arrived.
 */
const fresh = useTemporary()
const open = (dataDir: string): Promise<History> => openHistory({ dataDir, clock: { now: () => noon } })
const journal = (dataDir: string): string => join(dataDir, 'history.db-wal')

async function copyOf(dataDir: string, ruin: (wal: string) => Promise<void>): Promise<string> {
  const copy = fresh()
  await mkdir(copy)
  for (const name of ['history.db', 'history.db-wal']) await cp(join(dataDir, name), join(copy, name))
  await ruin(journal(copy))
  return copy
}

describe('a history whose disk lost its power', () => {
  it('W4 has its journal flushed with each commit', async () => {
    const engine = openSqlite(fresh(), 'writer')
    // FULL: the journal is flushed before a commit returns, and not only at checkpoints.
    expect(await engine.all('PRAGMA synchronous')).toEqual([{ synchronous: 2 }])
    expect(await engine.all('PRAGMA journal_mode')).toEqual([{ journal_mode: 'wal' }])
    await engine.close()
  })

  it('W4 leaves a flush to the next commit only where asked to, that time', async () => {
    const engine = openSqlite(fresh(), 'writer')
    const asked = () => engine.all('PRAGMA synchronous')
    expect(await engine.unflushed((queries) => queries.all('PRAGMA synchronous'))).toEqual([
      { synchronous: 1 },
    ])
    expect(await engine.transaction(asked)).toEqual([{ synchronous: 2 }])
    await expect(engine.unflushed(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(await engine.transaction(asked)).toEqual([{ synchronous: 2 }])
    await engine.close()
  })

  it('W4 S1 opens however much of the journal is missing, with all that was acknowledged before', async () => {
    const dataDir = fresh()
    const history = await open(dataDir)
    const { says, entries } = scene(history)
    /** How long the journal was when each was acknowledged. */
    const acknowledged: { text: string; size: number }[] = []
    let id = taken(await says('0')).conversation.id
    for (let i = 1; i <= 4; i++) {
      id = taken(await says(`${i}`)).conversation.id
      acknowledged.push({ text: `${i}`, size: (await stat(journal(dataDir))).size })
    }
    const last = acknowledged.at(-1)?.size ?? 0
    const tears = acknowledged.slice(1, 3).flatMap(({ size }) => [size, size - 1])
    for (const length of tears) {
      const torn = await copyOf(dataDir, async (wal) => {
        await truncate(wal, length)
        // What a disk holds where nothing was written yet may be anything.
        await writeFile(wal, randomBytes(last - length), { flag: 'a' })
      })
      const after = await open(torn)
      const kept = (await after.conversations.entries(id, 0, 100)).map((one) => 'text' in one && one.text)
      await after.close()
      const sure = acknowledged.filter(({ size }) => size <= length).map(({ text }) => text)
      expect(kept.slice(0, sure.length + 1)).toEqual(['0', ...sure])
      expect(kept).toEqual(kept.map((_, i) => `${i}`))
    }
    expect((await entries(id)).length).toBe(5)
    await history.close()
  })
})

describe('settings whose disk lost its power', () => {
  it('S7 S8 are the old ones or the new ones, whatever was written of a change', async () => {
    const dataDir = fresh()
    await mkdir(dataDir)
    const file = join(dataDir, 'workspace.json')
    const text = `${JSON.stringify(emptyWorkspace())}\n`
    await writeFile(file, text)
    await writeFile(`${file}.new`, text.slice(0, text.length / 2))
    const after = await openWorkspace({ dataDir })
    expect(after.read()).toEqual(emptyWorkspace())
    expect(taken(await after.change(() => success('goes on')))).toBe('goes on')
  })
})
