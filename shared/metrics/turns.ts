import type { Entry } from '../conversation/entry.ts'
import type { AgentId, ConversationId, SiteId } from '../ids.ts'
import type { Asks, CsatAsk } from './asks.ts'
import { foldLedger } from './fold.ts'
import type { Episode, Turn as LedgerTurn, Piece, Subject, TurnEnd } from './ledger.ts'

/** Who a piece of waiting belongs to. */
export type Segment = { from: number; to: number } & (
  | { charge: 'queue' }
  | { charge: 'agent'; agentId: AgentId }
)

/** A turn of the ledger as a list shows it, measured up to now where it is open. */
export interface Turn {
  conversationId: ConversationId
  siteId: SiteId
  episode: number
  first: boolean
  openedAt: number
  openedSeq: number
  end: TurnEnd
  segments: Segment[]
}

/** An episode that was closed, and where its rating stands. */
export interface RatedEpisode {
  conversationId: ConversationId
  siteId: SiteId
  episode: number
  startedAt: number
  closedAt: number
  /** Who replied last; credited with the rating. */
  agentId: AgentId | null
  survey: CsatAsk
  asks: Asks
  /** From the first message to the first human reply, ms; null where there was none. */
  firstResponse: number | null
}

/** The turns that people were waited for, and the closed episodes, of one conversation. */
export function foldTurns(
  subject: Subject,
  entries: Iterable<Entry>,
  now: number,
): { turns: Turn[]; episodes: RatedEpisode[] } {
  const { turns, episodes } = foldLedger(subject, entries)
  return {
    turns: turns.filter(({ forPeople }) => forPeople).map((turn) => listedTurn(turn, now)),
    episodes: episodes.flatMap((episode) => ratedOf(episode) ?? []),
  }
}

export const listedTurn = (
  { conversationId, siteId, episode, first, openedAt, openedSeq, end, pieces }: LedgerTurn,
  now: number,
): Turn => ({
  ...{ conversationId, siteId, episode, first, openedAt, openedSeq, end },
  segments: pieces.map((piece) => charged(piece, now)),
})

const charged = ({ from, to, owner }: Piece, now: number): Segment =>
  owner.kind === 'agent'
    ? { from, to: to ?? now, charge: 'agent', agentId: owner.agentId }
    : { from, to: to ?? now, charge: 'queue' }

/** Null while it is not closed. */
export function ratedOf(episode: Episode): RatedEpisode | null {
  const { closedAt, firstMessageAt, firstReplyAt, replier, asks } = episode
  if (closedAt === null) return null
  const isAnswered = firstReplyAt !== null && firstMessageAt !== null
  return {
    conversationId: episode.conversationId,
    siteId: episode.siteId,
    episode: episode.episode,
    startedAt: episode.startedAt,
    closedAt,
    agentId: asks.credited?.agentId ?? replier,
    survey: asks.csat,
    asks,
    firstResponse: isAnswered ? firstReplyAt - firstMessageAt : null,
  }
}
