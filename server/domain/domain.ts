import type { Agent, AgentStatus, Colleague, Credentials, Role, SignedInAgent } from '../../shared/agent.ts'
import type { MarkCommand } from '../../shared/conversation/decide.ts'
import type { Author, CloseReason, Entry, PageReference } from '../../shared/conversation/entry.ts'
import type {
  AgentId,
  ClientId,
  ConversationId,
  FileId,
  InviteId,
  SiteId,
  SiteKey,
  VisitId,
  VisitorId,
} from '../../shared/ids.ts'
import type { InboxRow } from '../../shared/inbox.ts'
import type { JobCounts, JobId, JobRow, JobState } from '../../shared/job.ts'
import type { Locale } from '../../shared/locale.ts'
import type { MessagesLeft } from '../../shared/protocol.ts'
import type { Result } from '../../shared/result.ts'
import type { Hold } from '../../shared/triggers/budget.ts'
import type { RuleWhy } from '../../shared/triggers/why.ts'
import type {
  LiveVisitor,
  PageViewReport,
  PublicSite,
  RecordedPageView,
  SiteAnswer,
  VisitEvent,
  Visitor,
} from '../../shared/visitor.ts'
import type { Site, SiteChange, SiteDraft } from '../../shared/workspace.ts'
import type { Appended, ConversationQuery, Page } from '../history/history.ts'
import type { AskingVisitors } from './asking-visitors.ts'
import type { Origin } from './audience.ts'
import type { Files } from './files-domain.ts'
import type { FollowUps } from './follow-ups.ts'
import type { Rules } from './proactive/rule-book.ts'
import type { WhyKeys } from './proactive/why-keys.ts'
import type { Reporting } from './reporting.ts'
import type { SortingDomain } from './sorting-domain.ts'
import type { TargetsDomain } from './targets.ts'
import type { Trials } from './trials/trial.ts'
import type { OwnKeys } from './visits/own-keys.ts'

/** What the product can do, by noun. Routes and sockets call this and nothing below it. */
export interface Domain extends SortingDomain {
  sites: Sites
  agents: Agents
  sessions: Sessions
  visits: Visits
  visitors: Visitors
  conversations: Conversations
  parting: Parting
  proactive: Proactive
  rules: Rules
  whyKeys: WhyKeys
  ownKeys: OwnKeys
  trials: Trials
  reporting: Reporting
  jobs: Jobs
  followUps: FollowUps
  targets: TargetsDomain
  files: Files
}

export interface Sites {
  list(): readonly Site[]
  byId(id: SiteId): Site | null
  byKey(key: SiteKey): Site | null
  create(draft: SiteDraft, key?: SiteKey): Promise<Result<Site>>
  /** With another than the `revision` that was seen in its place the answer is `conflict`, at `ifRevision`. */
  change(id: SiteId, draft: SiteChange, ifRevision?: string): Promise<Result<Site>>
  /** With its rules. `conflict` for the last one, and for one with conversations: transcripts and reports name it. */
  remove(id: SiteId): Promise<Result<void>>
  /** Makes the demo shop's site when there is none at all. */
  ensureFirst(): Promise<void>
  /** Whether pages of this origin may load the chat: the site's own, or the server's. Without a site: any site's. */
  allowsOrigin(origin: string, site?: Site): boolean
  publicSite(site: Site, locale: Locale): PublicSite
  answer(site: Site, locale: Locale): SiteAnswer
}

export interface Agents {
  list(): readonly Agent[]
  byId(id: AgentId): Agent | null
  create(draft: { email: string; name: string; role: Role; password: string }): Promise<Result<Agent>>
  change(
    id: AgentId,
    change: { name?: string; role?: Role; active?: boolean; password?: string },
  ): Promise<Result<Agent>>
  colleagues(): Colleague[]
  /** A socket of this agent came or went. */
  connected(id: AgentId): void
  disconnected(id: AgentId): void
  statusOf(id: AgentId): AgentStatus
  /** A manual status wins over what the sockets say. */
  setStatus(id: AgentId, status: AgentStatus): void
  /** Whether anybody who may answer is online. */
  somebodyCanAnswer(): boolean
  /** Called when any status changes. */
  onStatusChange(listener: () => void): () => void
}

export interface Sessions {
  /** Checks the password and opens a session; throttled per account and address; tells nothing of which was wrong. */
  signIn(credentials: Credentials, address: string): Promise<Result<{ token: string; agent: SignedInAgent }>>
  /** Null when the token is unknown, over, or its agent inactive. */
  authenticate(token: string): Promise<SignedInAgent | null>
  signOut(token: string): Promise<void>
  /** Called with the agent whose sessions all ended, or the hash of the one session that did. */
  onEnded(listener: (ended: { agentId: AgentId } | { tokenHash: string }) => void): () => void
  /** The secret of the one-time setup address; null once there is an owner. */
  setupSecret(): string | null
  setUp(
    secret: string,
    owner: { email: string; name: string; password: string },
  ): Promise<Result<{ token: string; agent: SignedInAgent }>>
}

/** Where a request came from. The address is used for limits and stitching and is stored nowhere. */
export interface Caller {
  address: string
  userAgent: string
  /** What its browser prefers, a BCP 47 tag. */
  language?: string | undefined
  /** Two letters, from a proxy that is trusted to know. */
  country?: string | undefined
  /** A proxy that is trusted to know says that it is a program. */
  isProgram?: boolean | undefined
  /** An agent is signed in in this browser. */
  isAgent?: boolean | undefined
}

export interface Visits {
  /** A beacon: begins or continues a visit. */
  report(report: PageViewReport, caller: Caller): Promise<Result<SiteAnswer>>
  live(siteId?: SiteId): LiveVisitor[]
  /** How many are on the sites now. */
  count(): number
  find(visitId: VisitId): LiveVisitor | null
  /** With all of what the list carries only the beginning of. */
  whole(visitId: VisitId): LiveVisitor | null
  /** The same for somebody out of the list, whom more may be asked of than it carries. */
  sought(visitor: LiveVisitor): LiveVisitor
  ofVisitor(visitorId: VisitorId): LiveVisitor | null
  /** This visit's trail, oldest first; from memory. */
  trail(visitId: VisitId): RecordedPageView[]
  /** What its pages said had happened, the latest first; from memory. */
  events(visitId: VisitId): VisitEvent[]
  /** One by one, newest first: what is stored of a visitor, or what is in memory of a visit. */
  happened(id: VisitorId | VisitId, limit: number): Promise<(VisitEvent & { visitId: VisitId })[]>
  /** Memory and, where consented, history; newest first. */
  pageViews(visitorId: VisitorId, limit: number): Promise<RecordedPageView[]>
}

/** Lists of what is held, by kind. */
export type PersonHeld = { visitorId: VisitorId; exportedAt: number } & Record<string, unknown>

/** People the store knows, whether or not they are on the site now. */
export interface Visitors {
  find(id: VisitorId): Promise<Visitor | null>
  /** Everything that is held of this person, which is what `erase` would delete; null when there is nobody. */
  held(id: VisitorId | VisitId): Promise<PersonHeld | null>
  /** Deletes everything of this person for good; whoever comes back with their token is turned away. */
  erase(id: VisitorId | VisitId, by: Pick<SignedInAgent, 'id'>): Promise<Result<void>>
}

export interface VisitorMessage {
  siteId: SiteId
  visitorId: VisitorId
  visitId: VisitId | null
  conversationId: ConversationId | null
  clientId: ClientId
  text: string
  inviteId?: InviteId
  page?: PageReference
  files?: readonly FileId[] | undefined
}
export interface AgentMessage {
  agent: SignedInAgent
  conversationId: ConversationId
  clientId: ClientId
  text: string
  note: boolean
  files?: readonly FileId[] | undefined
}

/** Who or what ends it; an agent may have a reason not to ask the visitor how it was. */
export type Closing = CloseReason | { unasked: string }

export interface Conversations {
  postAsVisitor(message: VisitorMessage, origin: Origin): Promise<Result<Appended>>
  postAsAgent(message: AgentMessage, origin: Origin): Promise<Result<Appended>>
  close(id: ConversationId, by: Author, how: Closing, origin: Origin): Promise<Result<Appended>>
  /** Gives it labels or a priority, or notes that something is late. */
  mark(id: ConversationId, mark: MarkCommand, origin: Origin): Promise<Result<Appended>>
  surveys: AskingVisitors
  reopen(id: ConversationId, by: Author, origin: Origin): Promise<Result<Appended>>
  /** `from`: who has it as far as the asker knows; if somebody else has it by now, `conflict` says who. */
  assign(
    id: ConversationId,
    to: { agentId: AgentId | null; from?: AgentId | null | undefined },
    by: Author,
    origin: Origin,
  ): Promise<Result<Appended>>
  row(id: ConversationId): Promise<InboxRow | null>
  /** Those there are. */
  rows(ids: readonly ConversationId[]): Promise<InboxRow[]>
  list(query: ConversationQuery): Promise<Page<InboxRow>>
  entries(id: ConversationId, after: number, limit: number): Promise<Entry[]>
}

export interface Parting {
  /**
   * Stores what a page could not say any more, in its order, and answers how many there are of it. The first
   * that fails ends it: what follows must not overtake it, and the page still has it all.
   */
  take(left: MessagesLeft, caller: Caller): Promise<Result<{ stored: number }>>
}

/** Whom a message to a page reached, and why it left the others alone. */
export interface PageMessageOutcome {
  reached: number
  /**
   * `away`: their pages are closed, or hold no line to the server. `undecided`: what was said to them before cannot be
   * read now, or that it was said cannot be written.
   */
  leftAlone: Partial<Record<Hold | 'consent' | 'away' | 'undecided', number>>
}

/** `nextPage`: no page of theirs can show it now; one that they open in this visit will. */
export interface Invited {
  inviteId: InviteId
  reaches: 'now' | 'nextPage'
}

export interface Proactive {
  /** One message to everybody who is on a page now (a glob as in `RosterQuery`), within each one's budget. */
  writeToPage(
    to: { page: string; siteId?: SiteId | undefined },
    text: string,
    from: SignedInAgent,
  ): Promise<Result<PageMessageOutcome>>
  /** An agent's own invitation to somebody on the site. */
  invite(visitId: VisitId, text: string, from: SignedInAgent): Promise<Result<Invited>>
  /** Each rule of the site: what would come of it for this visit now, and what did before; null for who is gone. */
  why(visitId: VisitId): RuleWhy[] | null
}

export type { Rules } from './proactive/rule-book.ts'
export type { Reporting } from './reporting.ts'

/** What follows from entries and is not done yet. */
export interface Jobs {
  /** The oldest first. */
  list(query: { state?: JobState; cursor?: string; limit: number }): Promise<Page<JobRow>>
  count(): Promise<JobCounts>
  /** Now, with all its attempts before it. */
  retry(id: JobId): Promise<Result<void>>
  /** It is never done. */
  discard(id: JobId): Promise<Result<void>>
}
