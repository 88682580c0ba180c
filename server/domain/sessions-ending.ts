import type { AgentId } from '../../shared/ids.ts'
import type { SessionHistory } from '../history/history.ts'
import type { Log } from './ports.ts'

export type Ended = { agentId: AgentId } | { tokenHash: string }

/** The one place where sessions end, so that nobody who must hear of it is forgotten. */
export interface SessionEnding {
  end(tokenHash: string): Promise<void>
  endAllOf(agentId: AgentId): Promise<void>
  onEnded(listener: (ended: Ended) => void): () => void
}

export function createSessionEnding(sessions: SessionHistory, log: Log): SessionEnding {
  const listeners = new Set<(ended: Ended) => void>()
  const tell = (ended: Ended): void => {
    for (const listener of listeners) {
      try {
        listener(ended)
      } catch (fault) {
        log.error('sessionListener:failed', { error: fault })
      }
    }
  }
  return {
    async end(tokenHash) {
      await sessions.end(tokenHash)
      tell({ tokenHash })
    },
    async endAllOf(agentId) {
      // Told first: an open socket must fall even if the store cannot answer now.
      tell({ agentId })
      await sessions.endAllOf(agentId)
    },
    onEnded(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
