import type { VisitId, VisitorId } from '../../../shared/ids.ts'
import { times } from '../../../shared/limits.ts'
import type { NamedFrame, RosterMoved } from '../../../shared/protocol.ts'
import { keyOfQuery, type RosterQuery } from '../../../shared/roster-query.ts'
import { fitting } from '../../../shared/text/bytes.ts'
import type { LiveVisitor } from '../../../shared/visitor.ts'
import type { Clock, Log } from '../../domain/ports.ts'
import type { LiveVisits } from '../../domain/visits/visits.ts'
import { Digest } from '../digest.ts'
import type { AgentSeat } from '../seats.ts'
import type { AgentNamespace } from '../sockets.ts'
import { View } from './view.ts'
import { type Asked, Window } from './window.ts'

interface RosterWatchNeeds {
  visits: Pick<LiveVisits, 'live' | 'find' | 'ofVisitor' | 'sought'>
  agents: AgentNamespace
  clock: Clock
  log: Log
}

/** Consoles that look at no list: they are told of those they talk to alone. */
const noWindow = 'roster:none'

/**
 * What consoles see of the people on the sites. A change is taken into each question's list once, whoever
 * asks it, and a console gets one frame in `times.digestEvery` with what it has on its screen.
 */
export class RosterWatch {
  /** Kept only while somebody looks. */
  private readonly people = new Map<VisitId, LiveVisitor>()
  private readonly seats = new Map<AgentSeat, Window | null>()
  private readonly views = new Map<string, View>()
  private readonly windows = new Map<string, Window>()
  private readonly met = new Set<VisitId>()
  private readonly digest: Digest<VisitId>
  private named = 0
  private toldCount = -1

  constructor(private readonly needs: RosterWatchNeeds) {
    this.digest = new Digest({
      every: times.digestEvery,
      most: Number.POSITIVE_INFINITY,
      send: (ids) => this.send(ids),
      clock: needs.clock,
      log: needs.log,
    })
  }

  close(): void {
    this.digest.close()
  }

  changed(visitId: VisitId): void {
    if (this.seats.size > 0) this.digest.add(visitId)
  }

  /** A conversation with them is open on one more screen. */
  visitorChanged(visitorId: VisitorId): void {
    const visit = this.needs.visits.ofVisitor(visitorId)
    if (visit) this.changed(visit.visitId)
  }

  knows(seat: AgentSeat): boolean {
    return this.seats.has(seat)
  }

  enter(seat: AgentSeat): void {
    if (this.seats.size === 0)
      for (const visitor of this.needs.visits.live()) this.people.set(visitor.visitId, visitor)
    this.seats.set(seat, null)
    seat.socket.join(noWindow)
  }

  leave(seat: AgentSeat): void {
    this.left(this.seats.get(seat) ?? null)
    if (!this.seats.delete(seat) || this.seats.size > 0) return
    this.people.clear()
    this.met.clear()
  }

  /** Those who are in a conversation, or whose conversation is open on a screen. */
  inConversations(): LiveVisitor[] {
    const watched = this.watched()
    const met = [...this.people.values()].filter((one) => isMet(one, watched))
    for (const { visitId } of met) this.met.add(visitId)
    return fitting(met)
  }

  /** From now on this console is told of this part of the list, and of no other. */
  watch(seat: AgentSeat, asked: Asked): NamedFrame {
    const window = this.windowOf(asked)
    this.look(seat, window)
    return this.wholeOf(window)
  }

  unwatch(seat: AgentSeat): void {
    this.look(seat, null)
  }

  /** The whole of the window again, if a frame was sent between the answer's making and its going. */
  catchUp(seat: AgentSeat, { window: name }: NamedFrame, version: number): void {
    const window = this.seats.get(seat)
    if (window?.name !== name || window.version === version) return
    const frame = this.wholeOf(window)
    seat.socket.emit('roster:moved', { visitors: this.people.size, upserts: [], gone: [], frame })
  }

  /** In the words that this console understands. */
  tellOne(seat: AgentSeat, changes: { upserts: LiveVisitor[]; gone: VisitId[] }): void {
    if (this.seats.has(seat)) seat.socket.emit('roster:moved', { visitors: this.people.size, ...changes })
    else seat.socket.emit('roster:changed', changes)
  }

  versionOf(seat: AgentSeat): number {
    return this.seats.get(seat)?.version ?? 0
  }

  private look(seat: AgentSeat, window: Window | null): void {
    const before = this.seats.get(seat)
    if (before === undefined || before === window) return
    this.seats.set(seat, window)
    seat.socket.leave(before?.name ?? noWindow)
    seat.socket.join(window?.name ?? noWindow)
    if (window) window.looking++
    this.left(before)
  }

  private left(window: Window | null): void {
    if (window && --window.looking === 0) this.letGo(window)
  }

  private windowOf({ query, from, count }: Asked): Window {
    const key = `${from} ${count} ${keyOfQuery(query)}`
    const known = this.windows.get(key)
    if (known) return known
    const window = new Window(`roster:${++this.named}`, this.viewOf(query), { query, from, count })
    this.windows.set(key, window)
    for (const id of window.next().left) this.changed(id)
    return window
  }

  private wholeOf(window: Window): NamedFrame {
    const { frame, left } = window.whole()
    for (const id of left) this.changed(id)
    return frame
  }

  private viewOf(query: RosterQuery): View {
    const key = keyOfQuery(query)
    const sought = (visitor: LiveVisitor) => this.needs.visits.sought(visitor)
    const view = this.views.get(key) ?? new View(query, this.people.values(), sought)
    this.views.set(key, view)
    return view
  }

  private letGo(window: Window): void {
    for (const [key, one] of this.windows) if (one === window) this.windows.delete(key)
    const used = new Set([...this.windows.values()].map(({ view }) => view))
    for (const [key, view] of this.views) if (!used.has(view)) this.views.delete(key)
  }

  private send(ids: VisitId[]): VisitId[] {
    if (this.seats.size === 0) return []
    for (const id of ids) this.take(id)
    const { upserts, gone, left } = this.metAmong(ids)
    const visitors = this.people.size
    const moved = { visitors, upserts, gone }
    const isNews = upserts.length + gone.length > 0 || visitors !== this.toldCount
    this.toldCount = visitors
    if (isNews) this.tell(noWindow, moved)
    for (const window of this.windows.values()) {
      const { frame, left: rest } = window.next()
      if (frame) this.tell(window.name, { ...moved, frame })
      else if (isNews) this.tell(window.name, moved)
      left.push(...rest)
    }
    return left
  }

  private take(id: VisitId): void {
    const visitor = this.needs.visits.find(id)
    if (visitor && visitor.state !== 'gone') {
      this.people.set(id, visitor)
      for (const view of this.views.values()) view.put(visitor)
    } else {
      this.people.delete(id)
      for (const view of this.views.values()) view.drop(id)
    }
  }

  private metAmong(ids: readonly VisitId[]): { upserts: LiveVisitor[]; gone: VisitId[]; left: VisitId[] } {
    const watched = this.watched()
    const there = ids.flatMap((id) => this.people.get(id) ?? []).filter((one) => isMet(one, watched))
    const upserts = fitting(there)
    const now = new Set(there.map(({ visitId }) => visitId))
    const gone = ids.filter((id) => !now.has(id) && this.met.delete(id))
    for (const { visitId } of upserts) this.met.add(visitId)
    return { upserts, gone, left: there.slice(upserts.length).map(({ visitId }) => visitId) }
  }

  private watched(): Set<VisitorId> {
    return new Set([...this.seats.keys()].flatMap(({ watching }) => [...watching.values()]))
  }

  private tell(room: string, moved: RosterMoved): void {
    if (this.needs.agents.adapter.rooms.has(room)) this.needs.agents.to(room).emit('roster:moved', moved)
  }
}

const isMet = ({ conversationId, visitorId }: LiveVisitor, watched: ReadonlySet<VisitorId>): boolean =>
  conversationId !== null || (visitorId !== null && watched.has(visitorId))
