import type { Priority } from '../aims.ts'
import type { Author } from '../conversation/entry.ts'
import type { AgentId, ConversationId, SiteId } from '../ids.ts'
import type { Asks } from './asks.ts'

/**
 * What the entries of a conversation say about waiting and answering, as facts: timestamps and who had it, but
 * no length, no hours and no present moment. Times in ms since 1970; they never run back, whatever the
 * server's clock did. A visitor who left is gone for good when nothing was heard of them for five minutes after:
 * from then on they have waited until they left. `settled` and `abandonedAt` tell it for the moment of a reader.
 */
export interface Ledger {
  turns: Turn[]
  episodes: Episode[]
}

/** The part of a conversation that does not stand in its entries. */
export interface Subject {
  id: ConversationId
  siteId: SiteId
}

export type Owner = { kind: 'queue' } | { kind: 'bot' } | { kind: 'agent'; agentId: AgentId }

/** A stretch of time in which one had the conversation. `to` null: up to now. */
export interface Piece {
  from: number
  to: number | null
  owner: Owner
  /** Transferred: another agent had it until then. Null for queue and bot. */
  how: 'assigned' | 'transferred' | null
}

export type TurnEnd =
  | { by: 'reply'; at: number; seq: number; agentId: AgentId }
  /** Closed unanswered: the wait was at least this long. */
  | { by: 'close'; at: number; seq: number }
  /** `at`: when they left. */
  | { by: 'visitorGone'; at: number }
  /** As far as the entries tell, still waiting. */
  | { by: 'nothing' }

/**
 * A stretch of waiting: from the first unanswered visitor message to the first human visible reply, or to the
 * close, or until the visitor is gone for good. Further visitor messages do not restart it; bots, automatic texts
 * and notes neither open nor close it.
 */
export interface Turn {
  conversationId: ConversationId
  siteId: SiteId
  /** 1 for the first episode of the conversation. */
  episode: number
  /** The episode's first turn. */
  first: boolean
  openedAt: number
  openedSeq: number
  /** When a bot that had it first gave over to people within this turn: their time counts from here. */
  handedOffAt: number | null
  /** False while only a bot has had it, so that nobody of the house is waited for. */
  forPeople: boolean
  /** The visitor left then and has not been heard of since; only where the end is `nothing`. */
  leftAt: number | null
  end: TurnEnd
  /** From the opening to the end without gap; at least one. */
  pieces: Piece[]
  /** How much it pressed when it ended, or presses; null where nobody had said so: as usual. */
  priority: Priority | null
}

/** How long the visitor waited for one agent: from what is later of assignment and first unanswered message. */
export interface AgentWait {
  agentId: AgentId
  from: number
  /** Null: still waiting, or `leftAt` of the episode decides. */
  to: number | null
  answered: boolean
}

/** From the start or a reopening to the close. */
export interface Episode {
  conversationId: ConversationId
  siteId: SiteId
  episode: number
  /** When the first episode of the conversation began. */
  conversationStartedAt: number
  startedAt: number
  /** Proactive: the visitor answers an invitation. Null while nobody has said anything. */
  startedBy: 'visitor' | 'agent' | 'proactive' | null
  /** The first visitor message: from here on somebody is waited for. */
  firstMessageAt: number | null
  firstMessageSeq: number | null
  handedOffAt: number | null
  /** As of its turns; true as soon as one of them is for people. */
  forPeople: boolean
  /** When it came before people while nobody had it; null where it never stood in the queue. */
  queuedAt: number | null
  /** The first assignment or human reply after that. */
  acceptedAt: number | null
  /** The first human visible reply after the first visitor message, whether or not the visitor had gone. */
  firstReplyAt: number | null
  firstReplier: AgentId | null
  /** The reply time the visitor was shown when they wrote, ms; null where they were shown none. */
  promisedMs: number | null
  /** The visitor left then and has not been heard of since. */
  leftAt: number | null
  /** The visitor left then, before the first human reply, and was not back within five minutes. */
  abandonedAt: number | null
  closedAt: number | null
  closedBy: Author['kind'] | null
  /** The last closed one of its conversation so far. */
  lastClosed: boolean
  visitorMessages: number
  agentMessages: number
  /** Who gave the last human visible reply; credited with the rating. */
  replier: AgentId | null
  /** Of each agent who had a waiting visitor, in the order in which they first had. */
  agents: AgentWait[]
  /** Who had it, from the start of the conversation to the close of this episode (or to now), closed times included. */
  owned: Piece[]
  /** What of it counts as being worked on, see `handle`; sum of lengths beside it. */
  handled: Piece[]
  handleMs: number
  asks: Asks
  /** How much it pressed at the close, or presses. */
  priority: Priority | null
  /** The same at the first human reply; where there was none, as `priority`. */
  firstPriority: Priority | null
}
