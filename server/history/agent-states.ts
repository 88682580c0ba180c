import type { AgentStatus } from '../../shared/agent.ts'
import type { AgentId } from '../../shared/ids.ts'

/** From this moment on the agent was so, as one server saw it. */
export interface AgentState {
  agentId: AgentId
  /** Made anew by each process. */
  server: string
  /** ms. */
  at: number
  state: AgentStatus
}

/** When agents were there. What a server saw holds until it said otherwise, or until its last sign of life. */
export interface AgentStateHistory {
  /** Again for the same agent, server and moment changes nothing. */
  record(states: readonly AgentState[]): Promise<void>
  /**
   * A server's sign of life. Whom a server that has fallen silent left behind counts as offline since its last one;
   * what is older than a report can ask for is deleted.
   */
  sign(server: string, at: number): Promise<void>
}
