import type { AgentId } from '../ids.ts'
import type { Keeper } from './aiming.ts'
import { agentOf } from './clocks.ts'
import type { Episode, Piece, Turn } from './ledger.ts'

/** Who answered first; who has it, where nobody did. */
export const firstKeeperOf = (episode: Episode): Keeper => ({
  siteId: episode.siteId,
  // To look at the pieces costs more than all else here.
  agentId: episode.firstReplier ?? lastOf(episode.owned),
  priority: episode.firstPriority,
})

/** Who answered; who has it, or had it last, where nobody did. */
export const keeperOf = ({ siteId, end, priority, pieces }: Turn): Keeper => ({
  ...{ siteId, priority },
  agentId: end.by === 'reply' ? end.agentId : lastOf(pieces),
})

/** Who had it when it was closed. */
export const closerOf = ({ siteId, owned, priority }: Episode): Keeper => ({
  ...{ siteId, priority },
  agentId: lastOf(owned),
})

function lastOf(pieces: readonly Piece[]): AgentId | null {
  const last = pieces.at(-1)
  return last ? agentOf(last.owner) : null
}
