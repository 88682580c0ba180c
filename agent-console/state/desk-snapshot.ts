import { applyInbox, byWaitingTime, emptyInbox, type Inbox, type InboxRow } from '../../shared/inbox.ts'
import { limits } from '../../shared/limits.ts'
import type { AgentSnapshot } from '../../shared/protocol.ts'
import { applyRoster } from '../../shared/roster.ts'
import { applyTimeline, emptyTimeline, type Timeline, type TimelineEvent } from '../../shared/timeline.ts'
import type { Desk } from './desk-state.ts'
import { tellMeanwhile } from './tell-meanwhile.ts'
import { followVisitor, type Trails } from './trail.ts'

/** All that the server tells a desk when it greets it: whether or not it was there before, and however long ago. */
export function applySnapshot(desk: Desk, snapshot: AgentSnapshot, now: number): Desk {
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
    const meanwhile = { conversationId: id, unchanged: false }
    if (since !== undefined && next.timelines.get(id)?.conversation?.seq !== since)
      after = { ...after, meanwhile: tellMeanwhile(after, { ...meanwhile, since }) }
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
