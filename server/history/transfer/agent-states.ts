import * as v from 'valibot'
import { AgentStatus } from '../../../shared/agent.ts'
import { AgentId } from '../../../shared/ids.ts'
import { count } from '../../../shared/text/fields.ts'
import { type AgentStateRow, agentStates as table } from '../records/agent-states.ts'
import { atOnce, type Kind, parseLine } from './kind.ts'

const Line = v.strictObject({ agentId: AgentId, server: v.string(), at: count, state: AgentStatus })
type Line = v.InferOutput<typeof Line>

/** When agents were there. */
export const agentStates: Kind = {
  name: 'agent-states',
  async *lines(queries) {
    for (let after = ['', '', 0]; ; ) {
      const rows = await queries.all<AgentStateRow>(
        `SELECT agent_id, server, at, state FROM agent_states WHERE (agent_id, server, at) > (?, ?, ?)
         ORDER BY agent_id, server, at LIMIT ?`,
        [...after, atOnce],
      )
      const last = rows.at(-1)
      if (!last) return
      yield rows.map(({ agent_id: agentId, server, at, state }) => {
        const line: Line = { agentId, server, at, state }
        return JSON.stringify(line)
      })
      after = [last.agent_id, last.server, last.at]
    }
  },
  store: (queries, lines) =>
    queries.insertMany(
      table,
      lines.map((line) => {
        const { agentId, server, at, state } = parseLine(Line, line)
        return [agentId, server, at, state]
      }),
    ),
}
