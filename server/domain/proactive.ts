import type { SignedInAgent } from '../../shared/agent.ts'
import type { Author } from '../../shared/conversation/entry.ts'
import { type InviteId, makeId, type PageId, type RuleId, type VisitId } from '../../shared/ids.ts'
import { localText } from '../../shared/locale.ts'
import type { Invitation } from '../../shared/protocol.ts'
import { failure, type Result, success } from '../../shared/result.ts'
import { type ContactHistory, type Hold, holdBack } from '../../shared/triggers/budget.ts'
import { explain, type Facts, type Finding, winner } from '../../shared/triggers/evaluate.ts'
import type { PageRule, Rule } from '../../shared/triggers/rule.ts'
import type { Audience } from './audience.ts'
import type { Agents, Origin, Proactive, Rules, Sites } from './domain.ts'
import type { Clock, Random } from './ports.ts'
import { type Visit, viewOf } from './visit.ts'
import type { LiveVisits } from './visits.ts'

/** Why a page's question ended as it did. */
export type Because = Hold | 'shown' | 'unknown' | 'consent' | 'conditions' | 'outranked'

/** A page's claim that a rule fits. */
export interface Question {
  ruleId: RuleId
  secondsOnPage: number
  page: PageId
}

/** One question and its answer, for "why did it, or did it not". */
export interface Decision {
  ruleId: RuleId
  at: number
  because: Because
  findings: Finding[]
}

/** The proactive messages that wait for their visitor, as conversations use them. */
export interface Invitations {
  pending(
    visitId: VisitId,
    inviteId: InviteId,
  ): { ruleId: RuleId | null; inviteId: InviteId; text: string; author: Author } | null
  answered(visitId: VisitId, inviteId: InviteId): void
}

/**
 * Decides who is addressed, by which rule, and remembers why. The first cut: a larger engine
 * takes this interface and leaves sockets, visits and conversations as they are.
 */
export interface LiveProactive extends Proactive, Invitations {
  /** What this visit's page needs to know when to ask. */
  rulesFor(visit: Visit): PageRule[]
  /** "By what I see, this rule fits." The page is believed only about the seconds that it alone can count. */
  ask(visit: Visit, asked: Question): { invitation: Invitation | null; because: Because }
  /** Shown to this visit and neither answered nor dismissed. */
  shownTo(visit: Visit): Invitation | null
  dismiss(visit: Visit, inviteId: InviteId, origin: Origin): Promise<void>
  /** Latest last. */
  decisions(visitId: VisitId): readonly Decision[]
}

export interface ProactiveNeeds {
  visits: Pick<LiveVisits, 'byId' | 'quieten'>
  rules: Pick<Rules, 'list'>
  agents: Pick<Agents, 'somebodyCanAnswer'>
  sites: Pick<Sites, 'byId'>
  audience: Pick<Audience, 'inviteOffered' | 'inviteWithdrawn'>
  clock: Clock
  random: Random
}

export const createProactive = (needs: ProactiveNeeds): LiveProactive => new FirstCut(needs)

/** What was said to a visit. Goes with the visit: nobody else holds it. */
interface Contact {
  shown: number
  lastShownAt: number | null
  waiting: { invitation: Invitation; author: Author } | null
  decisions: Decision[]
}

const decisionsKept = 50

class FirstCut implements LiveProactive {
  private readonly contacts = new WeakMap<Visit, Contact>()

  constructor(private readonly needs: ProactiveNeeds) {}

  rulesFor(visit: Visit): PageRule[] {
    if (visit.consent === 'denied') return []
    return this.enabled(visit).map(({ id, priority, when }) => ({ id, priority, when }))
  }

  ask(visit: Visit, asked: Question) {
    const rule = this.enabled(visit).find((one) => one.id === asked.ruleId)
    const facts = this.factsOf(visit, asked)
    if (!rule || !facts) return { invitation: null, because: 'unknown' as const }
    const because = this.judge(visit, rule, facts)
    this.note(visit, { ruleId: rule.id, at: this.needs.clock.now(), because, findings: explain(rule, facts) })
    return { invitation: because === 'shown' ? this.speak(visit, rule) : null, because }
  }

  async invite(visitId: VisitId, text: string, from: SignedInAgent): Promise<Result<{ inviteId: InviteId }>> {
    const visit = this.needs.visits.byId(visitId)
    if (!visit || visit.state === 'gone') return failure('not_found', 'This visitor is not on the site.')
    if (visit.conversationId) return failure('conflict', 'This visitor is in a conversation already.')
    const author: Author = { kind: 'agent', id: from.id, name: from.name }
    const invitation = this.show(visit, { ruleId: null, text, from: from.name }, author)
    this.needs.audience.inviteOffered(visit.id, invitation)
    return success({ inviteId: invitation.inviteId })
  }

  shownTo(visit: Visit): Invitation | null {
    return this.contacts.get(visit)?.waiting?.invitation ?? null
  }

  pending(visitId: VisitId, inviteId: InviteId) {
    const waiting = this.waiting(visitId, inviteId)
    if (!waiting) return null
    const { ruleId, text } = waiting.invitation
    return { ruleId, inviteId, text, author: waiting.author }
  }

  answered(visitId: VisitId, inviteId: InviteId): void {
    this.withdraw(visitId, inviteId, {})
  }

  async dismiss(visit: Visit, inviteId: InviteId, origin: Origin): Promise<void> {
    if (this.withdraw(visit.id, inviteId, origin)) await this.needs.visits.quieten(visit)
  }

  decisions(visitId: VisitId): readonly Decision[] {
    const visit = this.needs.visits.byId(visitId)
    return (visit && this.contacts.get(visit)?.decisions) ?? []
  }

  private judge(visit: Visit, rule: Rule, facts: Facts): Because {
    if (visit.consent === 'denied') return 'consent'
    const held = holdBack(this.historyOf(visit), this.needs.clock.now())
    if (held) return held
    const best = winner(this.enabled(visit), facts)
    if (best?.id === rule.id) return 'shown'
    return explain(rule, facts).every((finding) => finding.holds) ? 'outranked' : 'conditions'
  }

  private speak(visit: Visit, rule: Rule): Invitation {
    const from = this.needs.sites.byId(visit.siteId)?.name ?? ''
    const said = { ruleId: rule.id, text: localText(rule.say, visit.locale), from }
    return this.show(visit, said, { kind: 'bot', name: from })
  }

  private show(visit: Visit, said: Omit<Invitation, 'inviteId'>, author: Author): Invitation {
    const now = this.needs.clock.now()
    const invitation = { inviteId: makeId('i', now, this.needs.random.bytes(10)), ...said }
    const contact = this.contactOf(visit)
    contact.shown++
    contact.lastShownAt = now
    contact.waiting = { invitation, author }
    return invitation
  }

  private waiting(visitId: VisitId, inviteId: InviteId): Contact['waiting'] {
    const visit = this.needs.visits.byId(visitId)
    const waiting = visit ? this.contacts.get(visit)?.waiting : null
    return waiting?.invitation.inviteId === inviteId ? waiting : null
  }

  private withdraw(visitId: VisitId, inviteId: InviteId, origin: Origin): boolean {
    const visit = this.needs.visits.byId(visitId)
    if (!visit || !this.waiting(visitId, inviteId)) return false
    this.contactOf(visit).waiting = null
    this.needs.audience.inviteWithdrawn(visitId, inviteId, origin)
    return true
  }

  private enabled(visit: Visit): Rule[] {
    return this.needs.rules.list(visit.siteId).filter((rule) => rule.enabled)
  }

  private factsOf(visit: Visit, { page, secondsOnPage }: Question): Facts | null {
    const view = viewOf(visit, page)
    if (!view) return null
    const somebodyCanAnswer = this.needs.agents.somebodyCanAnswer()
    return { url: view.url, secondsOnPage, pageViews: visit.pageViews, somebodyCanAnswer }
  }

  private historyOf(visit: Visit): ContactHistory {
    const contact = this.contacts.get(visit)
    return {
      shownThisVisit: contact?.shown ?? 0,
      lastShownAt: contact?.lastShownAt ?? null,
      quietSince: visit.quietSince,
      inConversation: visit.conversationId !== null,
    }
  }

  private note(visit: Visit, decision: Decision): void {
    const { decisions } = this.contactOf(visit)
    decisions.push(decision)
    if (decisions.length > decisionsKept) decisions.shift()
  }

  private contactOf(visit: Visit): Contact {
    const known = this.contacts.get(visit)
    if (known) return known
    const contact: Contact = { shown: 0, lastShownAt: null, waiting: null, decisions: [] }
    this.contacts.set(visit, contact)
    return contact
  }
}
