import { type Conversation, isAskDue } from '../../shared/conversation/conversation.ts'
import type { Entry } from '../../shared/conversation/entry.ts'
import type { AgentId, ClientId, ConversationId } from '../../shared/ids.ts'
import type {
  ConversationSnapshot,
  Invitation,
  RefusalReason,
  VisitorAnnouncements,
  VisitorSnapshot,
} from '../../shared/protocol.ts'
import {
  applyTimeline,
  emptyTimeline,
  noReceipts,
  type Timeline,
  type TimelineEvent,
  unreadCount,
  withoutConfirmed,
} from '../../shared/timeline.ts'
import type { PageRule } from '../../shared/triggers/page.ts'
import type { PublicSite } from '../../shared/visitor.ts'

export type Connection = 'connecting' | 'online' | 'offline' | 'refused'

/** Where messages wait that belong to no conversation the server has confirmed. */
export const unstarted = 'unstarted'
export type Place = ConversationId | typeof unstarted

/** Everything the widget knows from the server and from its own visitor. */
export interface WidgetState {
  connection: Connection
  refused: RefusalReason | null
  /** When it began to be well, or to be not; 0 before it was sought. */
  since: number
  /** For how long it had not been well before; 0 while it is not. */
  away: number
  epoch: string | null
  site: PublicSite | null
  visitorId: string | null
  team: readonly { id: AgentId; name: string }[]
  timelines: ReadonlyMap<Place, Timeline>
  /** Who writes at this moment, by conversation. */
  typing: ReadonlyMap<ConversationId, readonly { agentId: AgentId; name: string }[]>
  rules: readonly PageRule[]
  pageViews: number
  invitation: Invitation | null
  /** Answered, but not yet part of a conversation. */
  answered: Invitation | null
}

export type WidgetEvent =
  | { type: 'connection'; connection: Connection; refused?: RefusalReason; at: number }
  | { type: 'snapshot'; snapshot: VisitorSnapshot }
  | { type: 'conversations'; conversations: readonly ConversationSnapshot[] }
  | { type: 'timeline'; place: Place; event: TimelineEvent }
  /** The answer to something asked: entries that belong to this conversation, which may be new. */
  | { type: 'changed'; conversation: Conversation; entries: readonly Entry[] }
  | { type: 'typing'; change: VisitorAnnouncements['typing:changed'] }
  | { type: 'site'; site: PublicSite; rules?: readonly PageRule[] }
  | { type: 'counted'; pageViews: number; rules: readonly PageRule[] }
  | { type: 'invitation'; invitation: Invitation | null }
  /** The visitor has written an answer to the invitation. */
  | { type: 'answered' }

export const emptyState: WidgetState = {
  connection: 'connecting',
  refused: null,
  since: 0,
  away: 0,
  epoch: null,
  site: null,
  visitorId: null,
  team: [],
  timelines: new Map(),
  typing: new Map(),
  rules: [],
  pageViews: 0,
  invitation: null,
  answered: null,
}

export function applyEvent(state: WidgetState, event: WidgetEvent): WidgetState {
  switch (event.type) {
    case 'connection':
      return applyConnection(state, event)
    case 'snapshot':
      return applySnapshot(state, event.snapshot)
    case 'conversations':
      return event.conversations.reduce(applyConversation, state)
    case 'timeline':
      return at(state, event.place, event.event)
    case 'changed':
      return applyChange({ ...state, answered: null }, event.conversation, event.entries)
    case 'typing':
      return applyTyping(state, event.change)
    case 'site':
      return { ...state, site: event.site, rules: event.rules ?? state.rules }
    case 'counted':
      return { ...state, pageViews: event.pageViews, rules: event.rules }
    case 'invitation':
      return { ...state, invitation: event.invitation }
    case 'answered':
      return { ...state, invitation: null, answered: state.invitation }
  }
}

export const timelineAt = (state: WidgetState, place: Place): Timeline =>
  state.timelines.get(place) ?? emptyTimeline

/** Where the next message goes: the conversation that changed last, else the one not yet begun. */
export function currentPlace(state: WidgetState): Place {
  if (timelineAt(state, unstarted).pending.length > 0) return unstarted
  return latestFirst(state)[0]?.id ?? unstarted
}

/** What is shown by itself: something under way, to be read, rated or answered; null where nothing is. */
export function placeToShow(state: WidgetState): Place | null {
  if (timelineAt(state, unstarted).pending.length) return unstarted
  const found = latestFirst(state).find((conversation) => {
    const { id, status } = conversation
    const timeline = timelineAt(state, id)
    const waits = timeline.pending.length + unreadCount(timeline, 'visitor') > 0
    return waits || status === 'open' || isAskDue(conversation)
  })
  return found?.id ?? (state.invitation && unstarted)
}

/** What the visitor is about to answer here, or has answered without the server's word yet. */
export const askedAt = (state: WidgetState, place: Place): Invitation | null =>
  timelineAt(state, place).pending.length > 0 ? state.answered : state.invitation

export const latestFirst = (state: WidgetState): Conversation[] =>
  [...state.timelines.values()]
    .flatMap((timeline) => timeline.conversation ?? [])
    .sort((a, b) => b.changedAt - a.changedAt)

export const unreadTotal = (state: WidgetState): number =>
  [...state.timelines.values()].reduce((sum, timeline) => sum + unreadCount(timeline, 'visitor'), 0)

/** What to say one holds, so that only the rest is sent. */
export const held = (state: WidgetState) =>
  state.epoch === null
    ? null
    : {
        epoch: state.epoch,
        conversations: latestFirst(state).map(({ id, seq }) => ({ id, seq })),
      }

/** That another attempt has failed is no change. */
function applyConnection(
  state: WidgetState,
  event: Extract<WidgetEvent, { type: 'connection' }>,
): WidgetState {
  const { connection, refused = null, at } = event
  const [was, is] = [state.connection, connection].map((one) => one === 'online')
  if (was === is && state.since && state.connection === connection) return { ...state, refused }
  const change =
    was === is && state.since ? {} : { since: at, away: is && state.since ? at - state.since : 0 }
  return { ...state, connection, refused, typing: new Map(), ...change }
}

function applySnapshot(state: WidgetState, snapshot: VisitorSnapshot): WidgetState {
  const { epoch, site, team, rules, pageViews, invitation, visitor } = snapshot
  // A restored store has another past: only what was never confirmed is still true.
  const timelines = state.epoch === epoch || state.epoch === null ? state.timelines : pendingOnly(state)
  const base = { ...state, epoch, site, team, rules, pageViews, invitation, timelines }
  return snapshot.conversations.reduce(applyConversation, { ...base, visitorId: visitor?.id ?? null })
}

const pendingOnly = (state: WidgetState): WidgetState['timelines'] => {
  const pending = [...state.timelines.values()].flatMap((timeline) => timeline.pending)
  return new Map([[unstarted, { ...emptyTimeline, pending }]])
}

function applyConversation(state: WidgetState, snapshot: ConversationSnapshot): WidgetState {
  const { conversation, entries, receipts, mode } = snapshot
  const place = conversation.id
  if (mode === 'whole') return at(state, place, { type: 'snapshot', conversation, entries, receipts })
  const upTo = conversation.seq
  return at(at(state, place, { type: 'entries', entries, upTo }), place, { type: 'receipts', receipts })
}

function applyChange(state: WidgetState, conversation: Conversation, entries: readonly Entry[]): WidgetState {
  const place = conversation.id
  if (timelineAt(state, place).conversation) return at(state, place, { type: 'entries', entries })
  return at(state, place, { type: 'snapshot', conversation, entries, receipts: noReceipts })
}

function at(state: WidgetState, place: Place, event: TimelineEvent): WidgetState {
  if (event.type === 'queued' && isSaid(state, event.clientId)) return state
  const before = timelineAt(state, place)
  const after = applyTimeline(before, event)
  if (after === before) return state
  const typing = event.type === 'entries' ? withoutTypist(state, place, event.entries) : state.typing
  const timelines = new Map(state.timelines).set(place, after)
  // The server may have put a message elsewhere than where it waits.
  if (after.entries !== before.entries)
    for (const [other, timeline] of timelines) {
      const pending = withoutConfirmed(timeline.pending, after.entries)
      if (pending !== timeline.pending) timelines.set(other, { ...timeline, pending })
    }
  return { ...state, typing, timelines }
}

export const isSaid = (state: WidgetState, clientId: ClientId): boolean =>
  [...state.timelines.values()].some(({ entries }) =>
    entries.some((entry) => entry.kind === 'message' && entry.clientId === clientId),
  )

/** Who has just spoken, or has left, is not typing any more. */
function withoutTypist(state: WidgetState, place: Place, entries: readonly Entry[]): WidgetState['typing'] {
  if (place === unstarted) return state.typing
  const done = entries.flatMap((entry) =>
    entry.kind === 'message' && entry.author.kind === 'agent' ? [entry.author.id] : [],
  )
  const over = entries.some((entry) => entry.kind === 'closed')
  const left = (state.typing.get(place) ?? []).filter((one) => !over && !done.includes(one.agentId))
  return new Map(state.typing).set(place, left)
}

function applyTyping(state: WidgetState, change: VisitorAnnouncements['typing:changed']): WidgetState {
  const { who, conversationId, typing } = change
  if (who.side === 'visitor') return state
  const others = (state.typing.get(conversationId) ?? []).filter((one) => one.agentId !== who.agentId)
  const now = typing ? [...others, { agentId: who.agentId, name: who.name }] : others
  return { ...state, typing: new Map(state.typing).set(conversationId, now) }
}
