import { type Agent, type Colleague, may, type Role } from '../../shared/agent.ts'
import { type AgentId, makeId } from '../../shared/ids.ts'
import { failure, type Result, success } from '../../shared/result.ts'
import type { Workspace as Document } from '../../shared/workspace.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { AgentStatuses } from './agents-status.ts'
import type { Agents } from './domain.ts'
import type { Passwords } from './passwords.ts'
import type { Clock, Log, Random } from './ports.ts'
import type { SessionEnding } from './sessions-ending.ts'

export interface AgentsParts {
  workspace: Workspace
  ending: SessionEnding
  passwords: Passwords
  clock: Clock
  random: Random
  log: Log
}

type NewAgent = { email: string; name: string; role: Role; password: string }
type Change = { name?: string; role?: Role; active?: boolean; password?: string }

export function createAgents(parts: AgentsParts): Agents {
  const { workspace } = parts
  const statuses = new AgentStatuses(parts.clock, parts.log)
  const list = () => workspace.read().agents
  const active = () => list().filter((agent) => agent.active)

  return {
    list,
    byId: (id) => list().find((agent) => agent.id === id) ?? null,
    create: (draft) => create(parts, draft),
    change: (id, wanted) => change(parts, id, wanted),
    colleagues: () => active().map((agent) => colleague(agent, statuses)),
    connected: (id) => statuses.connected(id),
    disconnected: (id) => statuses.disconnected(id),
    statusOf: (id) => statuses.of(id),
    setStatus: (id, status) => statuses.set(id, status),
    somebodyCanAnswer: () =>
      active().some((agent) => may(agent.role, 'conversations:write') && statuses.of(agent.id) === 'online'),
    onStatusChange: (listener) => statuses.onChange(listener),
  }
}

async function create(parts: AgentsParts, draft: NewAgent): Promise<Result<Agent>> {
  const hashed = await parts.passwords.hash(draft.password)
  if (!hashed.ok) return hashed
  const agent: Agent = {
    id: makeId('a', parts.clock.now(), parts.random.bytes(10)),
    email: draft.email.trim().toLowerCase(),
    name: draft.name.trim(),
    role: draft.role,
    passwordHash: hashed.value,
    active: true,
    createdAt: parts.clock.now(),
  }
  return parts.workspace.change((document) => {
    if (document.agents.some((one) => one.email === agent.email))
      return failure('conflict', 'There is an account with this e-mail already.', { path: 'email' })
    document.agents.push(agent)
    return success(agent)
  })
}

async function change(parts: AgentsParts, id: AgentId, wanted: Change): Promise<Result<Agent>> {
  const hashed = wanted.password === undefined ? null : await parts.passwords.hash(wanted.password)
  if (hashed && !hashed.ok) return hashed

  let accessChanged = false
  const changed = await parts.workspace.change((document) => {
    const index = document.agents.findIndex((one) => one.id === id)
    const held = document.agents[index]
    if (!held) return failure('not_found', 'There is no such account.')
    const agent = applied(held, wanted, hashed?.value)
    document.agents[index] = agent
    if (!hasOwner(document))
      return failure('conflict', 'At least one active owner must remain.', { path: 'role' })
    accessChanged = losesAccess(held, agent)
    return success(agent)
  })
  if (changed.ok && accessChanged) await parts.ending.endAllOf(id)
  return changed
}

const applied = (agent: Agent, wanted: Change, passwordHash = agent.passwordHash): Agent => ({
  ...agent,
  name: wanted.name?.trim() ?? agent.name,
  role: wanted.role ?? agent.role,
  active: wanted.active ?? agent.active,
  passwordHash,
})

const hasOwner = (document: Document): boolean =>
  document.agents.some((agent) => agent.active && agent.role === 'owner')

/** Whoever signed in under the old password, role or standing must sign in anew. */
const losesAccess = (before: Agent, after: Agent): boolean =>
  before.role !== after.role || before.passwordHash !== after.passwordHash || (before.active && !after.active)

const colleague = ({ id, name, role }: Agent, statuses: AgentStatuses): Colleague => ({
  id,
  name,
  role,
  status: statuses.of(id),
})
