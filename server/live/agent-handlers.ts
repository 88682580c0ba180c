import type { SignedInAgent } from '../../shared/agent.ts'
import type { AgentAnswers, AgentInput, AgentRequest } from '../../shared/protocol.ts'
import type { Handler } from './request.ts'
import type { AgentSeat } from './seats.ts'
import type { World } from './world.ts'

/** One handler for each request an agent can make. */
export type AgentHandlers = {
  [Name in AgentRequest]: Handler<AgentSeat, AgentInput<Name>, AgentAnswers[Name]>
}

/** Who sits there. The door has just let them through, so they exist. */
export function signedIn({ domain }: World, seat: AgentSeat): SignedInAgent {
  const agent = domain.agents.byId(seat.agentId)
  if (!agent) throw new Error('An agent without an account passed the door.')
  const { id, email, name, role } = agent
  return { id, email, name, role }
}
