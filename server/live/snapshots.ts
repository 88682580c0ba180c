import { type Conversation, conversationForVisitor } from '../../shared/conversation/conversation.ts'
import { type Entry, forVisitor } from '../../shared/conversation/entry.ts'
import { limits } from '../../shared/limits.ts'
import type { ConversationSnapshot, VisitorInput } from '../../shared/protocol.ts'
import { fitting, jsonBytes } from '../../shared/text/bytes.ts'
import type { LiveConversations } from '../domain/conversations.ts'
import type { StoredConversation } from '../history/history.ts'

export type Resume = VisitorInput<'hello'>['resume']

/** Of older conversations only the end is sent; the rest is fetched when it is looked at. */
const fullSnapshots = 3

/** The visitor's conversations: whole, or only what follows what they hold. The latest come first, and get the room. */
export async function visitorSnapshots(
  conversations: LiveConversations,
  stored: StoredConversation[],
  held: { resume: Resume; epoch: string },
): Promise<ConversationSnapshot[]> {
  const snapshots: ConversationSnapshot[] = []
  let room: number = limits.answerBytes
  for (const [index, one] of stored.entries()) {
    const heldSeq = heldOf(one.conversation, held)
    const most = index < fullSnapshots ? limits.entriesInSnapshot : 1
    const snapshot = await snapshotOf(conversations, one, { heldSeq, most, room })
    const conversation = conversationForVisitor(snapshot.conversation)
    snapshots.push({ ...snapshot, conversation, entries: snapshot.entries.map(forVisitor) })
    room -= jsonBytes(snapshot)
  }
  return snapshots
}

/** The seq the client holds and can go on from, or null. */
export function heldOf(conversation: Conversation, held: { resume: Resume; epoch: string }): number | null {
  if (held.resume?.epoch !== held.epoch) return null
  return held.resume.conversations.find((one) => one.id === conversation.id)?.seq ?? null
}

interface Held {
  heldSeq: number | null
  /** Entries of one that comes whole. */
  most: number
  /** For entries, in bytes. */
  room: number
}

/**
 * One conversation: `missing` when the client holds a beginning that is near enough, else `whole`. What there is
 * no room for of the missing the client asks for; of one that comes whole the last entry always goes.
 */
export async function snapshotOf(
  conversations: LiveConversations,
  { conversation, receipts }: StoredConversation,
  { heldSeq, most, room }: Held,
): Promise<ConversationSnapshot> {
  const behind = heldSeq === null ? Number.POSITIVE_INFINITY : conversation.seq - heldSeq
  if (heldSeq !== null && behind >= 0 && behind <= limits.entriesPerAnswer) {
    const missing = behind && room > 0 ? await conversations.entries(conversation.id, heldSeq, behind) : []
    const entries = fitting(upTo(conversation, missing), room)
    return { conversation, receipts, mode: 'missing', entries }
  }
  const last = await conversations.lastEntries(conversation.id, room > 0 ? most : 1)
  const entries = fitting(upTo(conversation, last).reverse(), room).reverse()
  return { conversation, receipts, mode: 'whole', entries }
}

/** Entries may have been added since the conversation was read; those are announced, not snapshot. */
const upTo = ({ seq }: Conversation, entries: Entry[]): Entry[] => entries.filter((entry) => entry.seq <= seq)

/**
 * What was added between reading a snapshot and listening, since nobody announced it to this socket:
 * as many frames of entries as it takes to get from the one `seq` to the other.
 */
export async function* addedBetween(
  conversations: LiveConversations,
  { id, seq: upTo }: Conversation,
  held: number,
): AsyncGenerator<Entry[]> {
  let after = held
  while (after < upTo) {
    const entries = await conversations.entries(id, after, limits.entriesPerAnswer)
    const last = entries.at(-1)
    if (!last) return
    yield entries
    after = last.seq
  }
}
