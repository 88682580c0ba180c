import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it, vi } from 'vitest'
import { HistoryLost } from '../../../server/history/history.ts'
import { openSqlite } from '../../../server/history/sqlite-engine.ts'
import { openDatabase } from '../../../server/history/sqlite-package.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

it('S22 a transaction that cannot be taken back is the last one, and says why', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'ahlan-engine-'))
  cleanups.push(() => rm(dataDir, { recursive: true }))
  const engine = openSqlite(join(dataDir, 'history.db'), 'writer')
  const exec = vi.spyOn(Object.getPrototypeOf(openDatabase(':memory:')), 'exec').mockImplementation(() => {
    throw new Error('disk I/O error')
  })
  cleanups.push(() => exec.mockRestore())
  const fails = engine.transaction(async () => {
    throw new Error('no')
  })
  await expect(fails).rejects.toThrow('A transaction could not be taken back: disk I/O error')
  let ran = false
  const next = engine.transaction(async () => {
    ran = true
  })
  await expect(next).rejects.toBeInstanceOf(HistoryLost)
  expect(ran).toBe(false)
  await expect(engine.close()).rejects.toBeInstanceOf(HistoryLost)
})
