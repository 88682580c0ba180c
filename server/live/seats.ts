import type { AgentId, ConversationId, VisitId, VisitorId } from '../../shared/ids.ts'
import type { VisitorAuth } from '../../shared/protocol.ts'
import type { Site } from '../../shared/workspace.ts'
import type { Visit } from '../domain/visits/visit.ts'
import type { AgentSocket, VisitorSocket } from './sockets.ts'

/** A visitor's socket and what the server knows of it. */
export interface VisitorSeat {
  readonly socket: VisitorSocket
  readonly siteId: Site['id']
  /** As told at the handshake; `visitor:keep` changes the consent. */
  readonly auth: Omit<VisitorAuth, 'token'>
  /** Of the token this very socket has shown. */
  tokenHash: string | null
  /** They are just becoming somebody, by `hello`, `visitor:keep` or a first message: what comes behind it waits. */
  becoming: Promise<unknown> | null
  readonly userAgent: string
  readonly language: string | undefined
  readonly country: string | undefined
  readonly address: string
  /** What the limits count the address by. */
  readonly addressKey: string
  /** A browser on this very machine shows a page of this very machine: somebody sets the site up. */
  readonly settingUp?: true
  /** An agent's, where the browser has brought one: the pages stand on the console's own site. */
  readonly cookie?: string
  /** Null before `hello`. */
  visit: Visit | null
  /** Conversations known to be theirs; none yet when null. */
  own: Set<ConversationId> | null
}

/** An agent's socket. */
export interface AgentSeat {
  readonly socket: AgentSocket
  readonly agentId: AgentId
  readonly tokenHash: string
  readonly cookie: string
  readonly addressKey: string
  greeted: boolean
  /** The open conversations on this screen, and whose they are. */
  readonly watching: Map<ConversationId, VisitorId>
}

/** A message that came right behind must neither be judged by what is not so any more, nor overtake. */
export function becomes<T>(seat: VisitorSeat, work: Promise<T>): Promise<T> {
  const becoming = work.finally(() => {
    // Another may have begun meanwhile; what follows waits for that one.
    if (seat.becoming === becoming) seat.becoming = null
  })
  seat.becoming = becoming
  return becoming
}

/** The sockets of each visit on this node. Nearly always one, so one is kept without a set. */
export class VisitorSeats {
  private readonly byVisit = new Map<VisitId, VisitorSeat | Set<VisitorSeat>>()

  add(visitId: VisitId, seat: VisitorSeat): void {
    const there = this.byVisit.get(visitId)
    if (!there) this.byVisit.set(visitId, seat)
    else if (there instanceof Set) there.add(seat)
    else if (there !== seat) this.byVisit.set(visitId, new Set([there, seat]))
  }

  remove(visitId: VisitId, seat: VisitorSeat): void {
    const there = this.byVisit.get(visitId)
    if (there === seat) this.byVisit.delete(visitId)
    else if (there instanceof Set && there.delete(seat) && there.size === 0) this.byVisit.delete(visitId)
  }

  visits(): Iterable<VisitId> {
    return this.byVisit.keys()
  }

  of(visitId: VisitId): VisitorSeat[] {
    const there = this.byVisit.get(visitId)
    if (!there) return []
    return there instanceof Set ? [...there] : [there]
  }
}
