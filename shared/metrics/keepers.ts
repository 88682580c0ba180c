import type { AgentId } from '../ids.ts'
import type { Aiming, Keeper } from './aiming.ts'
import { agentOf } from './clocks.ts'
import type { Episode, Piece, Turn } from './ledger.ts'

/** Who answered first, since to look at the pieces costs more than all else; who has it, where nobody did. */
export const firstKeeperOf = (
  { siteId, firstReplier, firstPriority, owned }: Episode,
  aiming: Aiming,
): Keeper => aiming.keeper(siteId, firstReplier ?? lastOf(owned), firstPriority)

/** Who answered; who has it, or had it last, where nobody did. */
export const keeperOf = ({ siteId, end, priority, pieces }: Turn, aiming: Aiming): Keeper =>
  aiming.keeper(siteId, end.by === 'reply' ? end.agentId : lastOf(pieces), priority)

/** Who had it when it was closed. */
export const closerOf = ({ siteId, owned, priority }: Episode, aiming: Aiming): Keeper =>
  aiming.keeper(siteId, lastOf(owned), priority)

function lastOf(pieces: readonly Piece[]): AgentId | null {
  const last = pieces.at(-1)
  return last ? agentOf(last.owner) : null
}
