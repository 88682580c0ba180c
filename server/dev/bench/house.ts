import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp } from '../../app.ts'
import { openStores } from '../../stores.ts'
import { systemClock, systemRandom } from '../../system.ts'
import { answerLines } from './answer-lines.ts'

/** The whole server as people run it; only the limits on one address are lifted, since the load has one. */
const dataDir = process.argv[2] ?? mkdtempSync(join(tmpdir(), 'ahlan-bench-'))
const agents = 20
const unlimited = { burst: 1_000_000_000, refillMs: 0.001 }
const mute = () => undefined

const stores = await openStores({ dataDir, databaseUrl: null, clock: systemClock, onFault: mute })
const { history, workspace, files } = stores
const app = await createApp(
  {
    ...{ history, workspace, files, clock: systemClock, random: systemRandom },
    log: { debug: mute, info: mute, warn: mute, error: mute },
  },
  {
    port: 0,
    host: '127.0.0.1',
    publicUrl: null,
    trustProxyHops: 0,
    firstOwner: null,
    publicDir: 'dist/public',
    passwordCost: { N: 1_024, r: 8, p: 1 },
    requestAllowance: unlimited,
    live: {
      rateLimits: {
        person: { requests: unlimited, messages: unlimited },
        socket: { tokens: unlimited },
        address: { requests: unlimited, messages: unlimited },
      },
      socketsPerAddress: 100_000,
    },
  },
)
await app.listen()
answerLines({ port: app.port(), cookies: await agentCookies() })

async function agentCookies(): Promise<string[]> {
  const cookies: string[] = []
  for (let number = 0; number < agents; number++) cookies.push(await agentCookie(number))
  return cookies
}

async function agentCookie(number: number): Promise<string> {
  const account = { email: `agent${number}@example.com`, password: 'correct horse battery' }
  if (!app.domain.agents.list().some(({ email }) => email === account.email)) {
    const made = await app.domain.agents.create({
      ...account,
      name: `Agent ${number}`,
      role: number === 0 ? 'owner' : 'agent',
    })
    if (!made.ok) throw new Error(made.error.message)
  }
  const session = await app.domain.sessions.signIn(account, `10.0.0.${number}`)
  if (!session.ok) throw new Error(session.error.message)
  return `__Host-ahlan=${session.value.token}`
}
