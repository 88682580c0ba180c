import type { AgentStatus, Colleague, SignedInAgent } from '../../shared/agent.ts'
import type { ConversationId, VisitId } from '../../shared/ids.ts'
import { applyInbox, byWaitingTime, emptyInbox, type Inbox, type InboxRow } from '../../shared/inbox.ts'
import { limits } from '../../shared/limits.ts'
import type {
  AgentSnapshot,
  NamedFrame,
  RefusalReason,
  RosterMoved,
  Totals,
  TypingChanged,
} from '../../shared/protocol.ts'
import { applyRoster, emptyRoster, type Roster } from '../../shared/roster.ts'
import { applyTimeline, emptyTimeline, type Timeline, type TimelineEvent } from '../../shared/timeline.ts'
import type { LiveVisitor, RecordedPageView } from '../../shared/visitor.ts'
import { stillThere, without, withoutErased } from './erased.ts'
import type { Look } from './lookout.ts'
import { type Meanwhile, meanwhileIn } from './meanwhile.ts'
import { followOutlook, type Outlook, outlookOf } from './outlook.ts'
import { followVisitor, recallTrail, type Trails } from './trail.ts'
import { type AllTyping, withoutTyping, withTyping } from './typing.ts'

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

/** Folds one event in: a stale desk and the events it missed equal a fresh one. */
export function applyDesk(desk: Desk, event: DeskEvent): Desk {
  switch (event.type) {
    case 'connection':
      return { ...desk, connection: event.connection }
    case 'snapshot':
      return withoutErased(applySnapshot(desk, event.snapshot, event.now))
    case 'inbox':
      return {
        ...desk,
        inbox: applyInbox(desk.inbox, { type: 'changes', rows: stillThere(desk, event.rows) }),
      }
    case 'roster':
      return applyPeople(desk, event)
    case 'looked':
      return { ...desk, outlook: outlookOf(event.look, event.frame) }
    case 'moved':
      return applyMoved(desk, event.moved)
    case 'lookedAway':
      return { ...desk, outlook: null }
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
      return desk.erased.has(event.conversationId)
        ? desk
        : applyConversation(desk, event.conversationId, event.event)
    case 'typing':
      return desk.erased.has(event.change.conversationId) ? desk : applyTyping(desk, event)
    case 'meanwhile':
      return { ...desk, meanwhile: tellMeanwhile(desk, event) }
    case 'heeded':
      return { ...desk, meanwhile: without(desk.meanwhile, event.conversationId) }
    case 'erased':
      return withoutErased(desk, event.ids)
  }
}

function applySnapshot(desk: Desk, snapshot: AgentSnapshot, now: number): Desk {
  const restored = desk.epoch !== null && desk.epoch !== snapshot.epoch
  const unbroken = desk.connection.name === 'live' && !restored
  const timelines = applyResumed(restored ? keepPending(desk.timelines) : desk.timelines, snapshot)
  const next: Desk = {
    ...desk,
    ready: true,
    me: snapshot.me,
    status: snapshot.status,
    colleagues: snapshot.colleagues,
    sites: snapshot.sites,
    totals: snapshot.totals,
    moreOpen: snapshot.totals.open > openRows(snapshot).length,
    inbox: applyInbox(restored ? emptyInbox : desk.inbox, { type: 'snapshot', rows: snapshot.inbox }),
    roster: applyRoster(desk.roster, { type: 'snapshot', visitors: snapshot.visitors }),
    trails: snapshot.visitors.reduce(followVisitor, trailsOf(desk.trails, snapshot)),
    timelines,
    typing: new Map(),
    epoch: snapshot.epoch,
    skew: snapshot.serverTime - now,
  }
  return unbroken ? { ...next, inbox: keepFetched(desk, next, snapshot) } : afterBreak(desk, next, snapshot)
}

/** Nothing heard of by hand can be relied on any more; what is open was resumed, and tells what it missed. */
function afterBreak(desk: Desk, next: Desk, { conversations, epoch }: AgentSnapshot): Desk {
  const resumed = new Set(conversations.map(({ conversation }) => conversation.id))
  const kept = [...next.timelines].filter(([id, { pending }]) => resumed.has(id) || pending.length > 0)
  let after: Desk = {
    ...next,
    forgotten: desk.forgotten + 1,
    workspaceVersion: desk.ready ? desk.workspaceVersion + 1 : desk.workspaceVersion,
    timelines: new Map(kept.map(([id, one]) => [id, resumed.has(id) ? one : onlyPending(one)])),
  }
  for (const id of epoch === desk.epoch ? resumed : []) {
    const since = desk.timelines.get(id)?.conversation?.seq
    const meanwhile = { type: 'meanwhile', conversationId: id, unchanged: false } as const
    if (since !== undefined && next.timelines.get(id)?.conversation?.seq !== since)
      after = applyDesk(after, { ...meanwhile, since })
  }
  return after
}

/** What is missing in the conversations that are open on the screen, or all of it. */
function applyResumed(timelines: Desk['timelines'], { conversations }: AgentSnapshot): Desk['timelines'] {
  const next = new Map(timelines)
  for (const { conversation, mode, entries, receipts } of conversations) {
    const held = next.get(conversation.id) ?? emptyTimeline
    const added: TimelineEvent =
      mode === 'whole'
        ? { type: 'snapshot', conversation, entries, receipts }
        : { type: 'entries', entries, upTo: conversation.seq }
    next.set(conversation.id, applyTimeline(applyTimeline(held, added), { type: 'receipts', receipts }))
  }
  return next
}

/**
 * The snapshot brings the open conversations up to a number. Closed ones and those beyond that number were
 * fetched by hand, and stay while no news of them can have been missed.
 */
function keepFetched(desk: Desk, { inbox }: Desk, snapshot: AgentSnapshot): Inbox {
  const listed = openRows(snapshot).sort(byWaitingTime)
  const isCut = snapshot.totals.open > listed.length
  const last =
    listed[limits.conversationsInSnapshot - 1] ?? (isCut ? lastBrought(listed, snapshot) : undefined)
  const isBeyond = (row: InboxRow) => last !== undefined && byWaitingTime(row, last) > 0
  const kept = [...desk.inbox.values()].filter((row) => row.conversation.status === 'closed' || isBeyond(row))
  return applyInbox(inbox, { type: 'changes', rows: kept })
}

/** Fewer than that number, where they are long; those resumed come beside them. */
const lastBrought = (listed: InboxRow[], { conversations }: AgentSnapshot): InboxRow | undefined =>
  listed.findLast((row) => !conversations.some(({ conversation }) => conversation.id === row.conversation.id))

const openRows = ({ inbox }: AgentSnapshot): InboxRow[] =>
  inbox.filter(({ conversation }) => conversation.status === 'open')

/** Of those who have gone, nothing is kept. */
const trailsOf = (trails: Trails, { visitors }: AgentSnapshot): Trails => {
  const there = new Set(visitors.map(({ visitId }) => visitId))
  return new Map([...trails].filter(([visitId]) => there.has(visitId)))
}

/** The store was put back from a copy: what was read is void, what was written and not confirmed is not. */
const keepPending = (timelines: Desk['timelines']): Desk['timelines'] =>
  new Map([...timelines].map(([id, timeline]) => [id, onlyPending(timeline)]))

const onlyPending = ({ pending }: Timeline): Timeline => ({ ...emptyTimeline, pending })

function applyPeople(desk: Desk, event: Extract<DeskEvent, { type: 'roster' }>): Desk {
  const { upserts, gone } = event
  const trails = new Map(upserts.reduce(followVisitor, desk.trails))
  for (const visitId of gone) trails.delete(visitId)
  return {
    ...desk,
    roster: applyRoster(desk.roster, { type: 'changes', upserts, gone }),
    inbox: applyInbox(desk.inbox, { type: 'met', visitors: upserts }),
    trails,
  }
}

function applyMoved(desk: Desk, { visitors, upserts, gone, frame }: RosterMoved): Desk {
  const { outlook } = desk
  const isNews = upserts.length + gone.length > 0
  const next = isNews ? applyPeople(desk, { type: 'roster', upserts, gone }) : desk
  return {
    ...next,
    totals: next.totals.visitors === visitors ? next.totals : { ...next.totals, visitors },
    outlook: followOutlook(outlook, frame),
  }
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
    inbox: applyInbox(desk.inbox, { type: 'followed', timeline }),
    typing: event.type === 'entries' ? withoutTyping(desk.typing, id, event) : desk.typing,
  }
}

/** What one's own other tabs are doing is no news. */
function applyTyping(desk: Desk, { change, until }: Extract<DeskEvent, { type: 'typing' }>): Desk {
  const { who } = change
  if (who.side === 'agents' && who.agentId === desk.me.id) return desk
  return { ...desk, typing: withTyping(desk.typing, change, until) }
}

function tellMeanwhile(
  { timelines, meanwhile, me }: Desk,
  { conversationId, since, before, unchanged }: Extract<DeskEvent, { type: 'meanwhile' }>,
): Desk['meanwhile'] {
  const entries = meanwhileIn(timelines.get(conversationId)?.entries ?? [], { since, before }, me.id)
  return entries.length > 0 ? new Map(meanwhile).set(conversationId, { entries, unchanged }) : meanwhile
}
