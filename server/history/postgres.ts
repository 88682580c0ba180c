import pg from 'pg'
import type { Dialect, Engine, LookUp, Queries, Row, Table, Value } from './engine.ts'
import { HistoryUnavailable } from './history.ts'

const dialect: Dialect = {
  name: 'postgres',
  id: 'TEXT COLLATE "C"',
  number: 'BIGSERIAL PRIMARY KEY',
  bytes: 'BYTEA',
  clustered: '',
  skipTaken: 'FOR UPDATE SKIP LOCKED',
}

const attempts = 8
const parsers = new Map<number, (text: string) => Value>([
  [pg.types.builtins.INT8, Number],
  [pg.types.builtins.BYTEA, (text) => Buffer.from(text.slice('\\x'.length), 'hex')],
])

export interface PostgresOptions {
  /** Told of connections that broke; they are replaced. */
  onBroken(error: Error): void
  /** How many at most. */
  connections?: number
}

/** Connections to a PostgreSQL that many nodes may share. */
export function openPostgres(url: string, { onBroken, connections = 8 }: PostgresOptions): Engine {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    types: { getTypeParser: (type) => parsers.get(type) ?? String },
  })
  // A connection that breaks says so by an event, busy or idle; unheard, it would end the process.
  pool.on('connect', (client) => client.on('error', onBroken))
  pool.on('error', () => undefined)
  return {
    ...postgresQueries(pool),
    dialect,
    transaction: (work) => withRetry(() => transact(pool, work)),
    close: () => pool.end(),
  }
}

function postgresQueries(client: pg.Pool | pg.PoolClient): Queries {
  const query = <R extends Row>(sql: string, params: readonly unknown[] = []) =>
    attempt(() => client.query<R>(numbered(sql), [...params]))
  return {
    all: async <R extends Row>(sql: string, params: readonly Value[] = []) =>
      (await query<R>(sql, params)).rows,
    run: async (sql, params) => (await query(sql, params)).rowCount ?? 0,
    lookUp: async <R extends Row>(lookUp: LookUp) =>
      lookUp.keys.length === 0 ? [] : (await query<R>(lookUpSql(lookUp), transposed(lookUp.keys))).rows,
    insertMany: async (table, rows) => {
      if (rows.length > 0) await query(insertion(table), transposed(rows))
    },
    updateMany: async (table, rows) => {
      if (rows.length > 0) await query(update(table), transposed(rows))
    },
    takeNumbers: async (table, count) => {
      if (count === 0) return []
      const taken = await query<{ number: number }>(
        `SELECT nextval('${table}_number_seq') AS number FROM generate_series(1, ?::int)`,
        [count],
      )
      return taken.rows.map(({ number }) => number)
    },
    lock: async (names) => {
      if (names.length > 0)
        await query(
          `SELECT pg_advisory_xact_lock(hash) FROM
           (SELECT DISTINCT hashtextextended(name, 0) AS hash FROM unnest(?::text[]) AS name ORDER BY hash) AS hashes`,
          [names],
        )
    },
  }
}

async function transact<T>(pool: pg.Pool, work: (queries: Queries) => Promise<T>): Promise<T> {
  const client = await attempt(() => pool.connect())
  let broken = false
  try {
    await attempt(() => client.query('BEGIN'))
    const result = await work(postgresQueries(client))
    await attempt(() => client.query('COMMIT'))
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {
      broken = true
    })
    throw error
  } finally {
    client.release(broken)
  }
}

/** Another node was faster, or the two waited for each other: what it did is visible the next time. */
const races = new Set(['23505', '40001', '40P01'])

async function withRetry<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (attempt === attempts || !(error instanceof pg.DatabaseError) || !races.has(error.code ?? ''))
        throw error
    }
  }
}

/** Classes of SQLSTATE: connection, resources such as disk and memory, operator intervention, system. */
const outages = /^(08|53|57|58|25006)/

async function attempt<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    // What PostgreSQL did not say itself was said by the connection to it.
    if (!(error instanceof pg.DatabaseError) || outages.test(error.code ?? ''))
      throw new HistoryUnavailable(error instanceof Error ? error.message : String(error))
    throw error
  }
}

const texts = new Map<string, string>()

function numbered(sql: string): string {
  const known = texts.get(sql)
  if (known) return known
  let count = 0
  const text = sql.replace(/\?/g, () => `$${++count}`)
  texts.set(sql, text)
  return text
}

function lookUpSql({ select, by, orderBy, lock }: LookUp): string {
  const columns = by.map(({ name }) => name).join(', ')
  const arrays = by.map(({ type }) => `?::${type}[]`).join(', ')
  const order = orderBy ? `${columns}, ${orderBy}` : columns
  return `${select} WHERE (${columns}) IN (SELECT * FROM unnest(${arrays}))
    ORDER BY ${order}${lock ? ' FOR UPDATE' : ''}`
}

const insertion = ({ name, columns }: Table): string =>
  `INSERT INTO ${name} (${columns.map((column) => column.name).join(', ')})
   SELECT * FROM unnest(${columns.map(({ type }) => `?::${type}[]`).join(', ')})`

function update({ name, columns }: Table): string {
  const names = columns.map((column) => column.name)
  const key = names.at(-1)
  return `UPDATE ${name} SET ${names
    .slice(0, -1)
    .map((column) => `${column} = new.${column}`)
    .join(', ')}
    FROM unnest(${columns.map(({ type }) => `?::${type}[]`).join(', ')}) AS new (${names.join(', ')})
    WHERE ${name}.${key} = new.${key}`
}

const transposed = (rows: readonly (readonly Value[])[]): Value[][] =>
  (rows[0] ?? []).map((_, column) => rows.map((row) => row[column] ?? null))
