import type { AgentId } from '../../../shared/ids.ts'
import type { Engine } from '../engine.ts'
import type { SessionHistory } from '../history.ts'

export const sessionRecords = (engine: Engine): SessionHistory => ({
  create: async (tokenHash, { agentId, createdAt, expiresAt }) => {
    await engine.transaction((queries) =>
      queries.run('INSERT INTO sessions (token_hash, agent_id, created_at, expires_at) VALUES (?, ?, ?, ?)', [
        tokenHash,
        agentId,
        createdAt,
        expiresAt,
      ]),
    )
  },
  find: async (tokenHash, now) => {
    const [row] = await engine.all<{ agent_id: AgentId; created_at: number; expires_at: number }>(
      'SELECT agent_id, created_at, expires_at FROM sessions WHERE token_hash = ? AND expires_at > ?',
      [tokenHash, now],
    )
    return row ? { agentId: row.agent_id, createdAt: row.created_at, expiresAt: row.expires_at } : null
  },
  end: async (tokenHash) => {
    await engine.transaction((queries) =>
      queries.run('DELETE FROM sessions WHERE token_hash = ?', [tokenHash]),
    )
  },
  endAllOf: async (agentId) => {
    await engine.transaction((queries) => queries.run('DELETE FROM sessions WHERE agent_id = ?', [agentId]))
  },
  endExpired: async (now) => {
    await engine.transaction((queries) => queries.run('DELETE FROM sessions WHERE expires_at <= ?', [now]))
  },
})
