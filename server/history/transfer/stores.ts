import { join } from 'node:path'
import type { Engine, Queries } from '../engine.ts'
import { requireCurrentSchema } from '../migrate.ts'
import { openHistory } from '../open.ts'
import { openPostgres } from '../postgres.ts'
import { openSqlite } from '../sqlite-engine.ts'
import type { Tallies } from './tally.ts'
import { fill, type Supply } from './transfer.ts'

/** Where a history lies: in the database, if one is named, else in the directory. */
export interface Place {
  dataDir: string
  databaseUrl: string | null
}

/** Reads all of it as it was at one moment. Of the embedded store nobody else may hold the directory. */
export async function readAll<T>(place: Place, read: (queries: Queries) => Promise<T>): Promise<T> {
  if (!place.databaseUrl) await bringUpToDate(place)
  return withEngine(place, (engine) =>
    engine.transaction(async (queries) => {
      if (engine.dialect.name === 'postgres') {
        await queries.run('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY')
        await requireCurrentSchema(queries, engine.dialect)
      }
      return read(queries)
    }),
  )
}

/** All or nothing. `before` is the last thing that happens before it counts. */
export async function fillStore(
  place: Place,
  supply: Supply,
  before: (taken: Tallies) => Promise<void> = async () => undefined,
): Promise<Tallies> {
  await bringUpToDate(place)
  return withEngine(place, (engine) =>
    engine.transaction(async (queries) => {
      const taken = await fill(queries, supply)
      await before(taken)
      return taken
    }),
  )
}

/** Opening makes the tables, and settles what a crash left unsettled. */
export async function bringUpToDate(place: Place): Promise<void> {
  const history = await openHistory({ ...place, clock: { now: () => Date.now() } })
  await history.close()
}

export async function withEngine<T>(
  { dataDir, databaseUrl }: Place,
  work: (engine: Engine) => Promise<T>,
): Promise<T> {
  const engine = databaseUrl
    ? openPostgres(databaseUrl, { onBroken: () => undefined })
    : openSqlite(join(dataDir, 'history.db'), 'writer')
  try {
    return await work(engine)
  } finally {
    await engine.close()
  }
}
