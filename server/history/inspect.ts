import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type SchemaState, schemaState } from './migrate.ts'
import { openPostgres } from './postgres.ts'
import { openSqlite } from './sqlite-engine.ts'
import type { Place } from './transfer/stores.ts'

/** Looks whether the history can be used, and changes nothing. Throws with the reason if it cannot. */
export async function inspectHistory({ dataDir, databaseUrl }: Place): Promise<SchemaState> {
  if (databaseUrl) return inspectDatabase(databaseUrl)
  const file = join(dataDir, 'history.db')
  return existsSync(file) ? inspectFile(file) : 'none'
}

async function inspectDatabase(url: string): Promise<SchemaState> {
  const engine = openPostgres(url, { onBroken: () => undefined })
  try {
    return await schemaState(engine, engine.dialect)
  } finally {
    await engine.close()
  }
}

async function inspectFile(file: string): Promise<SchemaState> {
  try {
    const engine = openSqlite(file, 'reader')
    try {
      const [row] = await engine.all<{ quick_check: string }>('PRAGMA quick_check(1)')
      if (row?.quick_check !== 'ok') throw new Error(row?.quick_check ?? 'it does not answer')
      return await schemaState(engine, engine.dialect)
    } finally {
      await engine.close()
    }
  } catch (fault) {
    throw new Error(`${file} cannot be used: ${fault instanceof Error ? fault.message : String(fault)}`)
  }
}
