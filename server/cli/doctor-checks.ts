import { access, constants, stat, statfs } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { readConfig } from '../config.ts'
import { DirectoryInUse, lockDirectory } from '../history/directory-lock.ts'
import { inspectHistory } from '../history/inspect.ts'
import { openDatabase } from '../history/sqlite-package.ts'
import { nodeFits, unfitNode } from '../node-range.ts'
import { storedDocument } from '../workspace/stored.ts'
import type { Desk } from './command.ts'
import { exists } from './place.ts'

export interface Finding {
  state: 'ok' | 'hint' | 'fault'
  text: string
}

interface Check {
  what: string
  look(desk: Desk): Promise<Finding>
}

const ok = (text = ''): Finding => ({ state: 'ok', text })
const hint = (text: string): Finding => ({ state: 'hint', text })
const fault = (text: string): Finding => ({ state: 'fault', text })

const { node } = process.versions

const configIn = ({ env }: Desk) => readConfig(env).config

export const checks: readonly Check[] = [
  {
    what: 'Node',
    look: async () => (nodeFits(node) ? ok(node) : fault(unfitNode(node))),
  },
  { what: 'Settings', look: async ({ env }) => settings(readConfig(env).faults) },
  { what: 'Native part', look: nativePart },
  { what: 'Built files', look: builtFiles },
  { what: 'Data directory', look: dataDirectory },
  { what: 'Workspace', look: workspace },
  { what: 'History', look: history },
  { what: 'Disk space', look: diskSpace },
  { what: 'Port', look: port },
  { what: 'Public address', look: publicAddress },
]

const settings = (faults: readonly string[]): Finding => (faults.length > 0 ? fault(faults.join('; ')) : ok())

async function nativePart(): Promise<Finding> {
  const database = openDatabase(':memory:')
  try {
    return ok(`SQLite ${String(database.prepare('SELECT sqlite_version()').pluck().get())}`)
  } finally {
    database.close()
  }
}

async function builtFiles({ publicDir }: Desk): Promise<Finding> {
  return (await exists(join(publicDir, 'widget.js'))) ? ok() : fault('not built: run npm run build')
}

async function dataDirectory(desk: Desk): Promise<Finding> {
  const { dataDir } = configIn(desk)
  if (!(await exists(dataDir))) return ok(`${dataDir} is made at the first start`)
  await access(dataDir, constants.R_OK | constants.W_OK | constants.X_OK)
  if (await isHeld(dataDir)) return ok(`${dataDir}, held by the running server`)
  const { mode } = await stat(dataDir)
  return mode & 0o077 ? hint(`others may look into ${dataDir}: chmod 700 it`) : ok(dataDir)
}

/** Trying the lock would make its file where there is none. */
async function isHeld(dataDir: string): Promise<boolean> {
  if (!(await exists(join(dataDir, 'lock')))) return false
  try {
    lockDirectory(dataDir).release()
    return false
  } catch (fault) {
    if (fault instanceof DirectoryInUse) return true
    throw fault
  }
}

async function workspace(desk: Desk): Promise<Finding> {
  const { sites, agents } = await storedDocument(configIn(desk).dataDir)
  if (!agents.some(({ role, active }) => role === 'owner' && active))
    return hint('no owner yet: run owner create, or open the set-up address')
  return ok(`${sites.length} sites, ${agents.length} agents`)
}

async function history(desk: Desk): Promise<Finding> {
  const schema = await inspectHistory(configIn(desk))
  if (schema === 'none') return ok('made at the first start')
  return schema === 'older' ? hint('its schema is brought up to date at the next start') : ok()
}

const [little, tooLittle] = [1024 ** 3, 64 * 1024 ** 2]

async function diskSpace(desk: Desk): Promise<Finding> {
  const { dataDir } = configIn(desk)
  const { bavail, bsize } = await statfs((await exists(dataDir)) ? dataDir : '.')
  const free = bavail * bsize
  const text = `${Math.floor(free / 1024 ** 2)} MB free`
  if (free < tooLittle) return fault(text)
  return free < little ? hint(text) : ok(text)
}

async function port(desk: Desk): Promise<Finding> {
  const { port: wanted, host, dataDir } = configIn(desk)
  if (await isFree(wanted, host)) return ok(`${host}:${wanted} is free`)
  if (await isHeld(dataDir)) return ok(`${host}:${wanted} is taken, most likely by the running server`)
  return fault(`something else listens on ${host}:${wanted}: set PORT`)
}

function isFree(wanted: number, host: string): Promise<boolean> {
  const probe = createServer()
  return new Promise((resolve, reject) => {
    probe.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(false) : reject(error),
    )
    probe.listen(wanted, host, () => probe.close(() => resolve(true)))
  })
}

async function publicAddress(desk: Desk): Promise<Finding> {
  const { publicUrl, host, trustProxyHops } = configIn(desk)
  const isLocal = host === '127.0.0.1' || host === '::1' || host === 'localhost'
  if (!publicUrl)
    return isLocal
      ? hint('PUBLIC_URL is not set: for this machine only')
      : hint(`PUBLIC_URL is not set, and ${host} is open to others`)
  if (!publicUrl.startsWith('https:'))
    return hint(`${publicUrl} is not https: passwords would travel readable`)
  if (trustProxyHops === 0)
    return hint('TRUST_PROXY_HOPS is 0: behind a proxy all visitors would seem to be one')
  return ok(publicUrl)
}
