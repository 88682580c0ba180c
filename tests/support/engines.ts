import type { Home } from './furnished.ts'
import type { TestPostgres } from './postgres.ts'

export type EngineName = 'SQLite' | 'PostgreSQL'

/** Empty homes on either engine. */
export const homes = (
  postgres: TestPostgres,
  fresh: () => string,
): Record<EngineName, () => Promise<Home>> => ({
  SQLite: async () => ({ dataDir: fresh() }),
  PostgreSQL: async () => ({ dataDir: fresh(), databaseUrl: await postgres.freshUrl() }),
})

/** Every way from one engine to another that something differs on. */
export const ways: [EngineName, EngineName][] = [
  ['SQLite', 'SQLite'],
  ['SQLite', 'PostgreSQL'],
  ['PostgreSQL', 'SQLite'],
]

export const envOf = ({ dataDir, databaseUrl = '' }: Home): Record<string, string> => ({
  DATA_DIR: dataDir,
  DATABASE_URL: databaseUrl,
})
