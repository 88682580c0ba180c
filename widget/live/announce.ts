import type { Entry } from '../../shared/conversation/entry.ts'
import type { Timeline } from '../../shared/timeline.ts'
import type { Host } from '../page/host.ts'
import { unreadTotal, type WidgetState } from '../state/state.ts'

/** Tells the page what has changed, by the events of its API. */
export function announceChanges(host: Host, now: WidgetState, before: WidgetState): void {
  if (now.connection !== before.connection) host.emit('connection', { state: now.connection })
  if (now.site && now.site.online !== before.site?.online)
    host.emit('availability', { online: now.site.online })
  if (now.invitation && now.invitation.inviteId !== before.invitation?.inviteId)
    host.emit('invite:shown', { ...now.invitation })
  const unread = unreadTotal(now)
  if (unread !== unreadTotal(before)) host.emit('unread', { count: unread })
  // What a snapshot brings has happened before; only what follows it is news.
  if (before.epoch !== null)
    for (const [place, timeline] of now.timelines)
      if (timeline !== before.timelines.get(place))
        announceEntries(host, timeline, before.timelines.get(place))
}

function announceEntries(host: Host, now: Timeline, before: Timeline | undefined): void {
  const known = before?.conversation?.seq ?? 0
  const conversationId = now.conversation?.id
  if (now.conversation && !before?.conversation) host.emit('chat:started', { conversationId })
  for (const entry of now.entries) if (entry.seq > known) announceEntry(host, entry, { conversationId })
}

function announceEntry(host: Host, entry: Entry, detail: { conversationId: string | undefined }) {
  switch (entry.kind) {
    case 'message':
      if (entry.author.kind !== 'visitor') host.emit('message:received', { ...detail, text: entry.text })
      return
    case 'assigned':
      return host.emit('chat:assigned', { ...detail, name: entry.agent.name })
    case 'closed':
      return host.emit('chat:ended', { ...detail, reason: entry.reason })
    case 'surveyShown':
      return host.emit('survey:shown', detail)
    case 'surveySkipped':
      return host.emit('survey:skipped', detail)
    case 'rated':
      return host.emit('survey:submitted', { ...detail, rating: entry.rating })
    case 'survey': {
      const { about, score, state } = entry
      return host.emit(`survey:${state === 'answered' ? 'submitted' : state}`, { ...detail, about, score })
    }
    default:
      return
  }
}
