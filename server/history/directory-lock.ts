import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { isSqliteFault, openDatabase } from './sqlite-package.ts'

export interface DirectoryLock {
  release(): void
}

export class DirectoryInUse extends Error {
  override name = 'DirectoryInUse'
}

/** Kept here: a connection that nobody holds is closed, at some moment, with the lock that it has. */
const held = new Set<object>()

/** For one that is just letting go, or only looked whether somebody holds it. ms */
const patience = 500

/**
 * Takes `DATA_DIR/lock` for this process, or throws `DirectoryInUse` without having touched anything
 * else. Node offers no lock on a file, and a file with a process id goes stale when its process is
 * killed and its number given to another; SQLite's exclusive lock is the kernel's, which drops it
 * with the process however that ends. It stands in this folder because its words are SQL.
 */
export function lockDirectory(dataDir: string): DirectoryLock {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const file = join(dataDir, 'lock')
  const database = openDatabase(file, { timeout: patience })
  try {
    chmodSync(file, 0o600)
    // Without this SQLite would lay a journal file beside the lock.
    database.pragma('journal_mode = MEMORY')
    database.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    database.close()
    if (isSqliteFault(error) && error.code.startsWith('SQLITE_BUSY'))
      throw new DirectoryInUse(
        `Another Ahlan, most likely the running server, holds ${dataDir}: stop it first, or choose another DATA_DIR.`,
      )
    throw error
  }
  held.add(database)
  return {
    release: () => {
      held.delete(database)
      database.close()
    },
  }
}
