import { closeSync, existsSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { openDatabase } from '../sqlite-package.ts'
import { bringUpToDate, fillStore, type Place, readAll } from './stores.ts'
import { supplyFrom } from './transfer.ts'

/**
 * Makes an embedded store in the empty directory `into`, holding all that `from` held at one moment;
 * whoever writes there meanwhile is neither held up nor disturbed.
 */
export async function snapshot(from: Place, into: string): Promise<Place> {
  const copy: Place = { dataDir: into, databaseUrl: null }
  if (from.databaseUrl) await readAll(from, (queries) => fillStore(copy, supplyFrom(queries)))
  else {
    copyFile(join(from.dataDir, 'history.db'), join(into, 'history.db'))
    await bringUpToDate(copy)
  }
  return copy
}

/**
 * One statement reads one moment. SQLite's backup interface would begin anew with each write of another
 * process, and never end on a busy server.
 */
function copyFile(file: string, copy: string): void {
  if (!existsSync(file)) throw new Error(`There is no history in ${file}.`)
  closeSync(openSync(copy, 'wx', 0o600))
  const database = openDatabase(file, { readonly: true, timeout: 10_000 })
  try {
    database.prepare('VACUUM INTO ?').run(copy)
  } finally {
    database.close()
  }
}
