import type { FollowUpId } from '../../shared/follow-up.ts'
import type { ConversationId, InviteId, VisitId, VisitorId } from '../../shared/ids.ts'
import type { Invitation } from '../../shared/protocol.ts'
import type { Receipts } from '../../shared/timeline.ts'
import type { Appended } from '../history/history.ts'
import type { Log } from './ports.ts'

/** `except`: the socket that already has the outcome in its acknowledgement. */
export interface Origin {
  except?: string
}

export interface ReceiptsMoved {
  conversationId: ConversationId
  visitorId: VisitorId
  side: 'visitor' | 'agents'
  receipts: Receipts
}

/** Who is told of what has become fact. Called after the fact is durable, never before. */
export interface Audience {
  entriesAdded(appended: Appended, origin: Origin): void
  receiptsMoved(moved: ReceiptsMoved, origin: Origin): void
  visitChanged(visitId: VisitId): void
  visitGone(visitId: VisitId): void
  inviteOffered(visitId: VisitId, invitation: Invitation): void
  inviteWithdrawn(visitId: VisitId, inviteId: InviteId, origin: Origin): void
  /** Whoever shows this token asked to be forgotten; these visits are none any more. */
  visitorRefused(tokenHash: string | null, visitIds: readonly VisitId[]): void
  /** These conversations are not there any more. */
  conversationsErased(ids: readonly ConversationId[]): void
  /** It was opened, or what is said of it is another. */
  followUpChanged(id: FollowUpId): void
}

export interface Announcer extends Audience {
  /** From now on this audience is told; the returned function stops it. */
  attach(audience: Audience): () => void
}

/** Tells every attached audience. A failing one is logged and cannot starve the others. */
export function createAnnouncer(log: Log): Announcer {
  const audiences = new Set<Audience>()
  const tell = (what: string, say: (audience: Audience) => void): void => {
    for (const audience of audiences)
      try {
        say(audience)
      } catch (error) {
        log.error('audience:failed', { what, error: String(error) })
      }
  }
  return {
    attach(audience) {
      audiences.add(audience)
      return () => audiences.delete(audience)
    },
    entriesAdded: (appended, origin) => tell('entriesAdded', (one) => one.entriesAdded(appended, origin)),
    receiptsMoved: (moved, origin) => tell('receiptsMoved', (one) => one.receiptsMoved(moved, origin)),
    visitChanged: (visitId) => tell('visitChanged', (one) => one.visitChanged(visitId)),
    visitGone: (visitId) => tell('visitGone', (one) => one.visitGone(visitId)),
    inviteOffered: (visitId, invitation) =>
      tell('inviteOffered', (one) => one.inviteOffered(visitId, invitation)),
    inviteWithdrawn: (visitId, inviteId, origin) =>
      tell('inviteWithdrawn', (one) => one.inviteWithdrawn(visitId, inviteId, origin)),
    visitorRefused: (tokenHash, visitIds) =>
      tell('visitorRefused', (one) => one.visitorRefused(tokenHash, visitIds)),
    conversationsErased: (ids) => tell('conversationsErased', (one) => one.conversationsErased(ids)),
    followUpChanged: (id) => tell('followUpChanged', (one) => one.followUpChanged(id)),
  }
}

/** For whoever listens for a few things only. */
export const deaf: Audience = {
  entriesAdded: () => undefined,
  receiptsMoved: () => undefined,
  visitChanged: () => undefined,
  visitGone: () => undefined,
  inviteOffered: () => undefined,
  inviteWithdrawn: () => undefined,
  visitorRefused: () => undefined,
  conversationsErased: () => undefined,
  followUpChanged: () => undefined,
}
