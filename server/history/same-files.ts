import { renameSync, statSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { HistoryLost } from './history.ts'

/** The files of the store as they were when it was opened. */
export interface SameFiles {
  /** Throws `HistoryLost` when one was removed, or has made room for another. */
  check(): void
  /** Once all are closed. */
  leave(): void
}

/**
 * What is written into a file that has lost its name is gone with this process. The number of a file that is
 * open is given to no other, so it tells.
 */
export function sameFiles(file: string): SameFiles {
  const log = `${file}-wal`
  const known = new Map<string, string | null>([[file, numberOf(file)]])
  const isOurs = (path: string): boolean => numberOf(path) === known.get(path)
  const check = (path: string): void => {
    // The log is made by the first write.
    known.set(path, known.get(path) ?? numberOf(path))
    if (isOurs(path)) return
    throw new HistoryLost(
      `${path} was removed or replaced while the server was running: what it writes would not be found again. ` +
        'Put back what is to be used, and start anew.',
    )
  }
  return {
    check: () => {
      check(file)
      check(log)
    },
    leave: () => {
      const number = known.get(log)
      // SQLite would take it for the log of whatever stands there next. It may hold what only it holds.
      if (!isOurs(file) && number && isOurs(log)) renameSync(log, `${log}.${number}`)
    },
  }
}

/** Removes the logs that `leave` has set aside here, for what may stand in them. */
export async function removeLogsSetAside(file: string): Promise<void> {
  const log = `${basename(file)}-wal.`
  for (const name of await readdir(dirname(file)))
    if (name.startsWith(log) && /^\d+-\d+$/.test(name.slice(log.length)))
      await rm(join(dirname(file), name), { force: true })
}

function numberOf(path: string): string | null {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false })
  return found ? `${found.dev}-${found.ino}` : null
}
