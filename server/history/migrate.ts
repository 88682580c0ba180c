import { createHash, randomUUID } from 'node:crypto'
import type { Dialect, Engine, Queries } from './engine.ts'
import { type Migration, migrations } from './migrations/migrations.ts'

type Applied = { number: number; name: string; checksum: string }

/**
 * Brings the schema up to what this program knows, in one transaction, and answers the store's epoch.
 * A schema that is newer than the program, or was edited after its release, is refused untouched.
 */
export async function migrate(
  engine: Engine,
  known: readonly Migration[] = migrations,
): Promise<{ epoch: string }> {
  return engine.transaction(async (queries) => {
    await queries.lock(['ahlan:migrate'])
    await queries.run(`CREATE TABLE IF NOT EXISTS migrations
      (number BIGINT PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL)`)
    const applied = await queries.all<Applied>(
      'SELECT number, name, checksum FROM migrations ORDER BY number',
    )
    refuseUnknown(applied, known, engine.dialect)
    for (const migration of known.slice(applied.length)) await apply(queries, migration, engine.dialect)
    return { epoch: await epochOf(queries) }
  })
}

function refuseUnknown(applied: readonly Applied[], known: readonly Migration[], dialect: Dialect): void {
  for (const [index, { number, name, checksum }] of applied.entries()) {
    const own = known[index]
    if (!own)
      throw new Error(
        `The history was written by a newer version of Ahlan: its schema is at ${applied.at(-1)?.number}, ` +
          `this version knows ${known.length}. Install the newer version again, or restore an older backup.`,
      )
    if (checksum !== checksumOf(own, dialect))
      throw new Error(`Migration ${number} (${name}) of the history is not the one this version knows.`)
  }
}

async function apply(queries: Queries, migration: Migration, dialect: Dialect): Promise<void> {
  for (const statement of migration.statements(dialect)) await queries.run(statement)
  await queries.run('INSERT INTO migrations (number, name, checksum) VALUES (?, ?, ?)', [
    migration.number,
    migration.name,
    checksumOf(migration, dialect),
  ])
}

async function epochOf(queries: Queries): Promise<string> {
  await queries.run("INSERT INTO meta (name, value) VALUES ('epoch', ?) ON CONFLICT (name) DO NOTHING", [
    randomUUID(),
  ])
  const [row] = await queries.all<{ value: string }>("SELECT value FROM meta WHERE name = 'epoch'")
  return row?.value ?? ''
}

/** Tells clients to drop what they hold: the store is not the one they know. */
export async function renewEpoch(queries: Queries): Promise<void> {
  await queries.run("UPDATE meta SET value = ? WHERE name = 'epoch'", [randomUUID()])
}

export type SchemaState = 'none' | 'older' | 'current'

/** Looks without changing anything. Throws for a schema that `migrate` would refuse. */
export async function schemaState(queries: Queries, dialect: Dialect): Promise<SchemaState> {
  const [table] = await queries.all(
    dialect.name === 'sqlite'
      ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'migrations'"
      : "SELECT 1 AS found FROM pg_class WHERE oid = to_regclass('migrations')",
  )
  if (!table) return 'none'
  const applied = await queries.all<Applied>('SELECT number, name, checksum FROM migrations ORDER BY number')
  refuseUnknown(applied, migrations, dialect)
  return applied.length < migrations.length ? 'older' : 'current'
}

export async function requireCurrentSchema(queries: Queries, dialect: Dialect): Promise<void> {
  const state = await schemaState(queries, dialect)
  if (state !== 'current')
    throw new Error('The history was not opened by this version of Ahlan yet: start the server once.')
}

const checksumOf = (migration: Migration, dialect: Dialect): string =>
  createHash('sha256').update(migration.statements(dialect).join(';\n')).digest('hex')
