import { closeSync, openSync } from 'node:fs'
import type Sqlite from 'better-sqlite3'
import type { Deferring, Dialect, Engine, LookUp, Queries, Row, Table, Value, Work } from './engine.ts'
import { HistoryLost, HistoryUnavailable } from './history.ts'
import { sameFiles } from './same-files.ts'
import { isSqliteFault, openDatabase } from './sqlite-package.ts'

const dialect: Dialect = {
  name: 'sqlite',
  id: 'TEXT',
  number: 'INTEGER PRIMARY KEY',
  bytes: 'BLOB',
  clustered: 'WITHOUT ROWID',
  skipTaken: '',
}

type Statement = Sqlite.Statement<(readonly Value[])[], Row>

export interface SqliteEngine extends Engine, Deferring {
  /** Copies what the write-ahead log holds into the database, as far as that keeps nobody waiting. */
  checkpoint(): void
  /** Writes the database anew, without what was deleted. */
  rewrite(): void
  /** Empties the write-ahead log; false when somebody who reads keeps it from that. */
  emptyLog(): boolean
}

/**
 * One connection, used from a thread of its own. Nothing here really waits: the promises are
 * those of the interface, so that one SQL implementation serves both engines.
 */
export function openSqlite(file: string, role: 'writer' | 'reader'): SqliteEngine {
  if (role === 'writer') closeSync(openSync(file, 'a', 0o600))
  const database = openDatabase(file, { timeout: 2_000 })
  // A reader finds it so, or only looks, and then changes nothing.
  if (role === 'writer') database.pragma('journal_mode = WAL')
  database.pragma('synchronous = FULL')
  database.pragma('cache_size = -65536')
  database.pragma('wal_autocheckpoint = 64000')
  if (role === 'reader') database.pragma('query_only = ON')

  const files = role === 'writer' ? sameFiles(file) : null
  const stillThere = files?.check ?? (() => undefined)
  const queries = sqliteQueries(database)
  const { transaction, unflushed } = transactions(database, queries, stillThere)
  return {
    ...queries,
    dialect,
    transaction,
    unflushed,
    checkpoint: () => {
      attempt(() => database.pragma('wal_checkpoint(PASSIVE)'))
    },
    rewrite: () => {
      attempt(() => database.exec('VACUUM'))
    },
    emptyLog: () => attempt(() => database.pragma('wal_checkpoint(TRUNCATE)', { simple: true }) === 0),
    close: async () => {
      try {
        if (role === 'writer') await transaction(async () => undefined)
      } finally {
        database.close()
        files?.leave()
      }
    },
  }
}

function sqliteQueries(database: Sqlite.Database): Queries {
  const statements = new Map<string, Statement>()
  const prepared = (sql: string): Statement => {
    const known = statements.get(sql)
    if (known) return known
    const statement = database.prepare<(readonly Value[])[], Row>(sql)
    statements.set(sql, statement)
    return statement
  }
  return {
    all: async <R extends Row>(sql: string, params: readonly Value[] = []) =>
      attempt(() => rowsOf<R>(prepared(sql), params)),
    run: async (sql, params = []) => attempt(() => prepared(sql).run(params).changes),
    lookUp: async <R extends Row>({ select, by, keys, orderBy }: LookUp) => {
      const order = orderBy ? ` ORDER BY ${orderBy}` : ''
      const statement = prepared(
        `${select} WHERE ${by.map(({ name }) => `${name} = ?`).join(' AND ')}${order}`,
      )
      return attempt(() => keys.flatMap((key) => rowsOf<R>(statement, key)))
    },
    insertMany: async (table, rows) => attempt(() => runEach(prepared(insertion(table)), rows)),
    updateMany: async (table, rows) => attempt(() => runEach(prepared(update(table)), rows)),
    takeNumbers: async (table, count) => {
      const statement = prepared(`SELECT COALESCE(MAX(number), 0) AS last FROM ${table}`)
      const last = Number(attempt(() => statement.get([]))?.last)
      return Array.from({ length: count }, (_, index) => last + 1 + index)
    },
    lock: async () => undefined,
  }
}

const rowsOf = <R extends Row>(statement: Statement, params: readonly Value[]): R[] =>
  statement.all(params) as R[]

function runEach(statement: Statement, rows: readonly (readonly Value[])[]): void {
  for (const row of rows) statement.run(row)
}

const insertion = ({ name, columns }: Table): string =>
  `INSERT INTO ${name} (${columns.map((column) => column.name).join(', ')})
   VALUES (${columns.map(() => '?').join(', ')})`

const update = ({ name, columns }: Table): string =>
  `UPDATE ${name} SET ${columns
    .slice(0, -1)
    .map((column) => `${column.name} = ?`)
    .join(', ')} WHERE ${columns.at(-1)?.name} = ?`

/** One at a time: the connection can hold only one transaction. */
function transactions(
  database: Sqlite.Database,
  queries: Queries,
  stillThere: () => void,
): Pick<Engine & Deferring, 'transaction' | 'unflushed'> {
  const begin = database.prepare('BEGIN IMMEDIATE')
  const commit = database.prepare('COMMIT')
  let last: Promise<unknown> = Promise.resolve()
  const run = async <T>(work: Work<T>): Promise<T> => {
    // One that could not be taken back stands in the way of every other.
    if (database.inTransaction) throw stuck()
    attempt(() => begin.run())
    try {
      const result = await work(queries)
      attempt(() => commit.run())
      stillThere()
      return result
    } finally {
      if (database.inTransaction) rollBack(database)
    }
  }
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = last.then(work)
    last = result.catch(() => undefined)
    return result
  }
  return {
    transaction: (work) => inTurn(() => run(work)),
    unflushed: (work) =>
      inTurn(async () => {
        // The log is one file, written in order: the next flush takes along what stands before it.
        database.pragma('synchronous = NORMAL')
        try {
          return await run(work)
        } finally {
          if (!database.inTransaction) database.pragma('synchronous = FULL')
        }
      }),
  }
}

function rollBack(database: Sqlite.Database): void {
  try {
    database.exec('ROLLBACK')
  } catch (error) {
    throw stuck(error)
  }
}

const stuck = (cause?: unknown): HistoryLost =>
  new HistoryLost(
    `A transaction could not be taken back${cause instanceof Error ? `: ${cause.message}` : '.'}`,
    { cause },
  )

const outages = /^SQLITE_(FULL|IOERR|BUSY|CANTOPEN|READONLY|NOMEM|PROTOCOL)/

function attempt<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (isSqliteFault(error) && outages.test(error.code))
      throw new HistoryUnavailable(`${error.code}: ${error.message}`)
    throw error
  }
}
