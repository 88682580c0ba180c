import { times } from '../limits.ts'
import type { Episode, Piece } from './ledger.ts'
import { sameOwner } from './pieces.ts'

/** Since the last message of a person, or the last change of hands. */
export interface Gap {
  from: number
  /** Whose turn it is to write. */
  waitingFor: 'agent' | 'visitor'
}

type Worked = Pick<Episode, 'handled' | 'handleMs'> & { gap: Gap }

/**
 * Ends a gap, and begins the next. A gap counts as work of the agent who had the conversation, unless it was a long
 * wait: for the visitor, or for the agent.
 */
export function takeGap(
  episode: Worked,
  owners: readonly Piece[],
  { at, waitsFor }: { at: number; waitsFor?: Gap['waitingFor'] },
): void {
  const { from, waitingFor } = episode.gap
  const owned = owners.at(-1)
  const most = waitingFor === 'visitor' ? times.handleVisitorMost : times.handleAgentMost
  if (owned?.owner.kind === 'agent' && at > from && at - from <= most) {
    work(episode.handled, { ...owned, from, to: at })
    episode.handleMs += at - from
  }
  episode.gap = { from: at, waitingFor: waitsFor ?? waitingFor }
}

function work(handled: Piece[], piece: Piece): void {
  const last = handled.at(-1)
  if (last && last.to === piece.from && sameOwner(last.owner, piece.owner)) last.to = piece.to
  else handled.push(piece)
}
