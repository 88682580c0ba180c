import { day } from '../../../shared/limits.ts'
import type { AgentState, AgentStateHistory } from '../agent-states.ts'
import { bigint, type Engine, type Queries, type Table, text, type Value } from '../engine.ts'

export const agentStates: Table = {
  name: 'agent_states',
  columns: [text('agent_id'), text('server'), bigint('at'), text('state')],
}

export const stateRow = ({ agentId, server, at, state }: AgentState): Value[] => [agentId, server, at, state]

export type AgentStateRow = {
  agent_id: AgentState['agentId']
  server: string
  at: number
  state: AgentState['state']
}

/** Of another server, that is; of the embedded store there is only one at a time. */
const silence = 3 * 60_000
/** Two periods of a year, one to compare with the other, and what reaches into them. */
export const kept = 750 * day

export const agentStateRecords = (engine: Engine): AgentStateHistory => ({
  record: (states) => engine.transaction((queries) => record(queries, states)),
  sign: (server, at) =>
    engine.transaction(async (queries) => {
      const alive = engine.dialect.name === 'sqlite' ? at + 1 : at - silence
      await closeSilent(queries, server, alive)
      await queries.run(
        'INSERT INTO server_signs (server, at) VALUES (?, ?) ON CONFLICT (server) DO UPDATE SET at = excluded.at',
        [server, at],
      )
      await queries.run('DELETE FROM agent_states WHERE at < ?', [at - kept])
    }),
})

async function record(queries: Queries, states: readonly AgentState[]): Promise<void> {
  for (const one of states)
    await queries.run(
      'INSERT INTO agent_states (agent_id, server, at, state) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
      stateRow(one),
    )
}

async function closeSilent(queries: Queries, own: string, before: number): Promise<void> {
  const silent = await queries.all<{ server: string; at: number }>(
    'SELECT server, at FROM server_signs WHERE server <> ? AND at < ?',
    [own, before],
  )
  for (const { server, at } of silent) {
    const last = await queries.all<AgentStateRow>(
      `SELECT agent_id, server, at, state FROM agent_states one WHERE server = ? AND state <> 'offline'
       AND NOT EXISTS (SELECT 1 FROM agent_states later
         WHERE later.agent_id = one.agent_id AND later.server = one.server AND later.at > one.at)`,
      [server],
    )
    // What was recorded after the last sign was a sign as well.
    const gone = last.map((row) => ({ agentId: row.agent_id, server, at: Math.max(at, row.at + 1) }))
    await record(
      queries,
      gone.map((one) => ({ ...one, state: 'offline' })),
    )
    await queries.run('DELETE FROM server_signs WHERE server = ?', [server])
  }
}
