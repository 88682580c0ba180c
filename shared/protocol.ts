import * as v from 'valibot'
import type { Colleague, SignedInAgent } from './agent.ts'
import { AgentStatus } from './agent.ts'
import type {
  Changed,
  ConversationSnapshot,
  EntriesAnswer,
  Invitation,
  Sent,
  VisitorSnapshot,
} from './answers.ts'
import { type Entry, PageReference, Rating } from './conversation/entry.ts'
import { FileIds, saysSomething } from './file.ts'
import type { SiteId, VisitId } from './ids.ts'
import { AgentId, ClientId, ConversationId, InviteId, PageId, RuleId, SiteKey, VisitorToken } from './ids.ts'
import type { InboxRow } from './inbox.ts'
import { limits } from './limits.ts'
import { Locale } from './locale.ts'
import type { NamedFrame, RosterMoved } from './roster.ts'
import { RosterQuery } from './roster-query.ts'
import { count, line, optionalText } from './text/fields.ts'
import type { Receipts } from './timeline.ts'
import type { PageRule } from './triggers/page.ts'
import {
  Attributes,
  Consent,
  EventProperties,
  Identity,
  type LiveVisitor,
  PageView,
  type PublicSite,
  Reading,
  TimeZone,
} from './visitor.ts'
import type { RefusalReason } from './wire.ts'

/*
 * The wire. Socket.IO on `wirePath`, namespaces `/visitor` and `/agent`.
 * Every request carries one object and is acknowledged with an `Ack`; announcements are not.
 * The first request of a socket is `hello`; before it every other is refused.
 */
export type {
  Changed,
  ConversationSnapshot,
  EntriesAnswer,
  Invitation,
  Sent,
  VisitorSnapshot,
} from './answers.ts'
export type { NamedFrame, RosterMoved } from './roster.ts'
export { protocolVersion, type RefusalReason, refusalReasons, wirePath } from './wire.ts'

/** What a visitor's socket says of itself in `auth`. */
export const VisitorAuth = v.strictObject({
  site: SiteKey,
  page: PageId,
  /** Only when the visitor opened the chat or consented; otherwise nothing is kept on the device. */
  token: v.optional(VisitorToken),
  consent: Consent,
  locale: Locale,
  /** Left out: as its browser says of itself. */
  device: v.optional(v.picklist(['desktop', 'phone'])),
})
export type VisitorAuth = v.InferOutput<typeof VisitorAuth>

/** What a client still holds, so that only the rest is sent. */
const Resume = v.nullable(
  v.strictObject({
    epoch: v.pipe(v.string(), v.maxLength(64)),
    conversations: v.pipe(
      v.array(v.strictObject({ id: ConversationId, seq: count })),
      v.maxLength(limits.conversationsInSnapshot),
    ),
  }),
)

const Hello = { protocolVersion: count, resume: Resume }
const Conversing = { conversationId: ConversationId }
const Since = v.strictObject({ ...Conversing, after: count })
const Typing = v.strictObject({ ...Conversing, typing: v.boolean() })
/** `delivered`: the last entry that reached this device; `seen`: that was looked at. */
const Receipt = v.strictObject({ ...Conversing, delivered: count, seen: count })
const Saying = {
  clientId: ClientId,
  /** Empty only where files say it all. */
  text: optionalText(limits.messageCharacters),
  /** Uploaded before, by the author, and in no other message. */
  files: v.optional(FileIds),
}

export const visitorRequests = {
  hello: v.strictObject({ ...Hello, view: v.optional(PageView) }),
  /** The visitor has a token from now on (opened the chat, consented, or signed out and began anew). */
  'visitor:keep': v.strictObject({ token: VisitorToken, consent: Consent }),
  'visitor:identify': Identity,
  'visitor:set': v.strictObject({ attributes: Attributes }),
  /** A short label; the same one again changes nothing. */
  'visitor:tag': v.strictObject({
    names: v.pipe(v.array(line(60)), v.minLength(1), v.maxLength(limits.tagCount)),
  }),
  'event:track': v.strictObject({
    name: line(60),
    /** Of the last one. */
    properties: EventProperties,
    /** A page that tells very many tells those of one name together; left out for one. */
    times: v.optional(v.pipe(count, v.minValue(1), v.maxValue(1_000_000))),
  }),
  'page:view': PageView,
  /** How what the page shows is used: before it shows another, and at most once in `times.readingEvery`. */
  'page:read': v.strictObject({ ...Reading.entries, timeZone: v.optional(TimeZone) }),
  'page:leave': v.strictObject({}),
  /** The pointer, keyboard or focus says whether somebody is there. */
  'presence:set': v.strictObject({ state: v.picklist(['active', 'idle']) }),
  'message:send': v.pipe(
    v.strictObject({
      ...Saying,
      /** Null: the current conversation of this visitor, or a new one. */
      conversationId: v.nullable(ConversationId),
      /** The proactive message this answers. */
      inviteId: v.optional(InviteId),
      page: v.optional(PageReference),
    }),
    saysSomething(),
  ),
  'entries:since': Since,
  'typing:set': Typing,
  'receipt:send': Receipt,
  'conversation:end': v.strictObject(Conversing),
  'survey:show': v.strictObject(Conversing),
  'survey:skip': v.strictObject(Conversing),
  'survey:answer': v.strictObject({
    ...Conversing,
    rating: Rating,
    comment: optionalText(limits.commentCharacters),
  }),
  /** "By what I see in this page, this rule fits": the server decides. */
  'invite:ask': v.strictObject({ ruleId: RuleId, secondsOnPage: count }),
  'invite:dismiss': v.strictObject({ inviteId: InviteId }),
} as const

/** Messages that a page still holds when it is left: over HTTP, as JSON sent as text. */
export const MessagesLeft = v.strictObject({
  ...VisitorAuth.entries,
  token: VisitorToken,
  messages: v.pipe(
    v.array(visitorRequests['message:send']),
    v.minLength(1),
    v.maxLength(limits.messagesLeft),
  ),
})
export type MessagesLeft = v.InferOutput<typeof MessagesLeft>

export interface VisitorAnswers {
  hello: VisitorSnapshot
  'visitor:keep': { conversations: ConversationSnapshot[] }
  'visitor:identify': object
  'visitor:set': object
  'visitor:tag': object
  'event:track': object
  'page:read': object
  'page:view': { pageViews: number; rules: PageRule[] }
  'page:leave': object
  'presence:set': object
  'message:send': Sent
  'entries:since': EntriesAnswer
  'typing:set': object
  'receipt:send': object
  'conversation:end': Changed
  'survey:show': Changed
  'survey:skip': Changed
  'survey:answer': Changed
  /** Null with the reason when the server decided against it. */
  'invite:ask': { invitation: Invitation | null; because: string }
  'invite:dismiss': object
}

export interface EntriesAdded {
  conversationId: ConversationId
  entries: Entry[]
}
export interface ReceiptsChanged {
  conversationId: ConversationId
  receipts: Receipts
}
export interface TypingChanged {
  conversationId: ConversationId
  who: { side: 'visitor' } | { side: 'agents'; agentId: AgentId; name: string }
  typing: boolean
}

/** What visitors are told without asking. */
export interface VisitorAnnouncements {
  /** A conversation this socket does not hold comes whole. */
  'conversation:started': ConversationSnapshot
  'entries:added': EntriesAdded
  'receipts:changed': ReceiptsChanged
  'typing:changed': TypingChanged
  /** Without `rules`: those the page has still hold. */
  'site:changed': { site: PublicSite; rules?: PageRule[] }
  'invite:offered': Invitation
  /** Another tab answered or dismissed it. */
  'invite:withdrawn': { inviteId: InviteId }
  refused: { reason: RefusalReason }
}

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
  'conversation:close': v.strictObject(Conversing),
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
  'roster:changed': { upserts: LiveVisitor[]; gone: VisitId[] }
  /** Instead of it, to those who said `roster: 'window'`. */
  'roster:moved': RosterMoved
  /** After inbox or roster changed, as rarely as those. */
  'totals:changed': Totals
  'colleagues:changed': { colleagues: Colleague[] }
  'workspace:changed': object
  refused: { reason: RefusalReason }
}

export type VisitorRequest = keyof typeof visitorRequests
export type AgentRequest = keyof typeof agentRequests
export type VisitorInput<Name extends VisitorRequest> = v.InferOutput<(typeof visitorRequests)[Name]>
export type AgentInput<Name extends AgentRequest> = v.InferOutput<(typeof agentRequests)[Name]>
