import type { Conversation } from '../../shared/conversation/conversation.ts'
import { type Entry, forVisitor } from '../../shared/conversation/entry.ts'
import { limits } from '../../shared/limits.ts'
import type { ConversationSnapshot, VisitorInput } from '../../shared/protocol.ts'
import type { LiveConversations } from '../domain/conversations.ts'
import type { StoredConversation } from '../history/history.ts'

export type Resume = VisitorInput<'hello'>['resume']

/** Of older conversations only the end is sent; the rest is fetched when it is looked at. */
const fullSnapshots = 3

/** The visitor's conversations: whole, or only what follows what they hold. */
export function visitorSnapshots(
  conversations: LiveConversations,
  stored: StoredConversation[],
  held: { resume: Resume; epoch: string },
): Promise<ConversationSnapshot[]> {
  return Promise.all(
    stored.map(async (one, index) => {
      const heldSeq = heldOf(one.conversation, held)
      const most = index < fullSnapshots ? limits.entriesInSnapshot : 1
      const snapshot = await snapshotOf(conversations, one, { heldSeq, most })
      return { ...snapshot, entries: snapshot.entries.map(forVisitor) }
    }),
  )
}

/** The seq the client holds and can go on from, or null. */
export function heldOf(conversation: Conversation, held: { resume: Resume; epoch: string }): number | null {
  if (held.resume?.epoch !== held.epoch) return null
  return held.resume.conversations.find((one) => one.id === conversation.id)?.seq ?? null
}

/** One conversation: `missing` when the client holds a beginning that is near enough, else `whole`. */
export async function snapshotOf(
  conversations: LiveConversations,
  { conversation, receipts }: StoredConversation,
  held: { heldSeq: number | null; most: number },
): Promise<ConversationSnapshot> {
  const behind = held.heldSeq === null ? Number.POSITIVE_INFINITY : conversation.seq - held.heldSeq
  if (held.heldSeq !== null && behind >= 0 && behind <= limits.entriesPerAnswer) {
    const missing = behind ? await conversations.entries(conversation.id, held.heldSeq, behind) : []
    return { conversation, receipts, mode: 'missing', entries: upTo(conversation, missing) }
  }
  const last = await conversations.lastEntries(conversation.id, held.most)
  return { conversation, receipts, mode: 'whole', entries: upTo(conversation, last) }
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
