import type { Conversation } from '../../shared/conversation/conversation.ts'
import type { Command } from '../../shared/conversation/decide.ts'
import type { Entry } from '../../shared/conversation/entry.ts'
import type { AgentId, ConversationId, SiteId, VisitId, VisitorId } from '../../shared/ids.ts'
import type { Locale } from '../../shared/locale.ts'
import type { RatedEpisode, Turn } from '../../shared/metrics/turns.ts'
import type { Result } from '../../shared/result.ts'
import type { Receipts } from '../../shared/timeline.ts'
import type { Identity, RecordedPageView, Visitor } from '../../shared/visitor.ts'

/**
 * The record: visitors, visits, conversations, sessions. One interface, one SQL implementation,
 * two engines. Every write has been flushed to disk when its promise resolves. A failure of the
 * engine (disk full, connection lost) is returned as `unavailable` where a Result stands and
 * otherwise thrown as `HistoryUnavailable`; either way nothing was stored half.
 */
export interface History {
  conversations: ConversationHistory
  visitors: VisitorHistory
  visits: VisitHistory
  sessions: SessionHistory
  reports: ReportHistory
  /** Changes when the store was restored from a copy: clients then drop what they hold. */
  epoch(): string
  /** Resolves when the engine answers; throws `HistoryUnavailable` otherwise. */
  ping(): Promise<void>
  /** Finishes what is under way, then releases files, connections and threads. */
  close(): Promise<void>
}

/** Which conversation a command is for. */
export type Target =
  /** Exactly this one. With `visitorId` it must be that visitor's, else it counts as missing. */
  | { kind: 'existing'; conversationId: ConversationId; visitorId?: VisitorId }
  /**
   * The visitor's latest conversation that still takes messages (`takesMessage`),
   * else a new one under `newId`.
   */
  | { kind: 'current'; siteId: SiteId; visitorId: VisitorId; newId: ConversationId }

export interface Append {
  target: Target
  command: Command
  /** The server's time, ms. */
  at: number
}

export interface Appended {
  conversation: Conversation
  /** A reply moves those of the agents: who answers has seen what came before. */
  receipts: Receipts
  /** What the command added, in order; empty when it asked for what was so already. */
  entries: Entry[]
  /** The author's `clientId` was stored before: `entries` are those of then, nothing was added. */
  duplicate: boolean
  /** The conversation began with this append. */
  started: boolean
}

export interface StoredConversation {
  conversation: Conversation
  receipts: Receipts
}

export interface ConversationRow extends StoredConversation {
  visitorName: string | null
  unread: number
}

export interface ConversationQuery {
  status?: 'open' | 'closed'
  siteId?: SiteId
  assigneeId?: AgentId | null
  visitorId?: VisitorId
  /** `waiting`: those waiting longest first, then latest change; `recent`: latest change first. */
  order: 'waiting' | 'recent'
  /** Opaque; from the page before. */
  cursor?: string
  limit: number
}

export interface Page<Item> {
  items: Item[]
  nextCursor: string | null
}

export interface ConversationHistory {
  /**
   * Decides (`shared/conversation/decide`), numbers and stores in one durable transaction; calls made
   * while another commit is under way share the next one. Same author and `clientId` again: the first
   * answer with `duplicate`; with another text: `conflict`. Missing or another visitor's: `not_found`.
   */
  append(append: Append): Promise<Result<Appended>>
  find(id: ConversationId): Promise<ConversationRow | null>
  /** Entries with a `seq` above `after`, ascending, at most `limit`. */
  entries(id: ConversationId, after: number, limit: number): Promise<Entry[]>
  /** The last `limit` entries, ascending. */
  lastEntries(id: ConversationId, limit: number): Promise<Entry[]>
  list(query: ConversationQuery): Promise<Page<ConversationRow>>
  /** Latest first. */
  ofVisitor(visitorId: VisitorId, limit: number): Promise<StoredConversation[]>
  /** Moves receipts forward, never back; answers what is stored now, or null when missing. */
  receive(
    id: ConversationId,
    side: 'visitor' | 'agents',
    receipt: { delivered: number; seen: number },
  ): Promise<Receipts | null>
}

export interface VisitorHistory {
  find(id: VisitorId): Promise<Visitor | null>
  findByToken(siteId: SiteId, tokenHash: string): Promise<Visitor | null>
  /** The visitor with this token, made under `newId` if there is none. */
  ensure(visitor: {
    siteId: SiteId
    tokenHash: string
    newId: VisitorId
    locale: Locale
    at: number
  }): Promise<Visitor>
  /** Merges in what is given; attributes key by key. Null when missing. */
  update(
    id: VisitorId,
    change: Identity & { seenAt?: number; surveyedAt?: number; quietSince?: number; locale?: Locale },
  ): Promise<Visitor | null>
}

export interface PageViewRecord extends Omit<RecordedPageView, 'leftAt'> {
  visitId: VisitId
  visitorId: VisitorId
  siteId: SiteId
}

export interface VisitHistory {
  /** Stores page views of visitors who consented, in batches. */
  record(views: PageViewRecord[]): Promise<void>
  /** The visitor's latest page views, newest first. */
  pageViews(visitorId: VisitorId, limit: number): Promise<(RecordedPageView & { visitId: VisitId })[]>
}

export interface Session {
  agentId: AgentId
  createdAt: number
  expiresAt: number
}

export interface SessionHistory {
  /** Only the hash of the token is stored. */
  create(tokenHash: string, session: Session): Promise<void>
  /** Null when unknown or over at `now`. */
  find(tokenHash: string, now: number): Promise<Session | null>
  end(tokenHash: string): Promise<void>
  endAllOf(agentId: AgentId): Promise<void>
}

/** A period, `from` inclusive, `to` exclusive, ms UTC. */
export interface Period {
  from: number
  to: number
  siteId?: SiteId
  agentId?: AgentId
}

export interface ReportHistory {
  /** Turns that opened within the period, folded from the entries by `shared/metrics`. */
  turns(period: Period): Promise<Turn[]>
  /** Episodes closed within the period, with where their survey stands. */
  episodes(period: Period): Promise<RatedEpisode[]>
}

export class HistoryUnavailable extends Error {
  override name = 'HistoryUnavailable'
}
