import { type Clock, lengthOfPieces, type Ruler, rulerOf, type Stretch, wallClock } from './clocks.ts'
import type { LengthId } from './definitions.ts'
import { abandonedAt, endOf } from './gone.ts'
import type { AgentWait, Episode, Turn } from './ledger.ts'

/** What a measure says of one turn or episode. */
export interface Measured extends Stretch {
  /** Nobody answered, so it was at least so long. */
  censored: boolean
  /** It goes on: `to` is the present. */
  open: boolean
}

/** A measure that an episode has at most once. */
export type EpisodeLength = Exclude<LengthId, 'response' | 'firstResponse.agent' | 'handle'>

export const rulerOfEpisode = (clock: Clock, episode: Episode): Ruler =>
  rulerOf(clock, episode.siteId, () => episode.owned)
export const rulerOfTurn = (clock: Clock, turn: Turn): Ruler => rulerOf(clock, turn.siteId, () => turn.pieces)

/** What a measure says of an episode as things stand `now`; null where it says nothing. */
export function measuredOf(id: EpisodeLength, episode: Episode, now: number): Measured | null {
  switch (id) {
    case 'firstResponse.customer':
    case 'firstResponse.human': {
      const { firstMessageAt, handedOffAt } = episode
      if (firstMessageAt === null || !episode.forPeople) return null
      const counted = id === 'firstResponse.human' && handedOffAt !== null && handedOffAt > firstMessageAt
      const from = counted ? handedOffAt : firstMessageAt
      return untilAnswered(episode, { from, answeredAt: episode.firstReplyAt, now })
    }
    case 'wait': {
      const { queuedAt, acceptedAt } = episode
      return queuedAt === null
        ? null
        : untilAnswered(episode, { from: queuedAt, answeredAt: acceptedAt, now })
    }
    case 'resolution.first':
      return episode.episode === 1 ? resolved(episode, episode.startedAt) : null
    case 'resolution.last':
      return episode.lastClosed ? resolved(episode, episode.conversationStartedAt) : null
    case 'resolution.episode':
      return resolved(episode, episode.startedAt)
  }
}

/** A wait that nobody ended has lasted until the visitor gave up, or the close, or now. */
function untilAnswered(
  episode: Episode,
  { from, answeredAt, now }: { from: number; answeredAt: number | null; now: number },
): Measured {
  if (answeredAt !== null) return { from, to: answeredAt, censored: false, open: false }
  const gone = abandonedAt(episode, now)
  const open = gone === null && episode.closedAt === null
  const to = Math.min(gone ?? now, episode.closedAt ?? now)
  return { from, to: Math.max(from, to), censored: true, open }
}

const resolved = ({ closedAt }: Episode, from: number): Measured | null =>
  closedAt === null ? null : { from, to: closedAt, censored: false, open: false }

/** How long this turn kept people’s visitor waiting; null where only a bot has had it. */
export function responseOf(turn: Turn, now: number): Measured | null {
  if (!turn.forPeople) return null
  const end = endOf(turn, now)
  const from = Math.max(turn.openedAt, turn.handedOffAt ?? 0)
  const to = Math.max(from, end.by === 'nothing' ? now : end.at)
  return { from, to, censored: end.by !== 'reply', open: end.by === 'nothing' }
}

export interface AgentMeasured extends Measured {
  agentId: AgentWait['agentId']
}

/** How long each agent who had the waiting visitor took for their own first answer. */
export function agentResponses(episode: Episode, now: number): AgentMeasured[] {
  const gone = abandonedAt(episode, now)
  return episode.agents.map(({ agentId, from, to, answered }) => {
    const open = to === null && gone === null
    return { agentId, from, to: Math.max(from, to ?? gone ?? now), censored: !answered, open }
  })
}

/** The work on a closed episode, ms; null where no agent had it. */
export function handleOf(episode: Episode, clock: Clock): number | null {
  const { siteId, closedAt, handleMs } = episode
  if (closedAt === null || (handleMs === 0 && !hadByAgent(episode, closedAt))) return null
  if (clock === wallClock) return handleMs
  return lengthOfPieces(clock, { siteId, pieces: episode.handled }, closedAt)
}

const hadByAgent = ({ owned, startedAt }: Episode, closedAt: number): boolean =>
  owned.some(({ owner, to }) => owner.kind === 'agent' && (to ?? closedAt) > startedAt)
