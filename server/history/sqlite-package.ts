import { createRequire } from 'node:module'
import type Sqlite from 'better-sqlite3'

/** Where the embedded store's native part is not to be had for the Node at hand. */
export class SqliteMissing extends Error {
  override name = 'SqliteMissing'
}

/**
 * One package in two lines. The older one compiles for Nodes up to 22; compiled for 24 its statements end the process
 * when their memory is taken back. The newer one brings its native part along, for the Node-API 10 that Node 20 has not.
 */
export const sqlitePackage = (nodeApi = process.versions.napi): string =>
  Number(nodeApi) >= 10 ? 'better-sqlite3-node-api' : 'better-sqlite3'

let loaded: typeof Sqlite | undefined

/** Throws `SqliteMissing`. */
export function openDatabase(file: string, options?: Sqlite.Options): Sqlite.Database {
  loaded ??= load()
  return new loaded(file, options)
}

export const isSqliteFault = (fault: unknown): fault is InstanceType<typeof Sqlite.SqliteError> =>
  loaded !== undefined && fault instanceof loaded.SqliteError

/** Opened once, since the native part is not looked for before. */
function load(): typeof Sqlite {
  const name = sqlitePackage()
  try {
    const found: typeof Sqlite = createRequire(import.meta.url)(name)
    new found(':memory:').close()
    return found
  } catch (cause) {
    const compiler = name === 'better-sqlite3' ? ', which needs a C++ compiler and Python here' : ''
    throw new SqliteMissing(
      `The store's native part is not there for Node ${process.version}: run npm ci again with this Node${compiler}.`,
      { cause },
    )
  }
}
