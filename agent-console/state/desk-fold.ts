import type { Colleague } from '../../shared/agent.ts'
import type { ConversationId } from '../../shared/ids.ts'
import { applyInbox } from '../../shared/inbox.ts'
import type { RosterMoved } from '../../shared/protocol.ts'
import { applyRoster } from '../../shared/roster.ts'
import { applyTimeline, emptyTimeline, type TimelineEvent } from '../../shared/timeline.ts'
import { applySnapshot } from './desk-snapshot.ts'
import type { Desk, DeskEvent } from './desk-state.ts'
import { stillThere, without, withoutErased } from './erased.ts'
import { followOutlook, outlookOf } from './outlook.ts'
import { tellMeanwhile } from './tell-meanwhile.ts'
import { followVisitor, recallTrail } from './trail.ts'
import { withoutTyping, withTyping } from './typing.ts'

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
