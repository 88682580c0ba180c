import { may, type Permission } from '../../shared/agent.ts'
import type { AgentRequest } from '../../shared/protocol.ts'
import { agentRequests } from '../../shared/protocol.ts'
import { failure, type Result, success } from '../../shared/result.ts'
import { greetAgent } from './agent-arrival.ts'
import type { AgentHandlers } from './agent-handlers.ts'
import { agentTalk } from './agent-talk.ts'
import type { Door } from './gateway.ts'
import { helloRequest } from './hello.ts'
import { defineRequest, type Request } from './request.ts'
import type { AgentSeat } from './seats.ts'
import type { World } from './world.ts'

const needed: Record<AgentRequest, Permission> = {
  hello: 'conversations:read',
  'roster:watch': 'conversations:read',
  'roster:unwatch': 'conversations:read',
  'conversation:watch': 'conversations:read',
  'conversation:unwatch': 'conversations:read',
  'entries:since': 'conversations:read',
  'status:set': 'conversations:read',
  'message:send': 'conversations:write',
  'typing:set': 'conversations:write',
  'receipt:send': 'conversations:write',
  'conversation:close': 'conversations:write',
  'conversation:reopen': 'conversations:write',
  'conversation:assign': 'conversations:write',
  'conversation:tag': 'conversations:write',
  'conversation:prioritise': 'conversations:write',
  'survey:ask': 'conversations:write',
}

export function agentDoor(world: World): Door<AgentSeat> {
  const handlers: AgentHandlers = { hello: greetAgent(world), ...agentTalk(world) }
  const requests = new Map<string, Request<AgentSeat>>()
  const add = <Name extends AgentRequest>(name: Name): void => {
    requests.set(name, defineRequest(agentRequests[name], handlers[name]))
  }
  for (const name of Object.keys(handlers)) if (isRequest(name)) add(name)
  const hello = requests.get('hello')
  if (hello) requests.set('hello', helloRequest(hello))
  return {
    requests,
    authorise: (seat, name) => allowed(world, seat, name),
    who: (seat) => ({ person: seat.agentId, socket: seat.agentId, address: seat.addressKey }),
  }
}

const isRequest = (name: string): name is AgentRequest => Object.hasOwn(agentRequests, name)

/** Roles change while sockets are open, so each request is held against the role of now. */
function allowed(world: World, seat: AgentSeat, name: string): Result<unknown> {
  const agent = world.domain.agents.byId(seat.agentId)
  if (!agent?.active) return failure('unauthenticated', 'Sign in again.')
  if (!seat.greeted && name !== 'hello') return failure('unauthenticated', 'Say hello first.')
  if (!isRequest(name) || !may(agent.role, needed[name]))
    return failure('forbidden', 'Your role does not allow this.')
  return success(null)
}
