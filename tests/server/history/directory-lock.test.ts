import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DirectoryInUse, lockDirectory } from '../../../server/history/directory-lock.ts'
import { startStopwatch } from '../../support/stopwatch.ts'

let dataDir = ''
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'ahlan-lock-'))
})
afterEach(() => rm(dataDir, { recursive: true }))

describe('the lock of a directory', () => {
  it('S4 another process is turned away, until the holder is killed', async () => {
    const holding = ['--expose-gc', '--import', 'tsx', 'tests/support/lock-holder.ts', dataDir]
    const holder = spawn(process.execPath, holding)
    await once(holder.stdout, 'data')
    const watch = startStopwatch()
    expect(() => lockDirectory(dataDir)).toThrow(DirectoryInUse)
    watch.stop()
    expect(watch.read()).toBeLessThan(2_000)
    holder.kill('SIGKILL')
    await once(holder, 'exit')
    lockDirectory(dataDir).release()
  })

  it('S4 the same process is turned away too, until the lock is released', () => {
    const lock = lockDirectory(dataDir)
    expect(() => lockDirectory(dataDir)).toThrow(dataDir)
    lock.release()
    lockDirectory(dataDir).release()
  })

  it('S5 it leaves one file, for its own user only', async () => {
    const lock = lockDirectory(dataDir)
    expect(await readdir(dataDir)).toEqual(['lock'])
    expect((await stat(join(dataDir, 'lock'))).mode & 0o777).toBe(0o600)
    lock.release()
  })
})
