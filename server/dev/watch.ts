import { type ChildProcess, spawn } from 'node:child_process'
import { watch } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/*
 * `npm run dev`: builds, serves a living demo house from a data directory of its own, and does both
 * again whenever a source changes. A build that fails leaves the running server as it is.
 */
const rooms = ['shared', 'widget', 'server', 'agent-console']
/** Editors write a file in several steps. */
const settled = 150

/** Run as this file is: the flags that let Node read TypeScript are handed on. */
const buildArgs = [...process.execArgv, 'server/dev/build.ts']

const ownData = await mkdtemp(join(tmpdir(), 'ahlan-dev-'))
const env = { DATA_DIR: ownData, AHLAN_SEED: 'demo', ...process.env }

let server: ChildProcess | null = null
let underWay = false
let again = false
let timer: NodeJS.Timeout | undefined

for (const room of rooms) watch(room, { recursive: true }, changed)
process.on('SIGINT', leave)
process.on('SIGTERM', leave)
await renew()

function changed(): void {
  clearTimeout(timer)
  timer = setTimeout(() => void renew(), settled)
}

/** One at a time; what changes meanwhile is built afterwards. */
async function renew(): Promise<void> {
  if (underWay) {
    again = true
    return
  }
  underWay = true
  do {
    again = false
    if (await ends(spawn(process.execPath, buildArgs, { stdio: 'inherit' }))) await restart()
  } while (again)
  underWay = false
}

async function restart(): Promise<void> {
  if (server) await stop(server)
  server = spawn(process.execPath, ['dist/server/main.js'], { stdio: 'inherit', env })
}

async function stop(running: ChildProcess): Promise<void> {
  if (running.exitCode !== null || running.signalCode !== null) return
  running.kill('SIGTERM')
  await ends(running)
}

function ends(child: ChildProcess): Promise<boolean> {
  return new Promise((resolve) => {
    child.once('exit', (code) => resolve(code === 0))
  })
}

async function leave(): Promise<void> {
  if (server) await stop(server)
  await rm(ownData, { recursive: true, force: true })
  process.exit(0)
}
