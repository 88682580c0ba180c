import { createHash, timingSafeEqual } from 'node:crypto'
import type { Agent, Credentials, SignedInAgent } from '../../shared/agent.ts'
import { times } from '../../shared/limits.ts'
import { failure, type Result, success } from '../../shared/result.ts'
import type { SessionHistory } from '../history/history.ts'
import type { Workspace } from '../workspace/workspace.ts'
import type { Agents, Sessions } from './domain.ts'
import type { Passwords } from './passwords.ts'
import type { Clock, Random } from './ports.ts'
import type { SessionEnding } from './sessions-ending.ts'
import { SignInThrottle } from './sessions-throttle.ts'

export interface SessionsParts {
  sessions: SessionHistory
  ending: SessionEnding
  workspace: Workspace
  agents: Agents
  passwords: Passwords
  clock: Clock
  random: Random
}

type Opened = Result<{ token: string; agent: SignedInAgent }>

export function createSessions(parts: SessionsParts): Sessions {
  const throttle = new SignInThrottle(parts.clock)
  const secret = randomToken(parts.random)
  let settingUp = false
  const hasOwner = () => parts.workspace.read().agents.some((agent) => agent.role === 'owner')

  return {
    signIn: (credentials, address) => signIn(parts, throttle, credentials, address),
    authenticate: (token) => authenticate(parts, token),
    signOut: (token) => parts.ending.end(sessionHash(token)),
    onEnded: parts.ending.onEnded,
    setupSecret: () => (hasOwner() ? null : secret),
    async setUp(given, owner) {
      if (!equal(given, secret)) return failure('forbidden', 'This setup address is not the current one.')
      if (hasOwner() || settingUp) return failure('conflict', 'There is an owner already: sign in.')
      settingUp = true
      const made = await parts.agents.create({ ...owner, role: 'owner' }).finally(() => {
        settingUp = false
      })
      return made.ok ? open(parts, made.value) : made
    },
  }
}

async function signIn(
  parts: SessionsParts,
  throttle: SignInThrottle,
  credentials: Credentials,
  address: string,
): Promise<Opened> {
  const attempt = throttle.begin(credentials.email, address)
  if (attempt.waitMs > 0)
    return failure('rate_limited', 'Too many attempts. Wait a moment.', { retryAfterMs: attempt.waitMs })

  const agent = accountOf(parts.workspace, credentials.email)
  const checked = await parts.passwords.check(credentials.password, agent?.passwordHash ?? null)
  if (!checked.ok) return checked
  // Inactive accounts answer as unknown ones do, after the same work.
  if (!agent?.active || !checked.value.right)
    return failure('unauthenticated', 'The e-mail or the password is not right.')

  attempt.succeeded()
  if (checked.value.outdated) await rehash(parts, agent, credentials.password)
  return open(parts, agent)
}

async function authenticate(parts: SessionsParts, token: string): Promise<SignedInAgent | null> {
  const session = await parts.sessions.find(sessionHash(token), parts.clock.now())
  if (!session) return null
  const agent = parts.agents.byId(session.agentId)
  return agent?.active ? shown(agent) : null
}

async function open(parts: SessionsParts, agent: Agent): Promise<Opened> {
  const token = randomToken(parts.random)
  const createdAt = parts.clock.now()
  await parts.sessions.create(sessionHash(token), {
    agentId: agent.id,
    createdAt,
    expiresAt: createdAt + times.agentSession,
  })
  return success({ token, agent: shown(agent) })
}

/** The cost of hashing has been raised since: the next chance is when we see the password again. */
async function rehash(parts: SessionsParts, agent: Agent, password: string): Promise<void> {
  const hashed = await parts.passwords.hash(password)
  if (!hashed.ok) return
  await parts.workspace.change((document) => {
    const held = document.agents.find((one) => one.id === agent.id)
    if (held?.passwordHash === agent.passwordHash) held.passwordHash = hashed.value
    return success(undefined)
  })
}

const accountOf = (workspace: Workspace, email: string): Agent | null =>
  workspace.read().agents.find((agent) => agent.email === email.trim().toLowerCase()) ?? null

const shown = ({ id, email, name, role }: Agent): SignedInAgent => ({ id, email, name, role })

/** 256 bits need no slow hash: nobody can guess them. */
export const sessionHash = (token: string): string => createHash('sha256').update(token).digest('base64url')

const randomToken = (random: Random): string => Buffer.from(random.bytes(32)).toString('base64url')

const equal = (one: string, other: string): boolean =>
  timingSafeEqual(Buffer.from(sessionHash(one)), Buffer.from(sessionHash(other)))
