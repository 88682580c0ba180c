import type { AgentStatus, Colleague, SignedInAgent } from '../../shared/agent.ts'
import type { ConversationId, VisitId } from '../../shared/ids.ts'
import { emptyInbox, type Inbox, type InboxRow } from '../../shared/inbox.ts'
import type {
  AgentSnapshot,
  NamedFrame,
  RefusalReason,
  RosterMoved,
  Totals,
  TypingChanged,
} from '../../shared/protocol.ts'
import { emptyRoster, type Roster } from '../../shared/roster.ts'
import type { Timeline, TimelineEvent } from '../../shared/timeline.ts'
import type { LiveVisitor, RecordedPageView } from '../../shared/visitor.ts'
import type { Look } from './lookout.ts'
import type { Meanwhile } from './meanwhile.ts'
import type { Outlook } from './outlook.ts'
import type { Trails } from './trail.ts'
import type { AllTyping } from './typing.ts'

/** How the console stands with the server. Shown as it is. */
export type Connection =
  | { name: 'connecting' }
  | { name: 'live' }
  /** Since when, by this device's clock. */
  | { name: 'lost'; since: number }
  | { name: 'refused'; reason: RefusalReason }
  /** Another agent has signed in in this browser: nothing of this desk may go on in their name. */
  | { name: 'replaced' }

/** Everything a signed-in agent sees live. */
export interface Desk {
  connection: Connection
  /** False until the first snapshot. */
  ready: boolean
  me: SignedInAgent
  status: AgentStatus
  colleagues: readonly Colleague[]
  sites: AgentSnapshot['sites']
  inbox: Inbox
  /** Those met in conversations. */
  roster: Roster
  /** Null while no list is looked at, and until it is here. */
  outlook: Outlook | null
  /** Of all there are; what is listed here is bounded. */
  totals: Totals
  /** There are open conversations beyond those the snapshot brought. */
  moreOpen: boolean
  trails: Trails
  timelines: ReadonlyMap<ConversationId, Timeline>
  typing: AllTyping
  /** What others did to an open conversation that this agent could not know of when they acted, or was away. */
  meanwhile: ReadonlyMap<ConversationId, Meanwhile>
  /** Conversations of people who were erased while this desk was open. */
  erased: ReadonlySet<ConversationId>
  epoch: string | null
  /** The server's clock minus this device's, ms. */
  skew: number
  /** Counts changes of the settings, so that screens ask for them anew. */
  workspaceVersion: number
  /** Counts the breaks: what was fetched by hand was let go, since news of it may have been missed. */
  forgotten: number
}

export type DeskEvent =
  | { type: 'connection'; connection: Connection }
  | { type: 'snapshot'; snapshot: AgentSnapshot; now: number }
  | { type: 'inbox'; rows: readonly InboxRow[] }
  | { type: 'roster'; upserts: readonly LiveVisitor[]; gone: readonly VisitId[] }
  | { type: 'looked'; look: Look; frame: NamedFrame }
  | { type: 'moved'; moved: RosterMoved }
  | { type: 'lookedAway' }
  | { type: 'totals'; totals: Totals }
  | { type: 'trail'; visitor: LiveVisitor; views: readonly RecordedPageView[] }
  | { type: 'colleagues'; colleagues: readonly Colleague[] }
  | { type: 'status'; status: AgentStatus }
  | { type: 'workspace' }
  | { type: 'timeline'; conversationId: ConversationId; event: TimelineEvent }
  | { type: 'typing'; change: TypingChanged; until: number }
  /** What happened after `since`; `unchanged`: what was asked for was therefore not done. */
  | { type: 'meanwhile'; conversationId: ConversationId; since: number; before?: number; unchanged: boolean }
  | { type: 'heeded'; conversationId: ConversationId }
  | { type: 'erased'; ids: readonly ConversationId[] }

export const emptyDesk = (me: SignedInAgent): Desk => ({
  connection: { name: 'connecting' },
  ready: false,
  me,
  status: 'online',
  colleagues: [],
  sites: [],
  inbox: emptyInbox,
  roster: emptyRoster,
  outlook: null,
  totals: { visitors: 0, open: 0, waiting: 0 },
  moreOpen: false,
  trails: new Map(),
  timelines: new Map(),
  typing: new Map(),
  meanwhile: new Map(),
  erased: new Set(),
  epoch: null,
  skew: 0,
  workspaceVersion: 0,
  forgotten: 0,
})
