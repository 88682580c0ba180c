import type { Conversation } from '../../shared/conversation/conversation.ts'
import type { Command } from '../../shared/conversation/decide.ts'
import type { Entry } from '../../shared/conversation/entry.ts'
import type { ConversationFacts } from '../../shared/conversation/facts.ts'
import type { AgentId, ConversationId, SiteId, VisitId, VisitorId } from '../../shared/ids.ts'
import type { JobCounts, JobId, JobRow, JobState } from '../../shared/job.ts'
import type { Locale } from '../../shared/locale.ts'
import type { Result } from '../../shared/result.ts'
import type { Receipts } from '../../shared/timeline.ts'
import type { Looker, RecordedPageView, VisitEvent, Visitor } from '../../shared/visitor.ts'
import type { AgentStateHistory } from './agent-states.ts'
import type { ExposureHistory } from './exposures.ts'
import type { Figures } from './figures.ts'
import type { FileHistory } from './files.ts'
import type { FollowUpHistory } from './follow-ups.ts'
import type { PastHistory } from './past.ts'
import type { VisitorChange } from './visitor-change.ts'

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
  past: PastHistory
  sessions: SessionHistory
  reports: ReportHistory
  agentStates: AgentStateHistory
  jobs: JobHistory
  followUps: FollowUpHistory
  files: FileHistory
  exposures: ExposureHistory
  erasures: ErasureHistory
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
  /** Who begins an episode with it, and where: asked only if one begins, within the transaction, so it is quick. */
  beginning?: (conversation: Conversation) => ConversationFacts | null
}

export interface Appended {
  conversation: Conversation
  /** A reply moves those of the agents: who answers has seen what came before. */
  receipts: Receipts
  /** What the command added, in order; empty when it asked for what was so already. */
  entries: Entry[]
  /** Each of them as JSON: writing it costs more than all else that is done with it, so it is written once. */
  written: string[]
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
  /** Labelled so. */
  tag?: string
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
  /** Those there are, in the order asked for: one look-up, however many. */
  findMany(ids: readonly ConversationId[]): Promise<ConversationRow[]>
  /** Entries with a `seq` above `after`, ascending, at most `limit`, and as many as `limits.answerBytes` takes. */
  entries(id: ConversationId, after: number, limit: number): Promise<Entry[]>
  /** The last `limit` entries, or as many as `limits.answerBytes` takes, ascending. */
  lastEntries(id: ConversationId, limit: number): Promise<Entry[]>
  /** Open ones, and those of them that wait for an answer. */
  count(): Promise<{ open: number; waiting: number }>
  /** As many as `limits.answerBytes` takes. */
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
  /** The visitor with this token, made under `newId` if there is none. `HistoryUnavailable` for one who was just erased. */
  ensure(visitor: {
    siteId: SiteId
    tokenHash: string
    newId: VisitorId
    locale: Locale
    at: number
  }): Promise<Visitor>
  /** Merges in what is given; attributes key by key. Null when missing. */
  update(id: VisitorId, change: VisitorChange): Promise<Visitor | null>
  /** Deletes at most so many visitors of a site, but those who have a conversation, and answers how many. */
  letGo(siteId: SiteId, most: number): Promise<number>
}

export interface PageViewRecord extends Omit<RecordedPageView, 'leftAt'>, Partial<Looker> {
  visitId: VisitId
  visitorId: VisitorId
  siteId: SiteId
  /** Those they belonged to as it was stored; left out where there are none. */
  segments?: readonly string[]
}

/** Something that a page said had happened. */
export interface EventRecord extends VisitEvent {
  visitId: VisitId
  visitorId: VisitorId
  siteId: SiteId
}

/** What pages tell after their views are stored. */
export interface Told {
  /** Views that are stored, with how they were used until now. */
  readings: PageViewRecord[]
  events: EventRecord[]
}

export interface VisitHistory {
  /** Stores page views of visitors who consented, in batches. */
  record(views: PageViewRecord[]): Promise<void>
  /** The visitor's latest page views, newest first. */
  pageViews(visitorId: VisitorId, limit: number): Promise<(RecordedPageView & { visitId: VisitId })[]>
  /** Of visitors who consented, in batches. */
  tell(told: Told): Promise<void>
  /** The visitor's latest events, newest first. */
  events(visitorId: VisitorId, limit: number): Promise<(VisitEvent & { visitId: VisitId })[]>
  /**
   * Consent was withdrawn: views, events, attributes, labels and the count of visits are deleted, and of what is noted
   * of the beginning of their conversations the page and the segments.
   */
  withdraw(visitorId: VisitorId): Promise<void>
  /** Whose visit it is should not be counted: its views, events and what was said in it are deleted. */
  takeBack(visitorId: VisitorId, visitId: VisitId): Promise<void>
  /** Deletes about `most` views and events of the site from before then, and answers how many; 0 when none is left. */
  expire(siteId: SiteId, before: number, most: number): Promise<number>
  /** Of all sites that views, events or exposures are stored of, the one whose id comes next; null after the last. */
  nextSite(after: SiteId | null): Promise<SiteId | null>
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
  /** Deletes those that are over at `now`. */
  endExpired(now: number): Promise<void>
}

export interface ReportHistory extends Figures {
  /** Packs some of what was said since, so that reports need not fold it; answers from where to go on, null at the end. */
  pack(from: number): Promise<number | null>
  /** The same for an hour of visits that was over by then; answers how many, at most one. */
  packJourneys(before: number): Promise<number>
}

/** What is to be done after an entry. Asked within the transaction that stores it, so it is pure and quick. */
export interface Cause {
  /** `noun:verb`. */
  kind: string
  /** What the job has to know, as JSON, or null when nothing follows. The conversation is as the entry left it. */
  wants(entry: Entry, conversation: Conversation): object | null
}

export interface Job extends JobRow {
  payload: unknown
}
/** A try of a job: what is said of an earlier try does not count any more. */
export type Try = Pick<Job, 'id' | 'attempts'>

/** Jobs are stored with the entries that cause them, and kept until they are done. */
export interface JobHistory {
  /** From now on these jobs follow; `onCaused` is called when some have become durable. */
  follow(causes: readonly Cause[], onCaused: () => void): void
  /**
   * Begins those that are due at `now`, nobody else's, until `until`: then they count as broken off. Of each
   * conversation and kind the earliest that is not dead. `nextAt`: when the next falls due.
   */
  claim(ask: { now: number; until: number; limit: number }): Promise<{ jobs: Job[]; nextAt: number | null }>
  done(tried: Try): Promise<void>
  /** Tried again at `dueAt`; dead when it is null. */
  failed(tried: Try, outcome: { error: string; dueAt: number | null }): Promise<void>
  /** By age, the oldest first. */
  list(query: { state?: JobState; cursor?: string; limit: number }): Promise<Page<Job>>
  count(): Promise<JobCounts>
  /** Makes it due at `now`, as if it had never been tried. False when it is missing or running. */
  retry(id: JobId, now: number): Promise<boolean>
  /** Deletes it. False when it is missing or running. */
  discard(id: JobId): Promise<boolean>
}

/** What is held of one person, by kind; each kind in an order of its own. */
export type Holdings = Readonly<Record<string, readonly object[]>>

/** Somebody who was let go, as those have to know who have heard of them. */
export interface Erased {
  visitorId: VisitorId
  /** Null when nobody could come back by a token. */
  tokenHash: string | null
  conversationIds: ConversationId[]
  /** Rows of each kind that were deleted. */
  counts: Record<string, number>
  /** Names of bytes kept beside the database that were theirs; somebody else may have the same. */
  bytes: string[]
}

/** One person, whole: what is held of them, and how it is let go. */
export interface ErasureHistory {
  /** All that `erase` would delete; null when there is nothing. */
  held(id: VisitorId): Promise<Holdings | null>
  /**
   * Deletes everything, and whoever comes back by the same token is known as erased. Nothing can add to what
   * is theirs meanwhile or later. Once begun it comes about, after a crash at the next start. Again it deletes
   * nothing; null when nothing ever was.
   */
  erase(id: VisitorId, at: number): Promise<Erased | null>
  /**
   * When it resolves, no report remembers anybody erased before, and the embedded store has no byte left of them on its
   * disk. Takes as long as the
   * store is large; `HistoryUnavailable` where that cannot be done now, to be asked for again.
   */
  sweep(): Promise<void>
  /** Whether the holder of this token asked to be forgotten. */
  isErased(siteId: SiteId, tokenHash: string): Promise<boolean>
}

export class HistoryUnavailable extends Error {
  override name = 'HistoryUnavailable'
}

/** For good: only another process can go on with it. */
export class HistoryLost extends HistoryUnavailable {
  override name = 'HistoryLost'
}
