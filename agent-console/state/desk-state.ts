import type { AgentStatus, Colleague, SignedInAgent } from '../../shared/agent.ts'
import type { ConversationId, VisitId } from '../../shared/ids.ts'
import { applyInbox, byWaitingTime, emptyInbox, type Inbox, type InboxRow } from '../../shared/inbox.ts'
import { limits } from '../../shared/limits.ts'
import type { AgentSnapshot, RefusalReason, Totals, TypingChanged } from '../../shared/protocol.ts'
import { applyRoster, emptyRoster, type Roster } from '../../shared/roster.ts'
import { applyTimeline, emptyTimeline, type Timeline, type TimelineEvent } from '../../shared/timeline.ts'
import type { LiveVisitor, RecordedPageView } from '../../shared/visitor.ts'
import { followVisitor, recallTrail, type Trails } from './trail.ts'

/** How the console stands with the server. Shown as it is. */
export type Connection =
  | { name: 'connecting' }
  | { name: 'live' }
  | { name: 'lost' }
  | { name: 'refused'; reason: RefusalReason }

/** What a conversation's other writers are doing, each until the time given. */
export interface Typing {
  visitorUntil: number
  colleagues: readonly { name: string; until: number }[]
}

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
  roster: Roster
  /** Of all there are; what is listed here is bounded. */
  totals: Totals
  /** There are open conversations beyond those the snapshot brought. */
  moreOpen: boolean
  trails: Trails
  timelines: ReadonlyMap<ConversationId, Timeline>
  typing: ReadonlyMap<ConversationId, Typing>
  epoch: string | null
  /** The server's clock minus this device's, ms. */
  skew: number
  /** Counts changes of the settings, so that screens ask for them anew. */
  workspaceVersion: number
  /** Counts the times that open conversations fetched by hand were let go. */
  forgotten: number
}

export type DeskEvent =
  | { type: 'connection'; connection: Connection }
  | { type: 'snapshot'; snapshot: AgentSnapshot; now: number }
  | { type: 'inbox'; rows: readonly InboxRow[] }
  | { type: 'roster'; upserts: readonly LiveVisitor[]; gone: readonly VisitId[] }
  | { type: 'totals'; totals: Totals }
  | { type: 'trail'; visitor: LiveVisitor; views: readonly RecordedPageView[] }
  | { type: 'colleagues'; colleagues: readonly Colleague[] }
  | { type: 'status'; status: AgentStatus }
  | { type: 'workspace' }
  | { type: 'timeline'; conversationId: ConversationId; event: TimelineEvent }
  | { type: 'typing'; change: TypingChanged; until: number }

export const emptyDesk = (me: SignedInAgent): Desk => ({
  connection: { name: 'connecting' },
  ready: false,
  me,
  status: 'online',
  colleagues: [],
  sites: [],
  inbox: emptyInbox,
  roster: emptyRoster,
  totals: { visitors: 0, open: 0, waiting: 0 },
  moreOpen: false,
  trails: new Map(),
  timelines: new Map(),
  typing: new Map(),
  epoch: null,
  skew: 0,
  workspaceVersion: 0,
  forgotten: 0,
})

/** Folds one event in: a stale desk and the events it missed equal a fresh one. */
export function applyDesk(desk: Desk, event: DeskEvent): Desk {
  switch (event.type) {
    case 'connection':
      return { ...desk, connection: event.connection }
    case 'snapshot':
      return applySnapshot(desk, event.snapshot, event.now)
    case 'inbox':
      return { ...desk, inbox: applyInbox(desk.inbox, { type: 'changes', rows: event.rows }) }
    case 'roster':
      return applyPeople(desk, event)
    case 'totals':
      return { ...desk, totals: event.totals }
    case 'trail':
      return { ...desk, trails: recallTrail(desk.trails, event.visitor, event.views) }
    case 'colleagues':
      return withColleagues(desk, event.colleagues)
    case 'status':
      return { ...desk, status: event.status }
    case 'workspace':
      return { ...desk, workspaceVersion: desk.workspaceVersion + 1 }
    case 'timeline':
      return applyConversation(desk, event.conversationId, event.event)
    case 'typing':
      return applyTyping(desk, event.change, event.until)
  }
}

function applySnapshot(desk: Desk, snapshot: AgentSnapshot, now: number): Desk {
  const restored = desk.epoch !== null && desk.epoch !== snapshot.epoch
  return {
    ...desk,
    ready: true,
    me: snapshot.me,
    status: snapshot.status,
    colleagues: snapshot.colleagues,
    sites: snapshot.sites,
    totals: snapshot.totals,
    moreOpen: snapshot.totals.open > snapshot.inbox.length,
    inbox: applyInbox(restored ? emptyInbox : keepFetched(desk, snapshot), {
      type: 'changes',
      rows: snapshot.inbox,
    }),
    forgotten: isUnbroken(desk) ? desk.forgotten : desk.forgotten + 1,
    roster: applyRoster(desk.roster, { type: 'snapshot', visitors: snapshot.visitors }),
    trails: snapshot.visitors.reduce(followVisitor, desk.trails),
    timelines: restored ? keepPending(desk.timelines) : desk.timelines,
    typing: new Map(),
    epoch: snapshot.epoch,
    skew: snapshot.serverTime - now,
  }
}

/**
 * The snapshot brings the open conversations up to a number. Closed ones and those beyond that number were
 * fetched by hand and stay; the latter only while no news of them can have been missed.
 */
function keepFetched(desk: Desk, { inbox }: AgentSnapshot): Inbox {
  const last = inbox.length < limits.conversationsInSnapshot ? null : (inbox.at(-1) ?? null)
  const isBeyond = (row: InboxRow) => last !== null && byWaitingTime(row, last) > 0
  return new Map(
    [...desk.inbox].filter(
      ([, row]) => row.conversation.status === 'closed' || (isUnbroken(desk) && isBeyond(row)),
    ),
  )
}

const isUnbroken = (desk: Desk): boolean => desk.connection.name === 'live'

/** The store was put back from a copy: what was read is void, what was written and not confirmed is not. */
function keepPending(timelines: Desk['timelines']): Desk['timelines'] {
  const entries = [...timelines].map(([id, { pending }]): [ConversationId, Timeline] => [
    id,
    { ...emptyTimeline, pending },
  ])
  return new Map(entries)
}

function applyPeople(desk: Desk, event: Extract<DeskEvent, { type: 'roster' }>): Desk {
  const { upserts, gone } = event
  const trails = new Map(upserts.reduce(followVisitor, desk.trails))
  for (const visitId of gone) trails.delete(visitId)
  return { ...desk, roster: applyRoster(desk.roster, { type: 'changes', upserts, gone }), trails }
}

function withColleagues(desk: Desk, colleagues: readonly Colleague[]): Desk {
  const self = colleagues.find((one) => one.id === desk.me.id)
  return { ...desk, colleagues, status: self?.status ?? desk.status }
}

function applyConversation(desk: Desk, id: ConversationId, event: TimelineEvent): Desk {
  const timeline = applyTimeline(desk.timelines.get(id) ?? emptyTimeline, event)
  return {
    ...desk,
    timelines: new Map(desk.timelines).set(id, timeline),
    inbox: followTimeline(desk.inbox, timeline),
    typing: event.type === 'entries' ? withoutTyping(desk.typing, id, event) : desk.typing,
  }
}

/** The open conversation is ahead of the gathered rows; its row need not wait for them. */
function followTimeline(inbox: Inbox, { conversation }: Timeline): Inbox {
  const row = conversation && inbox.get(conversation.id)
  if (!row || row.conversation.seq >= conversation.seq) return inbox
  return applyInbox(inbox, { type: 'changes', rows: [{ ...row, conversation }] })
}

function applyTyping(desk: Desk, { conversationId, who, typing }: TypingChanged, until: number): Desk {
  const held = desk.typing.get(conversationId) ?? { visitorUntil: 0, colleagues: [] }
  const end = typing ? until : 0
  if (who.side === 'agents' && who.agentId === desk.me.id) return desk
  const next: Typing =
    who.side === 'visitor'
      ? { ...held, visitorUntil: end }
      : {
          ...held,
          colleagues: [
            ...held.colleagues.filter((one) => one.name !== who.name),
            ...(typing ? [{ name: who.name, until }] : []),
          ],
        }
  return { ...desk, typing: new Map(desk.typing).set(conversationId, next) }
}

/** Whoever's message has arrived is no longer writing it. */
function withoutTyping(
  typing: Desk['typing'],
  id: ConversationId,
  { entries }: Extract<TimelineEvent, { type: 'entries' }>,
): Desk['typing'] {
  const held = typing.get(id)
  if (!held) return typing
  const authors = entries.flatMap((entry) => (entry.kind === 'message' ? [entry.author] : []))
  return new Map(typing).set(id, {
    visitorUntil: authors.some((author) => author.kind === 'visitor') ? 0 : held.visitorUntil,
    colleagues: held.colleagues.filter(
      (one) => !authors.some((author) => author.kind === 'agent' && author.name === one.name),
    ),
  })
}
