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

const checksumOf = (migration: Migration, dialect: Dialect): string =>
  createHash('sha256').update(migration.statements(dialect).join(';\n')).digest('hex')
