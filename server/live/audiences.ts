import type { Colleague } from '../../shared/agent.ts'
import { conversationForVisitor } from '../../shared/conversation/conversation.ts'
import { forVisitor } from '../../shared/conversation/entry.ts'
import type { FollowUpId } from '../../shared/follow-up.ts'
import type { AgentId, ConversationId, InviteId, VisitId, VisitorId } from '../../shared/ids.ts'
import { times } from '../../shared/limits.ts'
import type { Invitation, Totals, TypingChanged } from '../../shared/protocol.ts'
import { fitting } from '../../shared/text/bytes.ts'
import { noReceipts } from '../../shared/timeline.ts'
import type { LiveVisitor } from '../../shared/visitor.ts'
import type { Audience, Origin, ReceiptsMoved } from '../domain/audience.ts'
import type { LiveConversations } from '../domain/conversations.ts'
import type { FollowUps } from '../domain/follow-ups.ts'
import type { Clock, Log } from '../domain/ports.ts'
import type { LiveVisits } from '../domain/visits/visits.ts'
import type { Appended } from '../history/history.ts'
import { Digest } from './digest.ts'
import { RosterWatch } from './roster/roster-watch.ts'
import type { VisitorSeat, VisitorSeats } from './seats.ts'
import { type AgentNamespace, everyAgent, rosterReaders, type VisitorNamespace } from './sockets.ts'
import { writtenAddition, writtenForVisitor } from './written.ts'

interface AudienceNeeds {
  visitors: VisitorNamespace
  agents: AgentNamespace
  seats: VisitorSeats
  visits: Pick<LiveVisits, 'live' | 'find' | 'ofVisitor' | 'sought' | 'count'>
  conversations: Pick<LiveConversations, 'rows' | 'count'>
  followUps: Pick<FollowUps, 'told'>
  clock: Clock
  log: Log
}

const rowsPerFrame = 100

/**
 * Who hears what. An entry goes at once only to those who look at it: the visitor, the agents who
 * have the conversation open, and the one who owns it. All other agents get digests, so that the
 * traffic of a console does not grow with the number of visitors.
 */
export class Audiences implements Audience {
  private readonly inbox: Digest<ConversationId>
  /** For consoles that take the whole list, as far as it goes. */
  private readonly roster: Digest<VisitId>
  /** For those that ask for what they have on the screen. */
  readonly watch: RosterWatch
  private readonly totals: Digest<'all'>
  private readonly followUps: Digest<FollowUpId>
  private lastTotals: Promise<unknown> = Promise.resolve()

  constructor(private readonly needs: AudienceNeeds) {
    const pace = { every: times.digestEvery, most: rowsPerFrame, clock: needs.clock, log: needs.log }
    this.inbox = new Digest({ ...pace, send: (ids) => this.sendRows(ids) })
    this.roster = new Digest({ ...pace, send: (ids) => this.sendVisitors(ids) })
    this.watch = new RosterWatch(needs)
    this.totals = new Digest({ ...pace, send: () => this.sendTotals() })
    this.followUps = new Digest({ ...pace, send: (ids) => this.sendFollowUps(ids) })
  }

  close(): void {
    this.inbox.close()
    this.roster.close()
    this.watch.close()
    this.totals.close()
    this.followUps.close()
  }

  entriesAdded(appended: Appended, origin: Origin): void {
    const { id, visitorId, assigneeId } = appended.conversation
    this.tellVisitor(visitorId, appended, origin)
    this.concerned(id, assigneeId, origin)?.emit('entries:added', writtenAddition(id, appended.written))
    this.inbox.add(id)
  }

  receiptsMoved({ conversationId, visitorId, side, receipts }: ReceiptsMoved, origin: Origin): void {
    const announcement = { conversationId, receipts }
    this.othersOf(visitorId, origin)?.emit('receipts:changed', announcement)
    this.concerned(conversationId, null, origin)?.emit('receipts:changed', announcement)
    // What visitors have read changes no row's unread count.
    if (side === 'agents') this.inbox.add(conversationId)
  }

  /** Typing is nobody's business but the other side's, and is not kept. */
  visitorTypes(seat: VisitorSeat, typing: Omit<TypingChanged, 'who'>): void {
    const origin = { except: seat.socket.id }
    this.concerned(typing.conversationId, null, origin)?.emit('typing:changed', {
      ...typing,
      who: { side: 'visitor' },
    })
  }

  agentTypes(visitorId: VisitorId, typing: TypingChanged, origin: Origin): void {
    this.othersOf(visitorId, origin)?.emit('typing:changed', typing)
    this.concerned(typing.conversationId, null, origin)?.emit('typing:changed', typing)
  }

  visitChanged(visitId: VisitId): void {
    if (this.somebodyIn(rosterReaders)) this.roster.add(visitId)
    this.watch.changed(visitId)
  }

  visitGone(visitId: VisitId): void {
    this.visitChanged(visitId)
  }

  /** Every tab of the visit, whoever may be recognised there: the visit was addressed, not the person. */
  inviteOffered(visitId: VisitId, invitation: Invitation): void {
    for (const seat of this.needs.seats.of(visitId)) seat.socket.emit('invite:offered', invitation)
  }

  inviteWithdrawn(visitId: VisitId, inviteId: InviteId, origin: Origin): void {
    for (const { socket } of this.needs.seats.of(visitId))
      if (socket.id !== origin.except) socket.emit('invite:withdrawn', { inviteId })
  }

  /** Only who has shown the token is the one who was erased; others who share the visit begin another. */
  visitorRefused(tokenHash: string | null, visitIds: readonly VisitId[]): void {
    for (const seat of visitIds.flatMap((id) => this.needs.seats.of(id))) {
      if (tokenHash !== null && seat.tokenHash === tokenHash)
        seat.socket.emit('refused', { reason: 'erased' })
      seat.socket.disconnect(true)
    }
  }

  conversationsErased(ids: readonly ConversationId[]): void {
    if (ids.length === 0 || !this.somebodyListens()) return
    this.needs.agents.to(everyAgent).emit('conversations:erased', { ids: [...ids] })
    this.totals.add('all')
  }

  followUpChanged(id: FollowUpId): void {
    this.followUps.add(id)
  }

  colleaguesChanged(colleagues: Colleague[]): void {
    this.needs.agents.to(everyAgent).emit('colleagues:changed', { colleagues })
  }

  workspaceChanged(): void {
    this.needs.agents.to(everyAgent).emit('workspace:changed', {})
  }

  /** A visitor never receives a note: its place in the numbering comes hidden. */
  private tellVisitor(visitorId: VisitorId, appended: Appended, origin: Origin): void {
    const others = this.othersOf(visitorId, origin)
    if (!others) return
    const conversation = conversationForVisitor(appended.conversation)
    const { started } = appended
    if (started) {
      const entries = appended.entries.map(forVisitor)
      others.emit('conversation:started', { conversation, entries, mode: 'whole', receipts: noReceipts })
    } else others.emit('entries:added', writtenAddition(conversation.id, writtenForVisitor(appended)))
  }

  /**
   * The visitor's sockets besides the one that caused it; null when there is none, which is the
   * usual case and saves encoding a frame for nobody.
   */
  private othersOf(visitorId: VisitorId, { except }: Origin) {
    const { visitors } = this.needs
    const room = visitors.adapter.rooms.get(visitorId)
    if (!room || (room.size === 1 && except !== undefined && room.has(except))) return null
    return except === undefined ? visitors.to(visitorId) : visitors.to(visitorId).except(except)
  }

  /** Agents who have the conversation open, and the one who owns it. */
  private concerned(id: ConversationId, assigneeId: AgentId | null, { except }: Origin) {
    const { adapter, sockets } = this.needs.agents
    const rooms = assigneeId ? [id, assigneeId] : [id]
    const there = rooms.flatMap((room) => adapter.rooms.get(room) ?? [])
    if (there.length === 0) return null
    const only = onlyMember(there)
    // Nearly always it is one, and who else a broadcast would reach need not be gathered.
    if (only !== null) return only === except ? null : (sockets.get(only) ?? null)
    const audience = this.needs.agents.to(rooms)
    return except === undefined || !adapter.rooms.has(except) ? audience : audience.except(except)
  }

  private async sendRows(ids: ConversationId[]): Promise<ConversationId[]> {
    if (!this.somebodyListens()) return []
    const found = await this.needs.conversations.rows(ids)
    const rows = fitting(found)
    this.needs.agents.to(everyAgent).emit('inbox:changed', { rows })
    this.totals.add('all')
    return found.slice(rows.length).map(({ conversation }) => conversation.id)
  }

  private async sendFollowUps(ids: FollowUpId[]): Promise<FollowUpId[]> {
    if (!this.somebodyListens()) return []
    const found = await this.needs.followUps.told(ids)
    const followUps = fitting(found)
    this.needs.agents.to(everyAgent).emit('follow-ups:changed', { followUps })
    return found.slice(followUps.length).map(({ id }) => id)
  }

  private sendVisitors(ids: VisitId[]): VisitId[] {
    if (!this.somebodyIn(rosterReaders)) return []
    const there: LiveVisitor[] = []
    const gone: VisitId[] = []
    for (const id of ids) {
      const visitor = this.needs.visits.find(id)
      if (visitor && visitor.state !== 'gone') there.push(visitor)
      else gone.push(id)
    }
    const upserts = fitting(there)
    this.needs.agents.to(rosterReaders).emit('roster:changed', { upserts, gone })
    this.totals.add('all')
    return there.slice(upserts.length).map(({ visitId }) => visitId)
  }

  private async sendTotals(): Promise<[]> {
    if (this.somebodyListens())
      this.needs.agents.to(everyAgent).emit('totals:changed', await this.currentTotals())
    return []
  }

  /** Read one after another: what was read earlier must not be told later, and stay on the screens. */
  currentTotals(): Promise<Totals> {
    const totals = this.lastTotals.then(() => totalsOf(this.needs))
    this.lastTotals = totals.catch(() => undefined)
    return totals
  }

  private somebodyListens(): boolean {
    return this.somebodyIn(everyAgent)
  }

  private somebodyIn(room: string): boolean {
    return this.needs.agents.adapter.rooms.has(room)
  }
}

/** Null where there are several. */
function onlyMember(sets: readonly ReadonlySet<string>[]): string | null {
  let only: string | null = null
  for (const set of sets)
    for (const member of set) {
      if (only !== null && only !== member) return null
      only = member
    }
  return only
}

/** What the lists of a console are a part of. */
export async function totalsOf({
  visits,
  conversations,
}: Pick<AudienceNeeds, 'visits' | 'conversations'>): Promise<Totals> {
  return { ...(await conversations.count()), visitors: visits.count() }
}
