import type { Author } from '../../../shared/conversation/entry.ts'
import { type InviteId, makeId, type PageId, type RuleId } from '../../../shared/ids.ts'
import type { Invitation } from '../../../shared/protocol.ts'
import type { Contact } from '../../../shared/triggers/budget.ts'
import type { Rule } from '../../../shared/triggers/rule.ts'
import type { Because } from '../../../shared/triggers/why.ts'
import type { Clock, Random } from '../ports.ts'
import type { Visit } from '../visits/visit.ts'
import type { Exposures } from './exposures.ts'

export type { Because }

/** One question and its answer. What each condition came to is worked out when somebody asks why. */
export interface Decision {
  ruleId: RuleId
  at: number
  because: Because
}

/** What is to be said, by whom, and what it counts as. */
export interface Address {
  said: Omit<Invitation, 'inviteId'>
  author: Author
  by: Contact['by']
  /** Whose words these are, if a rule's, and of which variant. */
  rule?: Rule
  variant?: string | null
}

/** Said, and neither answered nor dismissed. */
export interface Waiting {
  invitation: Invitation
  author: Author
  /** The first time it was on a screen that was looked at, and the first time it was taken up; left out until then. */
  seenAt?: number
  openedAt?: number
  /** The one page it stands on; on every page where it is left out. */
  page?: PageId | undefined
  /** Nobody is shown it before it is on record. */
  unrecorded?: boolean | undefined
}

/** Where it stands, and whether it waits for the record. */
type Place = Pick<Waiting, 'page' | 'unrecorded'>

interface Dealing {
  waiting: Waiting | null
  decisions: Decision[]
}

/** Of one visit: the oldest go. */
const decisionsKept = 50

/** What waits for each visit to be answered, and what was decided. It goes with the visit: nobody else holds it. */
export class Dealings {
  private readonly ofVisits = new WeakMap<Visit, Dealing>()
  private readonly holders = new WeakMap<Invitation, Visit>()

  constructor(private readonly needs: { clock: Clock; random: Random; exposures: Exposures }) {}

  /** Instead of what waited. */
  show(visit: Visit, { said, author, ...saying }: Address, place: Place = {}): Invitation {
    const now = this.needs.clock.now()
    const invitation = { inviteId: makeId('i', now, this.needs.random.bytes(10)), ...said }
    this.needs.exposures.add(visit, saying, invitation.inviteId)
    this.with(visit).waiting = { invitation, author, ...place }
    this.holders.set(invitation, visit)
    return invitation
  }

  waitingFor(visit: Visit): Waiting | null {
    return this.ofVisits.get(visit)?.waiting ?? null
  }

  /** The same, once it is on record. */
  shownTo(visit: Visit): Invitation | null {
    const waiting = this.waitingFor(visit)
    return waiting && !waiting.unrecorded ? waiting.invitation : null
  }

  waiting(visit: Visit, inviteId: InviteId): Waiting | null {
    const waiting = this.waitingFor(visit)
    return waiting?.invitation.inviteId === inviteId ? waiting : null
  }

  /** The visit that it waits for now; null where something else stands instead. */
  holderOf(invitation: Invitation): Visit | null {
    const visit = this.holders.get(invitation)
    return visit && this.waitingFor(visit)?.invitation === invitation ? visit : null
  }

  /** What its page tells of what waits; only the first time is news. Answers whether it was. */
  mark(visit: Visit, inviteId: InviteId, what: 'seenAt' | 'openedAt'): boolean {
    const waiting = this.waiting(visit, inviteId)
    if (!waiting || waiting[what] !== undefined) return false
    waiting[what] = this.needs.clock.now()
    this.needs.exposures.came(inviteId, what)
    return true
  }

  /** Answers whether it had waited. */
  withdraw(visit: Visit, inviteId: InviteId): boolean {
    if (!this.waiting(visit, inviteId)) return false
    this.with(visit).waiting = null
    return true
  }

  /** It is on record, and is shown from now on; or nothing of it is. Answers which. */
  settle(visit: Visit, inviteId: InviteId, waiting = this.waiting(visit, inviteId)): boolean {
    const isOnRecord = this.needs.exposures.isOnRecord(visit, inviteId)
    if (waiting) waiting.unrecorded = undefined
    const holder = waiting && this.holderOf(waiting.invitation)
    if (holder && !isOnRecord) this.withdraw(holder, inviteId)
    return isOnRecord
  }

  /** What waits for one visit waits for the other from now on. Answers what has to give way where something waits for both. */
  carry(from: Visit, to: Visit): InviteId | null {
    const [brought, there] = [this.waitingFor(from), this.waitingFor(to)]
    if (!brought) return null
    const stays = there && attention(there) >= attention(brought) ? there : brought
    this.with(from).waiting = null
    this.with(to).waiting = stays
    this.holders.set(stays.invitation, to)
    return (stays === there ? brought : there)?.invitation.inviteId ?? null
  }

  /** One visit has become part of the other: what was decided for it was decided for both. */
  join(from: Visit, to: Visit): void {
    const both = [...this.decisions(from), ...this.decisions(to)].sort((a, b) => a.at - b.at)
    this.with(to).decisions = both.slice(-decisionsKept)
  }

  note(visit: Visit, decision: Decision): void {
    const { decisions } = this.with(visit)
    decisions.push(decision)
    if (decisions.length > decisionsKept) decisions.shift()
  }

  /** Latest last. */
  decisions(visit: Visit): readonly Decision[] {
    return this.ofVisits.get(visit)?.decisions ?? []
  }

  private with(visit: Visit): Dealing {
    const known = this.ofVisits.get(visit)
    if (known) return known
    const dealing: Dealing = { waiting: null, decisions: [] }
    this.ofVisits.set(visit, dealing)
    return dealing
  }
}

/** What somebody has taken up is not taken from them. */
const attention = ({ seenAt, openedAt }: Waiting): number => (openedAt ? 2 : seenAt ? 1 : 0)
