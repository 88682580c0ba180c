import type { ConversationId, PageId, VisitId, VisitorId, VisitorToken } from '../../../shared/ids.ts'
import type { Result } from '../../../shared/result.ts'
import type { Consent, EventProperties, Identity, PageView, Reading } from '../../../shared/visitor.ts'
import type { History } from '../../history/history.ts'
import type { Audience } from '../audience.ts'
import type { Sites, Visits } from '../domain.ts'
import type { Clock, Log, Random } from '../ports.ts'
import type { Exposures } from '../proactive/exposures.ts'
import type { OwnKeys } from './own-keys.ts'
import type { Visit } from './visit.ts'
import type { Arrival } from './visit-finder.ts'
import type { Moved } from './visit-joining.ts'

/** The visits as sockets use them. A `Visit` is a handle: only this module changes it. */
export interface LiveVisits extends Visits {
  /** Begins or continues the visit of a page. */
  arrive(arrival: Arrival): Promise<Visit>
  byId(id: VisitId): Visit | null
  /** Those in memory, whoever is gone included: they may come and go while somebody looks through them. */
  everybody(): Visit[]
  /** A socket of this page of the visit came. */
  entered(visit: Visit, page?: PageId): void
  /** It went. */
  exited(visit: Visit, page?: PageId): void
  viewed(visit: Visit, page: PageId, view: PageView): void
  left(visit: Visit, page: PageId): void
  touched(visit: Visit, state: 'active' | 'idle'): void
  /** The page says that something happened. */
  tracked(visit: Visit, name: string, properties?: EventProperties, times?: number): void
  /** How what this page shows was used until now. */
  read(visit: Visit, page: PageId, reading: Reading): void
  tag(visit: Visit, names: readonly string[]): Promise<void>
  /** From now on the page keeps this token. Another one than before is another person: another visit. */
  keep(visit: Visit, kept: { token: VisitorToken; consent: Consent; page?: PageId }): Promise<Visit>
  /** Called when a page turns out to be of another visit. */
  onMoved(listener: Moved): void
  identify(visit: Visit, identity: Identity): Promise<void>
  /** The stored visitor of this visit, made when there is none yet. Needs a token. */
  ensureVisitor(visit: Visit): Promise<Result<VisitorId>>
  /** What is in memory of this visitor. */
  heldOf(visitorId: VisitorId): object[]
  /** They were erased: nothing of them stays in memory, and their pages are told. */
  forget(erased: { visitorId: VisitorId; tokenHash: string | null }): void
  /** Lets go of a visit that no stored visitor belongs to. */
  forgetVisit(visit: Visit): void
  /** Their open conversation, or none, and when they last chatted, if ever. */
  conversing(visitorId: VisitorId, conversationId: ConversationId | null, lastChatAt: number | null): void
  /** No proactive message for a while. */
  quieten(visit: Visit): Promise<void>
  /** When it resolves, the page views so far are stored. */
  flush(): Promise<void>
  close(): Promise<void>
}

export interface VisitNeeds {
  history: Pick<History, 'visits' | 'visitors' | 'erasures'>
  exposures: Exposures
  sites: Pick<Sites, 'byId' | 'byKey' | 'answer'>
  ownKeys: Pick<OwnKeys, 'read'>
  audience: Pick<Audience, 'visitChanged' | 'visitGone' | 'visitorRefused'>
  clock: Clock
  random: Random
  log: Log
  /** Visits in memory at most. */
  most?: number
}
