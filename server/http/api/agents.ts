import * as v from 'valibot'
import { type Agent, Password, Role, type SignedInAgent } from '../../../shared/agent.ts'
import { AgentId } from '../../../shared/ids.ts'
import { limits } from '../../../shared/limits.ts'
import { failure } from '../../../shared/result.ts'
import { email, line } from '../../../shared/text/fields.ts'
import type { Domain } from '../../domain/domain.ts'
import { agentRoute, created, ok, reply } from '../route.ts'

const one = { id: AgentId }
const NewAgent = v.strictObject({
  email,
  name: line(limits.nameCharacters),
  role: Role,
  password: Password,
})
const AgentChange = v.strictObject({
  name: v.optional(line(limits.nameCharacters)),
  role: v.optional(Role),
  active: v.optional(v.boolean()),
  password: v.optional(Password),
})

const shown =
  (domain: Domain) =>
  ({ id, email, name, role, active, createdAt }: Agent): object => ({
    id,
    email,
    name,
    role,
    active,
    createdAt,
    status: domain.agents.statusOf(id),
  })

/** Only an owner makes owners or touches their accounts: an administrator must not promote themselves. */
const mayChange = (by: SignedInAgent, ...roles: (Role | undefined)[]): boolean =>
  by.role === 'owner' || !roles.includes('owner')

const ownersOnly = () => failure('forbidden', 'Only an owner can do this to an owner.')
const missing = () => failure('not_found', 'There is no such account.')

export const agentRoutes = [
  agentRoute({
    method: 'get',
    path: '/api/v1/agents',
    summary: 'All accounts.',
    access: 'agents:write',
    answer: async ({ call }) =>
      ok({ items: call.domain.agents.list().map(shown(call.domain)), nextCursor: null }),
  }),
  agentRoute({
    method: 'post',
    path: '/api/v1/agents',
    summary: 'Adds an account.',
    access: 'agents:write',
    body: NewAgent,
    async answer({ body, agent, call }) {
      if (!mayChange(agent, body.role)) return ownersOnly()
      return reply(await call.domain.agents.create(body), (made) => created(shown(call.domain)(made)))
    },
  }),
  agentRoute({
    method: 'get',
    path: '/api/v1/agents/:id',
    summary: 'One account.',
    access: 'agents:write',
    params: one,
    async answer({ params, call }) {
      const found = call.domain.agents.byId(params.id)
      return found ? ok(shown(call.domain)(found)) : missing()
    },
  }),
  agentRoute({
    method: 'patch',
    path: '/api/v1/agents/:id',
    summary: 'Changes an account. A new role or password, or switching it off, ends its sessions.',
    access: 'agents:write',
    params: one,
    body: AgentChange,
    async answer({ params, body, agent, call }) {
      const held = call.domain.agents.byId(params.id)
      if (!held) return missing()
      if (!mayChange(agent, held.role, body.role)) return ownersOnly()
      return reply(await call.domain.agents.change(params.id, body), (changed) =>
        ok(shown(call.domain)(changed)),
      )
    },
  }),
  agentRoute({
    method: 'delete',
    path: '/api/v1/agents/:id',
    summary: 'Switches an account off. It stays, since transcripts name it.',
    access: 'agents:write',
    params: one,
    async answer({ params, agent, call }) {
      const held = call.domain.agents.byId(params.id)
      if (!held) return missing()
      if (!mayChange(agent, held.role)) return ownersOnly()
      return reply(await call.domain.agents.change(params.id, { active: false }), (changed) =>
        ok(shown(call.domain)(changed)),
      )
    },
  }),
]
