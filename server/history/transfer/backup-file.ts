import { randomUUID } from 'node:crypto'
import { chmodSync, copyFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import type Sqlite from 'better-sqlite3'
import { isSqliteFault, openDatabase } from '../sqlite-package.ts'
import { dropFiles, type FileCarrier, lacksFiles, packFiles, unpackFiles } from './backup-contents.ts'
import { snapshot } from './snapshot.ts'
import { bringUpToDate, fillStore, type Place, readAll } from './stores.ts'
import { supplyFrom } from './transfer.ts'

/** Says `Ahln` in a hex dump; `file` and SQLite show it. */
const mark = 0x41686c6e
const format = 1

export interface Counts {
  visitors: number
  conversations: number
  entries: number
  pageViews: number
}

export interface Backup {
  /** The settings document as it was. */
  settings: string
  counts: Counts
}

export class NotABackup extends Error {
  override name = 'NotABackup'
}

/**
 * Makes a backup in the empty directory `into` and answers its file: an SQLite database with the history
 * with the bytes of its files, and in the table `backup` the settings. They are read after the history, so that they know every site
 * and agent it speaks of.
 */
export async function makeBackup(
  from: Place,
  into: string,
  { settings: readSettings, files }: { settings: () => Promise<string>; files: FileCarrier },
): Promise<{ file: string; counts: Counts }> {
  await snapshot(from, into)
  const settings = await readSettings()
  const file = join(into, 'history.db')
  await packFiles(file, files)
  using(file, (database) => {
    const counts = countsIn(database)
    // Who was signed out since must not be signed in again by a restore.
    database.pragma('secure_delete = ON')
    database.exec('DELETE FROM sessions')
    database.exec(
      'CREATE TABLE backup (format INTEGER NOT NULL, settings TEXT NOT NULL, counts TEXT NOT NULL)',
    )
    database.prepare('INSERT INTO backup VALUES (?, ?, ?)').run(format, settings, JSON.stringify(counts))
    database.pragma(`application_id = ${mark}`)
    inOneFile(database)
  })
  return { file, counts: readBackup(file).counts }
}

/** Reads and checks the whole file. Throws `NotABackup`. */
export function readBackup(file: string): Backup {
  if (!existsSync(file)) throw new NotABackup(`There is no file ${file}.`)
  try {
    return using(file, (database) => checked(database, file), { readonly: true })
  } catch (fault) {
    if (isSqliteFault(fault))
      throw new NotABackup(`${file} is not a backup, or it is damaged: ${fault.message}.`)
    throw fault
  }
}

function checked(database: Sqlite.Database, file: string): Backup {
  if (database.pragma('application_id', { simple: true }) !== mark)
    throw new NotABackup(`${file} is not a backup made by Ahlan.`)
  const integrity = database.pragma('integrity_check(1)', { simple: true })
  if (integrity !== 'ok') throw new NotABackup(`${file} is damaged: ${String(integrity)}.`)
  const row = database
    .prepare<[], { format: number; settings: string; counts: string }>('SELECT * FROM backup')
    .get()
  if (row?.format !== format) throw new NotABackup(`${file} was made by a newer version of Ahlan.`)
  if (row.counts !== JSON.stringify(countsIn(database)) || hasGaps(database) || lacksFiles(database))
    throw new NotABackup(`${file} is damaged: it does not hold what it held when it was made.`)
  return { settings: row.settings, counts: JSON.parse(row.counts) }
}

/**
 * Puts the backup into an empty place, under a new epoch. `scratch` is an empty directory on the disk
 * of the data; `before` is the last thing that happens before the restored history is in place.
 */
export async function restoreHistory(
  file: string,
  { place, scratch, files }: { place: Place; scratch: string; files: FileCarrier },
  before: () => Promise<void>,
): Promise<void> {
  const copy = join(scratch, 'history.db')
  copyFileSync(file, copy)
  chmodSync(copy, 0o600)
  using(copy, (database) => {
    database.exec('DROP TABLE backup')
    dropFiles(database)
    database.pragma('application_id = 0')
    database.prepare("UPDATE meta SET value = ? WHERE name = 'epoch'").run(randomUUID())
  })
  const inPlace = async (): Promise<void> => {
    if (!(await unpackFiles(file, files)))
      throw new NotABackup(`${file} is damaged: a file in it is not what it was.`)
    await before()
  }
  const restored: Place = { dataDir: scratch, databaseUrl: null }
  await bringUpToDate(restored)
  if (place.databaseUrl) await readAll(restored, (queries) => fillStore(place, supplyFrom(queries), inPlace))
  else {
    using(copy, inOneFile)
    await inPlace()
  }
}

/** Without a log beside it the file is the whole database. */
function inOneFile(database: Sqlite.Database): void {
  const mode = database.pragma('journal_mode = DELETE', { simple: true })
  if (mode !== 'delete') throw new Error('The log of the copy could not be folded in.')
}

function using<T>(file: string, work: (database: Sqlite.Database) => T, options: Sqlite.Options = {}): T {
  const database = openDatabase(file, { fileMustExist: true, ...options })
  try {
    return work(database)
  } finally {
    database.close()
  }
}

function countsIn(database: Sqlite.Database): Counts {
  const count = (table: string): number =>
    Number(database.prepare(`SELECT COUNT(*) FROM ${table}`).pluck().get())
  return {
    visitors: count('visitors'),
    conversations: count('conversations'),
    entries: count('entries'),
    pageViews: count('page_views'),
  }
}

/** Whether a conversation has other entries than its head says: its numbers have no gaps. */
const hasGaps = (database: Sqlite.Database): boolean =>
  database
    .prepare(
      `SELECT 1 FROM conversations c
       LEFT JOIN (SELECT conversation, COUNT(*) AS entries, MAX(seq) AS last FROM entries GROUP BY conversation) e
       ON e.conversation = c.number
       WHERE COALESCE(e.entries, 0) <> json_extract(c.head, '$.seq') OR COALESCE(e.last, 0) <> json_extract(c.head, '$.seq')
       LIMIT 1`,
    )
    .get() !== undefined
