import type { AgentId } from '../ids.ts'
import type { CasesWanted } from './case-figures.ts'
import { agentOf } from './clocks.ts'
import type { Episode, Piece } from './ledger.ts'
import type { Measured } from './lengths.ts'
import { between } from './pieces.ts'

/** One of those that a figure counts: a wait, an episode, a rating. */
export interface Found {
  /** By this moment it belongs to the period, ms. */
  at: number
  /** How much of the figure it is: 1, but for messages. */
  n: number
  /** Of a share: whether it came so. */
  outcome: boolean | null
  /** What the visitor answered, where the figure is of something asked. */
  answer: number | null
  /** To whom it is charged or credited, where the figure is of agents. */
  agentId: AgentId | null
  measured: Measured
  /** What of it counts: who had it when. Together as long as what is measured. */
  pieces(): Piece[]
}

/** A stretch of the episode; its pieces are those of whoever had it meanwhile. */
export const whole = ({ owned }: Pick<Episode, 'owned'>, at: number, measured: Measured): Found => ({
  ...{ at, n: 1, outcome: null, answer: null, agentId: null, measured },
  pieces: () => between(owned, measured.from, measured.to),
})

/** All of the episode, for what has no length of its own. */
export function allOf(episode: Episode, at: number, now: number): Found {
  const { startedAt, closedAt } = episode
  const measured = {
    from: startedAt,
    to: Math.max(startedAt, closedAt ?? now),
    censored: false,
    open: closedAt === null,
  }
  return whole(episode, at, measured)
}

/** What counts lies apart, so that it is the sum of its pieces. */
export const inParts = (pieces: readonly Piece[], at: number, until: number): Found => ({
  ...{ at, n: 1, outcome: null, answer: null, agentId: null },
  measured: {
    from: pieces[0]?.from ?? until,
    to: pieces.at(-1)?.to ?? until,
    ...{ censored: false, open: false },
  },
  pieces: () => pieces.map((piece) => ({ ...piece })),
})

export function piecesByAgent(pieces: readonly Piece[]): Map<AgentId, Piece[]> {
  const own = new Map<AgentId, Piece[]>()
  for (const piece of pieces) {
    const agentId = agentOf(piece.owner)
    if (agentId !== null) own.set(agentId, [...(own.get(agentId) ?? []), piece])
  }
  return own
}

/** Who still waits within the time is late or not once that has ended or is over. */
export const isDecided = (broken: boolean | null, { open }: Measured): boolean =>
  broken === true || (broken === false && !open)

export const isWithin = (
  length: number | null,
  { longerThan = Number.NEGATIVE_INFINITY, upTo = Number.POSITIVE_INFINITY }: CasesWanted,
): boolean => length !== null && length > longerThan && length <= upTo
