import type Sqlite from 'better-sqlite3'
import { openDatabase } from '../sqlite-package.ts'

/** Where the bytes of files are read from, or go to, by their hash. */
export interface FileCarrier {
  read(sha256: string): Promise<Uint8Array | null>
  /** False when the bytes are not what the hash says. */
  write(sha256: string, bytes: Uint8Array): Promise<boolean>
}

/**
 * Puts the bytes of every file into the copy of the history, so that a backup stays one file. What was removed since
 * the copy was made is not in it any more.
 */
export async function packFiles(file: string, carrier: FileCarrier): Promise<void> {
  const database = openDatabase(file, { fileMustExist: true })
  try {
    database.exec('CREATE TABLE file_bytes (sha256 TEXT PRIMARY KEY, bytes BLOB NOT NULL)')
    const insert = database.prepare('INSERT INTO file_bytes VALUES (?, ?)')
    const forget = database.prepare('DELETE FROM files WHERE sha256 = ?')
    for (const hash of hashesIn(database, 'files')) {
      const bytes = await carrier.read(hash)
      if (bytes) insert.run(hash, bytes)
      else forget.run(hash)
    }
  } finally {
    database.close()
  }
}

/** Takes them out again; false when one is not what it was. */
export async function unpackFiles(file: string, carrier: FileCarrier): Promise<boolean> {
  const database = openDatabase(file, { fileMustExist: true, readonly: true })
  try {
    if (!hasFiles(database)) return true
    const select = database.prepare<[string], Buffer>('SELECT bytes FROM file_bytes WHERE sha256 = ?').pluck()
    for (const hash of hashesIn(database, 'file_bytes')) {
      const bytes = select.get(hash)
      if (!bytes || !(await carrier.write(hash, bytes))) return false
    }
    return true
  } finally {
    database.close()
  }
}

/** Backups made before there were files have none. */
export const hasFiles = (database: Sqlite.Database): boolean =>
  database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'file_bytes'").get() !== undefined

/** Whether the bytes of a file are missing. */
export const lacksFiles = (database: Sqlite.Database): boolean =>
  hasFiles(database) &&
  database
    .prepare('SELECT 1 FROM files WHERE sha256 NOT IN (SELECT sha256 FROM file_bytes) LIMIT 1')
    .get() !== undefined

/** Without them, and without what their pages held. */
export function dropFiles(database: Sqlite.Database): void {
  if (!hasFiles(database)) return
  database.exec('DROP TABLE file_bytes')
  database.exec('VACUUM')
}

const hashesIn = (database: Sqlite.Database, table: 'files' | 'file_bytes'): string[] =>
  database.prepare<[], string>(`SELECT DISTINCT sha256 FROM ${table} ORDER BY sha256`).pluck().all()
