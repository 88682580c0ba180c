import * as v from 'valibot'
import { AgentStatus, type Colleague, type SignedInAgent } from '../agent.ts'
import { Priority } from '../aims.ts'
import type { Changed, ConversationSnapshot, EntriesAnswer, Sent } from '../answers.ts'
import { ConversationTags } from '../conversation/entry.ts'
import { saysSomething } from '../file.ts'
import type { ToldFollowUp } from '../follow-up.ts'
import { AgentId, type ConversationId, type SiteId, type SiteKey, type VisitId } from '../ids.ts'
import type { InboxRow } from '../inbox.ts'
import { limits } from '../limits.ts'
import type { NamedFrame, RosterMoved } from '../roster.ts'
import { RosterQuery } from '../roster-query.ts'
import { count, line } from '../text/fields.ts'
import type { LiveVisitor } from '../visitor.ts'
import type { RefusalReason } from '../wire.ts'
import {
  Conversing,
  type EntriesAdded,
  Hello,
  Receipt,
  type ReceiptsChanged,
  Saying,
  Since,
  Typing,
  type TypingChanged,
} from './parts.ts'

export const agentRequests = {
  /**
   * The conversations in `resume` are open on this screen: they are opened on this socket as well. `window`: of the
   * people on the site only those met in conversations are told of, the others by `roster:watch`.
   */
  hello: v.strictObject({ ...Hello, roster: v.optional(v.literal('window')) }),
  /** The part of the list that stands on this screen, instead of the one before: told of from now on. */
  'roster:watch': v.strictObject({
    query: RosterQuery,
    from: count,
    count: v.pipe(count, v.minValue(1), v.maxValue(limits.rosterWindow)),
  }),
  'roster:unwatch': v.strictObject({}),
  /** Opens a conversation on this socket: its entries are announced here from now on. */
  'conversation:watch': v.strictObject({ ...Conversing, after: v.nullable(count) }),
  'conversation:unwatch': v.strictObject(Conversing),
  'message:send': v.pipe(v.strictObject({ ...Conversing, ...Saying, note: v.boolean() }), saysSomething()),
  'entries:since': Since,
  'typing:set': Typing,
  'receipt:send': Receipt,
  /** `unasked`: why the visitor shall not be asked how it was. */
  'conversation:close': v.strictObject({ ...Conversing, unasked: v.optional(line(limits.reasonCharacters)) }),
  'conversation:tag': v.strictObject({
    ...Conversing,
    tags: ConversationTags,
    /** Those on the agent's screen. What others have added or removed meanwhile stays so. */
    from: v.optional(ConversationTags),
  }),
  'conversation:prioritise': v.strictObject({ ...Conversing, priority: Priority }),
  /** How it was, once more; once an episode. */
  'survey:ask': v.strictObject(Conversing),
  'conversation:reopen': v.strictObject(Conversing),
  'conversation:assign': v.strictObject({
    ...Conversing,
    agentId: v.nullable(AgentId),
    /** Who has it on the agent's screen. If somebody else has it by now: `conflict`, and nothing changes. */
    from: v.optional(v.nullable(AgentId)),
  }),
  'status:set': v.strictObject({ status: AgentStatus }),
} as const

/** How many there are in all; what a snapshot lists is bounded. */
export interface Totals {
  /** On the sites now. */
  visitors: number
  /** Open conversations, and those of them that wait for an answer. */
  open: number
  waiting: number
}

export interface AgentSnapshot {
  epoch: string
  serverTime: number
  me: SignedInAgent
  status: AgentStatus
  colleagues: Colleague[]
  sites: { id: SiteId; key: SiteKey; name: string }[]
  /** Open ones, the latest changes, and those resumed. */
  inbox: InboxRow[]
  /** Those resumed: what is missing, or whole where nothing held can be gone on from. */
  conversations: ConversationSnapshot[]
  visitors: LiveVisitor[]
  totals: Totals
}

export interface AgentAnswers {
  hello: AgentSnapshot
  'roster:watch': NamedFrame
  'roster:unwatch': object
  'conversation:watch': ConversationSnapshot & { row: InboxRow }
  'conversation:unwatch': object
  'message:send': Sent
  'entries:since': EntriesAnswer
  'typing:set': object
  'receipt:send': object
  'conversation:close': Changed
  'conversation:tag': Changed
  'conversation:prioritise': Changed
  'survey:ask': Changed
  'conversation:reopen': Changed
  'conversation:assign': Changed
  'status:set': object
}

/** What agents are told without asking. */
export interface AgentAnnouncements {
  /** To those who watch the conversation or own it, at once. */
  'entries:added': EntriesAdded
  'receipts:changed': ReceiptsChanged
  'typing:changed': TypingChanged
  /** To everyone, gathered: at most one frame in `times.digestEvery`. */
  'inbox:changed': { rows: InboxRow[] }
  /** To everyone: their visitor was erased, and nothing of them is left. */
  'conversations:erased': { ids: ConversationId[] }
  /** To everyone, gathered likewise: they were opened, or changed. */
  'follow-ups:changed': { followUps: ToldFollowUp[] }
  'roster:changed': { upserts: LiveVisitor[]; gone: VisitId[] }
  /** Instead of it, to those who said `roster: 'window'`. */
  'roster:moved': RosterMoved
  /** After inbox or roster changed, as rarely as those. */
  'totals:changed': Totals
  'colleagues:changed': { colleagues: Colleague[] }
  'workspace:changed': object
  refused: { reason: RefusalReason }
}

export type AgentRequest = keyof typeof agentRequests
export type AgentInput<Name extends AgentRequest> = v.InferOutput<(typeof agentRequests)[Name]>
