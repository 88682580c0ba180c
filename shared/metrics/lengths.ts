import { type Clock, lengthOfPieces, type Stretch } from './clocks.ts'
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

const measures: Record<EpisodeLength, (episode: Episode, now: number) => Measured | null> = {
  'firstResponse.customer': (episode, now) =>
    episode.firstMessageAt === null || !episode.forPeople
      ? null
      : untilAnswered(episode, { from: episode.firstMessageAt, answeredAt: episode.firstReplyAt, now }),
  'firstResponse.human': (episode, now) =>
    episode.firstMessageAt === null || !episode.forPeople
      ? null
      : untilAnswered(episode, {
          from: Math.max(episode.firstMessageAt, episode.handedOffAt ?? 0),
          answeredAt: episode.firstReplyAt,
          now,
        }),
  wait: (episode, now) =>
    episode.queuedAt === null
      ? null
      : untilAnswered(episode, { from: episode.queuedAt, answeredAt: episode.acceptedAt, now }),
  'resolution.first': (episode) => (episode.episode === 1 ? resolved(episode, episode.startedAt) : null),
  'resolution.last': (episode) =>
    episode.lastClosed ? resolved(episode, episode.conversationStartedAt) : null,
  'resolution.episode': (episode) => resolved(episode, episode.startedAt),
}

/** What a measure says of an episode as things stand `now`; null where it says nothing. */
export const measuredOf = (id: EpisodeLength, episode: Episode, now: number): Measured | null =>
  measures[id](episode, now)

/** A wait that nobody ended has lasted until the visitor gave up, or the close, or now. */
function untilAnswered(
  episode: Episode,
  { from, answeredAt, now }: { from: number; answeredAt: number | null; now: number },
): Measured {
  const { siteId, owned: pieces } = episode
  if (answeredAt !== null) return { siteId, from, to: answeredAt, pieces, censored: false, open: false }
  const gone = abandonedAt(episode, now)
  const open = gone === null && episode.closedAt === null
  const to = Math.min(gone ?? now, episode.closedAt ?? now)
  return { siteId, from, to: Math.max(from, to), pieces, censored: true, open }
}

function resolved({ siteId, closedAt, owned: pieces }: Episode, from: number): Measured | null {
  return closedAt === null ? null : { siteId, from, to: closedAt, pieces, censored: false, open: false }
}

/** When an episode counts: its messages as it began, its waits as the visitor wrote, its work as it was closed. */
export const countsAt = ({ startedAt, firstMessageAt, closedAt }: Episode): number[] =>
  [startedAt, firstMessageAt, closedAt].filter((at) => at !== null)

/** How long this turn kept people’s visitor waiting; null where only a bot has had it. */
export function responseOf(turn: Turn, now: number): Measured | null {
  if (!turn.forPeople) return null
  const { siteId, pieces, openedAt, handedOffAt } = turn
  const end = endOf(turn, now)
  const from = Math.max(openedAt, handedOffAt ?? 0)
  const to = Math.max(from, end.by === 'nothing' ? now : end.at)
  return { siteId, from, to, pieces, censored: end.by !== 'reply', open: end.by === 'nothing' }
}

export interface AgentMeasured extends Measured {
  agentId: AgentWait['agentId']
}

/** How long each agent who had the waiting visitor took for their own first answer. */
export function agentResponses(episode: Episode, now: number): AgentMeasured[] {
  const { siteId, agents, owned: pieces } = episode
  const gone = abandonedAt(episode, now)
  return agents.map(({ agentId, from, to, answered }): AgentMeasured => {
    const end = to ?? gone ?? now
    return {
      ...{ agentId, siteId, pieces, from, to: Math.max(from, end) },
      ...{ censored: !answered, open: to === null && gone === null },
    }
  })
}

/** The work on a closed episode, ms; null where no agent had it. */
export function handleOf(episode: Episode, clock: Clock): number | null {
  const { siteId, closedAt, startedAt, owned, handled } = episode
  if (closedAt === null) return null
  const had = owned.some(({ owner, to }) => owner.kind === 'agent' && (to ?? closedAt) > startedAt)
  if (!had) return null
  return lengthOfPieces(clock, { siteId, pieces: handled, until: closedAt })
}
