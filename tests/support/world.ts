import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type App, type AppConfig, createApp } from '../../server/app.ts'
import type { Clock } from '../../server/domain/ports.ts'
import { diskFiles } from '../../server/files/disk-files.ts'
import type { History } from '../../server/history/history.ts'
import { openHistory } from '../../server/history/open.ts'
import { type RateLimits, defaultRateLimits as usualLimits } from '../../server/live/rate-limit.ts'
import { createLog } from '../../server/log.ts'
import { systemClock, systemRandom } from '../../server/system.ts'
import { openWorkspace } from '../../server/workspace/open.ts'
import type { Workspace } from '../../server/workspace/workspace.ts'
import type { Agent, Role } from '../../shared/agent.ts'
import { type Client, signIn } from './client.ts'
import type { HandClock } from './clock.ts'

export interface WorldOptions extends Partial<AppConfig> {
  clock?: Clock
}

/** The whole application on a port of its own, with a fresh data directory and one owner. */
export interface World {
  url: string
  app: App
  history: History
  workspace: Workspace
  dataDir: string
  /** Every log line so far. */
  log: string[]
  /** Signs the owner in, or whoever is named. */
  signIn(credentials?: { email: string; password: string }): Promise<Client>
  /** Makes an account with this role and signs it in. */
  signInAs(role: Role): Promise<Client>
  addAgent(role: Role, email?: string): Promise<Agent>
  close(): Promise<void>
}

export const owner = { email: 'sara@example.com', password: 'correct horse battery' }

/** Thousands of times cheaper than the real cost, which has tests of its own. */
const cheap = { N: 2 ** 10, r: 8, p: 1 }
const generous = { burst: 100_000, refillMs: 0.01 }

/** For tests in which people do in a moment what takes them an hour. */
export const noHurry: RateLimits = {
  person: { requests: generous, messages: generous },
  socket: { tokens: generous },
  address: { requests: generous, messages: generous },
}

/** As many at once as ever; whoever is told to wait waits a tenth of the time. */
export const soonAgain: RateLimits = {
  person: {
    requests: {
      burst: usualLimits.person.requests.burst,
      refillMs: usualLimits.person.requests.refillMs / 10,
    },
    messages: {
      burst: usualLimits.person.messages.burst,
      refillMs: usualLimits.person.messages.refillMs / 10,
    },
  },
  address: usualLimits.address,
}

export async function openWorld({ clock = systemClock, ...config }: WorldOptions = {}): Promise<World> {
  const dataDir = await mkdtemp(join(tmpdir(), 'ahlan-'))
  const log: string[] = []
  const workspace = await openWorkspace({ dataDir })
  const history = await openHistory({ dataDir, clock })
  const app = await createApp(
    {
      ...{ history, workspace, clock, random: systemRandom },
      files: diskFiles(join(dataDir, 'files')),
      log: createLog({ level: 'debug', clock, write: (line) => log.push(line) }),
    },
    { ...usual, ...config },
  )
  await app.listen()
  const url = `http://127.0.0.1:${app.port()}`

  const addAgent = async (role: Role, email = `${role}@example.com`): Promise<Agent> => {
    const made = await app.domain.agents.create({ email, name: role, role, password: owner.password })
    if (!made.ok) throw new Error(made.error.message)
    return made.value
  }
  const world: World = {
    ...{ url, app, history, workspace, dataDir, log, addAgent },
    signIn: (credentials = owner) => signIn(url, credentials),
    async signInAs(role) {
      const { email } = await addAgent(role)
      return signIn(url, { email, password: owner.password })
    },
    async close() {
      await letTimePass(clock, app.stop())
      await rm(dataDir, { recursive: true, force: true })
    },
  }
  return world
}

/** A stop waits a little for others; time that moves by hand only has to be moved for it. */
async function letTimePass(clock: Clock | HandClock, stopped: Promise<void>): Promise<void> {
  if (!('advance' in clock)) return stopped
  let going = true
  const done = stopped.finally(() => {
    going = false
  })
  while (going) {
    clock.advance(10)
    await new Promise((resolve) => setImmediate(resolve))
  }
  return done
}

const usual: AppConfig = {
  port: 0,
  host: '127.0.0.1',
  publicUrl: null,
  trustProxyHops: 0,
  firstOwner: owner,
  publicDir: 'dist/public',
  passwordCost: cheap,
  requestAllowance: generous,
}
