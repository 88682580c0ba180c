import { applyEntry, type Conversation } from './conversation/conversation.ts'
import type { Entry } from './conversation/entry.ts'
import type { MessageFile } from './file.ts'
import type { ClientId } from './ids.ts'
import type { Failure } from './result.ts'

/** A file on its way; its bytes are kept apart. The type is what its sender's device takes it for. */
export interface PendingFile {
  clientId: ClientId
  name: string
  size: number
  type: string
}

/** A message of one's own that the server has not confirmed. */
export interface Pending {
  clientId: ClientId
  text: string
  files?: readonly (PendingFile | MessageFile)[] | undefined
  /** When it was written, by this device's clock. */
  writtenAt: number
  state: { name: 'queued' } | { name: 'sending' } | { name: 'notSent'; error: Failure }
}

/** How far the two sides have got: the last `seq` that reached a device, and that was looked at. */
export interface Receipts {
  visitor: { delivered: number; seen: number }
  agents: { delivered: number; seen: number }
}

export const noReceipts: Receipts = {
  visitor: { delivered: 0, seen: 0 },
  agents: { delivered: 0, seen: 0 },
}

/** One conversation as a client sees it, whichever side it is on. */
export interface Timeline {
  /** Null until the server has confirmed the first message. */
  conversation: Conversation | null
  /** Ordered by `seq`, without doubles; may begin later than 1, older ones being fetched on demand. */
  entries: readonly Entry[]
  pending: readonly Pending[]
  receipts: Receipts
  /** Highest number heard of, whether or not it could be folded in. */
  announced: number
  /** True when entries between the last one and an announced one are missing: ask `entries:since`. */
  gap: boolean
}

export type TimelineEvent =
  | { type: 'snapshot'; conversation: Conversation; entries: readonly Entry[]; receipts: Receipts }
  /** `upTo`: the highest number there is, when these may not be all of them. */
  | { type: 'entries'; entries: readonly Entry[]; upTo?: number }
  /** Older entries that come before the first one held. */
  | { type: 'older'; entries: readonly Entry[] }
  | { type: 'receipts'; receipts: Receipts }
  | ({ type: 'queued' } & Omit<Pending, 'state'>)
  | { type: 'sending'; clientId: ClientId }
  | { type: 'requeued'; clientId: ClientId }
  | { type: 'notSent'; clientId: ClientId; error: Failure }
  | { type: 'discarded'; clientId: ClientId }

export const emptyTimeline: Timeline = {
  conversation: null,
  entries: [],
  pending: [],
  receipts: noReceipts,
  announced: 0,
  gap: false,
}

/** Folds one event in. Applying an event twice, or a stale one, changes nothing. */
export function applyTimeline(timeline: Timeline, event: TimelineEvent): Timeline {
  switch (event.type) {
    case 'snapshot':
      return applySnapshot(timeline, event)
    case 'entries':
      return hearOf(event.entries.reduce(appendEntry, timeline), event.upTo)
    case 'older':
      return prepend(timeline, event.entries)
    case 'receipts':
      return { ...timeline, receipts: laterReceipts(timeline.receipts, event.receipts) }
    case 'queued':
      return queue(timeline, event)
    case 'sending':
      return mark(timeline, event.clientId, { name: 'sending' })
    case 'requeued':
      return mark(timeline, event.clientId, { name: 'queued' })
    case 'notSent':
      return mark(timeline, event.clientId, { name: 'notSent', error: event.error })
    case 'discarded':
      return { ...timeline, pending: timeline.pending.filter((p) => p.clientId !== event.clientId) }
  }
}

function applySnapshot(timeline: Timeline, event: Extract<TimelineEvent, { type: 'snapshot' }>): Timeline {
  const known = timeline.conversation
  const same = known?.id === event.conversation.id
  if (known && same && known.seq > event.conversation.seq) return timeline
  return {
    ...heard(same || !known ? timeline.announced : 0, event.conversation.seq),
    conversation: event.conversation,
    entries: event.entries,
    pending: withoutConfirmed(timeline.pending, event.entries),
    receipts: known && !same ? event.receipts : laterReceipts(timeline.receipts, event.receipts),
  }
}

/** An entry that overtook others is dropped, and stays announced until it comes again. */
const heard = (announced: number, held: number): Pick<Timeline, 'announced' | 'gap'> => ({
  announced: Math.max(announced, held),
  gap: announced > held,
})

const hearOf = (timeline: Timeline, seq = 0): Timeline =>
  timeline.conversation && seq > timeline.announced
    ? { ...timeline, ...heard(seq, timeline.conversation.seq) }
    : timeline

function appendEntry(timeline: Timeline, entry: Entry): Timeline {
  const { conversation } = timeline
  const announced = Math.max(timeline.announced, entry.seq)
  // Nothing can be folded into a conversation that is not here yet; whether it then lacks this shows by its number.
  if (!conversation) return announced > timeline.announced ? { ...timeline, announced } : timeline
  if (entry.seq <= conversation.seq) return timeline
  if (entry.seq !== conversation.seq + 1) return { ...timeline, ...heard(announced, conversation.seq) }
  return {
    ...timeline,
    ...heard(announced, entry.seq),
    conversation: applyEntry(conversation, entry),
    entries: [...timeline.entries, entry],
    pending: withoutConfirmed(timeline.pending, [entry]),
  }
}

/** Only what reaches the first one held: a snapshot may have moved that on while these were on their way. */
function prepend(timeline: Timeline, entries: readonly Entry[]): Timeline {
  const first = timeline.entries[0]?.seq ?? 0
  const older = entries.filter(({ seq }) => seq < first)
  if (older.at(-1)?.seq !== first - 1) return timeline
  return { ...timeline, entries: [...older, ...timeline.entries] }
}

function queue(timeline: Timeline, event: Extract<TimelineEvent, { type: 'queued' }>): Timeline {
  const { type: _, ...written } = event
  const { clientId } = written
  const known =
    timeline.pending.some((p) => p.clientId === clientId) ||
    timeline.entries.some((e) => e.kind === 'message' && e.clientId === clientId)
  if (known) return timeline
  const pending: Pending = { ...written, state: { name: 'queued' } }
  return { ...timeline, pending: [...timeline.pending, pending] }
}

const mark = (timeline: Timeline, clientId: ClientId, state: Pending['state']): Timeline => ({
  ...timeline,
  pending: timeline.pending.map((p) => (p.clientId === clientId ? { ...p, state } : p)),
})

/** What is still unconfirmed after these entries; the same list where none of them confirms any. */
export const withoutConfirmed = (
  pending: readonly Pending[],
  entries: readonly Entry[],
): readonly Pending[] => {
  const left = pending.filter((p) => !entries.some((e) => e.kind === 'message' && e.clientId === p.clientId))
  return left.length === pending.length ? pending : left
}

/** Receipts only ever move forward, so that frames may arrive in any order. */
export const laterReceipts = (one: Receipts, other: Receipts): Receipts => ({
  visitor: later(one.visitor, other.visitor),
  agents: later(one.agents, other.agents),
})

const later = (one: Receipts['visitor'], other: Receipts['visitor']): Receipts['visitor'] => ({
  delivered: Math.max(one.delivered, other.delivered, one.seen, other.seen),
  seen: Math.max(one.seen, other.seen),
})

/** What a sender is told about a confirmed message of theirs. */
export function deliveryState(entry: Entry, otherSide: Receipts['visitor']): 'sent' | 'delivered' | 'seen' {
  if (entry.seq <= otherSide.seen) return 'seen'
  return entry.seq <= otherSide.delivered ? 'delivered' : 'sent'
}

/** Visible messages of the other side after the last one that was looked at. */
export const unreadCount = (timeline: Timeline, own: 'visitor' | 'agents'): number => {
  const seen = timeline.receipts[own].seen
  return timeline.entries.filter(
    (e) =>
      e.kind === 'message' &&
      e.seq > seen &&
      e.visibility === 'visible' &&
      (e.author.kind === 'visitor') === (own === 'agents'),
  ).length
}
