/** What a column holds and a parameter carries. Yes and no are stored as 1 and 0. */
export type Value = string | number | Uint8Array | null
/** An alias of an object type fits; an interface does not. */
export type Row = Record<string, Value>

export interface Column {
  name: string
  type: 'text' | 'bigint'
}

export const text = (name: string): Column => ({ name, type: 'text' })
export const bigint = (name: string): Column => ({ name, type: 'bigint' })

/** A table that is written many rows at a time; the last column is the one `updateMany` finds rows by. */
export interface Table {
  name: string
  columns: readonly Column[]
}

/** Rows whose `by` columns equal any of the keys. */
export interface LookUp {
  /** Up to and without `WHERE`. */
  select: string
  by: readonly Column[]
  keys: readonly (readonly Value[])[]
  /** Within each key; the order of the keys themselves is the engine's. */
  orderBy?: string
  /** Keeps other nodes from changing these rows until the transaction ends. */
  lock?: boolean
}

/** What a batch needs to know before it is decided. */
export interface LookUps {
  /** SQL that both engines understand, with `?` for each parameter. */
  all<R extends Row>(sql: string, params?: readonly Value[]): Promise<R[]>
  lookUp<R extends Row>(lookUp: LookUp): Promise<R[]>
  /** The `count` numbers that rows to be inserted into the table shall have. */
  takeNumbers(table: string, count: number): Promise<number[]>
  /** Holds other nodes' transactions that ask for any of the same names until this one ends. */
  lock(names: readonly string[]): Promise<void>
}

export interface Queries extends LookUps {
  /** How many rows it changed. */
  run(sql: string, params?: readonly Value[]): Promise<number>
  insertMany(table: Table, rows: readonly (readonly Value[])[]): Promise<void>
  updateMany(table: Table, rows: readonly (readonly Value[])[]): Promise<void>
}

export type Work<T> = (queries: Queries) => Promise<T>

/** An engine that can leave a flush to the next transaction. */
export interface Deferring {
  /**
   * All or nothing, but on the disk only with the next `transaction`: for what is done again from the disk if it
   * is lost. Nothing flushed later is ever there without it.
   */
  unflushed<T>(run: Work<T>): Promise<T>
}

export interface Engine extends Queries {
  dialect: Dialect
  /** All or nothing, and flushed to disk when it resolves. Failures of the engine are `HistoryUnavailable`. */
  transaction<T>(run: Work<T>): Promise<T>
  close(): Promise<void>
}

/** The few words in which the engines' table definitions differ. */
export interface Dialect {
  name: 'sqlite' | 'postgres'
  /** Type of identifiers: compared byte by byte, so that they sort by age. */
  id: string
  /** Type of the primary key that `takeNumbers` fills. */
  number: string
  /** Type of what is no text. */
  bytes: string
  /** Ends a table whose rows lie in the order of their primary key. */
  clustered: string
  /** Ends a query whose rows are taken and which leaves to others what they have taken. */
  skipTaken: string
}
