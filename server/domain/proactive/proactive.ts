import type { SignedInAgent } from '../../../shared/agent.ts'
import type { Author } from '../../../shared/conversation/entry.ts'
import type { InviteId, PageId, RuleId, SiteId, VisitId } from '../../../shared/ids.ts'
import type { Invitation } from '../../../shared/protocol.ts'
import { failure, type Result, success } from '../../../shared/result.ts'
import { isSilent } from '../../../shared/triggers/action.ts'
import { holdBack } from '../../../shared/triggers/budget.ts'
import { type CalledBy, decide, type Standing, type Verdict } from '../../../shared/triggers/decide.ts'
import type { Asked } from '../../../shared/triggers/evaluate.ts'
import type { FactName, Facts } from '../../../shared/triggers/facts.ts'
import { byRank, type PageFacts, type PageRule } from '../../../shared/triggers/page.ts'
import { pageRule } from '../../../shared/triggers/remainder.ts'
import type { Rule } from '../../../shared/triggers/rule.ts'
import type { RuleWhy } from '../../../shared/triggers/why.ts'
import type { Origin } from '../audience.ts'
import { lastView, placeOf, type Visit, viewOf } from '../visits/visit.ts'
import { type Because, Dealings, type Decision, type Waiting } from './dealings.ts'
import { KnownFacts } from './known-facts.ts'
import type {
  AskedOutside,
  LiveProactive,
  ProactiveAnswer,
  ProactiveNeeds,
  Question,
} from './live-proactive.ts'
import { PageMessages, type PageOfSite } from './page-messages.ts'
import { RuleInterest } from './proactive-news.ts'
import { type LiveStanding, whyOf } from './proactive-why.ts'
import { answerTo, questionAnswered, questionOf } from './question.ts'
import { addressed, type Listener, speechOf } from './speech.ts'

export type { Invitations, LiveProactive, ProactiveAnswer, Question } from './live-proactive.ts'

export const createProactive = (needs: ProactiveNeeds): LiveProactive => new ProactiveInMemory(needs)

/** Of a page: what ranks lower is not told, so that an answer stays small. */
const mostRules = 100

class ProactiveInMemory implements LiveProactive {
  private readonly dealings: Dealings
  private readonly pageMessages: PageMessages
  private readonly interest: RuleInterest
  private readonly known: KnownFacts

  constructor(private readonly needs: ProactiveNeeds) {
    this.dealings = new Dealings(needs)
    this.interest = new RuleInterest(needs)
    this.known = new KnownFacts(needs, this.interest)
    this.pageMessages = new PageMessages({ ...needs, dealings: this.dealings })
    needs.visits.onMoved((...moved) => this.moved(...moved))
  }

  rulesFor(visit: Visit, page: PageId): PageRule[] {
    const view = visit.consent === 'denied' ? null : viewOf(visit, page)
    const rules = view ? this.interest.enabled(visit.siteId) : []
    void this.needs.exposures.recall(visit)
    if (!view || rules.length === 0) return []
    const facts = this.known.of({ visit, view, now: this.needs.clock.now() })
    const left = rules.flatMap((rule) => pageRule(rule, facts, view.at) ?? [])
    return left.length <= mostRules ? left : left.sort(byRank).slice(0, mostRules)
  }

  listensFor(fact: FactName, siteId: SiteId): boolean {
    return this.interest.listensFor(fact, siteId)
  }

  onNews(listener: Parameters<LiveProactive['onNews']>[0]): () => void {
    return this.interest.onNews(listener)
  }

  ask(visit: Visit, asked: Question): ProactiveAnswer {
    const { id: _, ...answer } = this.answer(visit, asked)
    return answer
  }

  async say(visit: Visit, asked: Question): Promise<Result<ProactiveAnswer>> {
    const { exposures } = this.needs
    // Who asks for it by a click does not wait for what was said before.
    if (asked.called !== 'visitor') await exposures.recall(visit)
    if (asked.called !== 'visitor' && exposures.isUnread(visit)) return notNow()
    const granted = asked.called ? null : this.grantedTo(visit, asked)
    const { id, ...answer } = granted ?? this.answer(visit, asked, placeOf(visit) ? true : undefined)
    if (!id) return success(answer)
    const waiting = this.dealings.waiting(visit, id)
    await exposures.flush()
    if (this.dealings.settle(visit, id, waiting)) return success(answer)
    this.dealings.note(visit, { ruleId: asked.ruleId, at: this.needs.clock.now(), because: 'undecided' })
    return notNow()
  }

  private answer(
    visit: Visit,
    { ruleId, page, secondsOnPage, called }: Question,
    unrecorded?: true,
  ): Answered {
    const enabled = this.interest.enabled(visit.siteId)
    const rule = enabled.find((one) => one.id === ruleId)
    const view = viewOf(visit, page)
    if (rule && visit.consent === 'denied') return { invitation: null, because: 'consent' }
    if (!rule || !view) return { invitation: null, because: 'unknown' }
    const rules = called ? [rule] : enabled
    const now = this.needs.clock.now()
    const facts = this.known.of({ visit, view, now, secondsOnPage })
    const verdict = this.judge({ visit, rules, facts, claimed: ruleId, called }, now)
    const isUnread = called !== 'visitor' && this.needs.exposures.isUnread(visit)
    const because = isUnread ? 'undecided' : outcomeOf(verdict, ruleId)
    this.dealings.note(visit, { ruleId, at: now, because })
    if (because === 'heldOut' && verdict.withheld.includes(rule))
      this.needs.exposures.add(visit, { by: 'rule', rule, heldOut: true, silent: isSilent(rule.action) })
    if (because !== 'shown') return { invitation: null, because }
    // Called for again while it stands there: what was begun to be written in it stays.
    const standing = this.shownTo(visit)
    if (standing?.ruleId === ruleId) return { invitation: standing, because }
    const variant = verdict.winner?.variant ?? null
    // What was asked for says nothing of what the rule does by itself: it is recorded apart.
    const by = called === 'visitor' ? 'visitor' : 'rule'
    const place = { page, unrecorded }
    return { ...this.speak({ visit, title: view.title }, rule, { variant, by, place }), because }
  }

  /** The page did not hear that it was shown this, and asks again. */
  private grantedTo(visit: Visit, { ruleId, page }: Question): Answered | null {
    const { invitation, page: at, unrecorded } = this.dealings.waitingFor(visit) ?? {}
    if (invitation?.ruleId !== ruleId || at !== page) return null
    return { invitation, because: 'shown', ...(unrecorded ? { id: invitation.inviteId } : {}) }
  }

  async invite(visitId: VisitId, text: string, from: SignedInAgent): Promise<Result<{ inviteId: InviteId }>> {
    const visit = this.needs.visits.byId(visitId)
    if (!visit || visit.state === 'gone') return failure('not_found', 'This visitor is not on the site.')
    if (visit.conversationId) return failure('conflict', 'This visitor is in a conversation already.')
    const author: Author = { kind: 'agent', id: from.id, name: from.name }
    const said = { ruleId: null, text: addressed(this.needs, visit, text), from: from.name }
    const invitation = this.dealings.show(visit, { said, author, by: 'agent' })
    this.needs.audience.inviteOffered(visit.id, invitation)
    return success({ inviteId: invitation.inviteId })
  }

  async writeToPage(to: PageOfSite, text: string, from: SignedInAgent) {
    return this.pageMessages.send(to, text, from)
  }

  shownTo(visit: Visit): Invitation | null {
    const waiting = this.dealings.waitingFor(visit)
    return waiting && !waiting.unrecorded ? waiting.invitation : null
  }

  standsOn(visit: Visit, inviteId: InviteId, page: PageId): void {
    const waiting = this.dealings.waiting(visit, inviteId)
    if (waiting) waiting.page = page
  }

  private moved(page: PageId, from: Visit, to: Visit): void {
    // Somebody else begins on this page.
    if (from.tokenHash !== null) return
    const isPart = this.needs.visits.byId(from.id) === null
    if (isPart) this.dealings.join(from, to)
    if (!isPart && this.dealings.waitingFor(from)?.page !== page) return
    const gaveWay = this.dealings.carry(from, to)
    if (!gaveWay) return
    for (const { id } of [from, to]) this.needs.audience.inviteWithdrawn(id, gaveWay, {})
  }

  waitingFor(visit: Visit): Readonly<Waiting> | null {
    return this.dealings.waitingFor(visit)
  }

  pending(visitId: VisitId, inviteId: InviteId) {
    const visit = this.needs.visits.byId(visitId)
    const waiting = visit && this.dealings.waiting(visit, inviteId)
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

  seen(visit: Visit, inviteId: InviteId): void {
    this.dealings.mark(visit, inviteId, 'seenAt')
  }

  opened(visit: Visit, inviteId: InviteId, { done }: { done?: boolean | undefined }, origin: Origin): void {
    // Nobody takes up what they do not see.
    this.seen(visit, inviteId)
    this.dealings.mark(visit, inviteId, 'openedAt')
    if (done) this.withdraw(visit.id, inviteId, origin)
  }

  rated(visit: Visit, inviteId: InviteId, score: number, origin: Origin): Result<void> {
    const answer = answerTo(this.dealings.waiting(visit, inviteId)?.invitation, score)
    if (!answer.ok) return answer
    const { told, rating } = answer.value
    this.needs.visits.tracked(visit, questionAnswered, told)
    if (rating !== null) this.needs.exposures.happened(visit, { kind: 'rating', rating })
    this.opened(visit, inviteId, { done: true }, origin)
    return success(undefined)
  }

  question(visit: Visit, asked: AskedOutside): Invitation | null {
    if (visit.consent === 'denied' || this.shownTo(visit)) return null
    const past = this.needs.exposures.pastOf(visit)
    // The chat itself made it quiet; what was dismissed since counts.
    const quietSince = (past.quietSince ?? 0) > asked.since ? past.quietSince : null
    if (holdBack({ ...past, quietSince }, this.needs.clock.now())) return null
    const from = this.needs.sites.byId(visit.siteId)?.name ?? ''
    return this.dealings.show(visit, { ...questionOf(asked, from), by: 'survey' })
  }

  async recorded(visit: Visit): Promise<void> {
    if (placeOf(visit)) await this.needs.exposures.flush()
  }

  decisions(visitId: VisitId): readonly Decision[] {
    const visit = this.needs.visits.byId(visitId)
    return visit ? this.dealings.decisions(visit) : []
  }

  standingOf(visit: Visit, page?: PageId): LiveStanding | null {
    const view = page ? viewOf(visit, page) : lastView(visit)
    if (!view) return null
    const now = this.needs.clock.now()
    const facts = this.known.seen({ visit, view, now })
    return { visit, facts, standing: this.standing(visit), decisions: this.dealings.decisions(visit), now }
  }

  watching(rule: Asked): (visit: Visit) => Facts | null {
    return this.known.watching(rule)
  }

  why(visitId: VisitId, page?: PageId, seen?: PageFacts): RuleWhy[] | null {
    const visit = this.needs.visits.byId(visitId)
    const live = visit && this.standingOf(visit, page)
    return live && whyOf({ ...live, facts: { ...live.facts, ...seen } }, this.needs.rules.list(visit.siteId))
  }

  private judge({ visit, rules, facts, ...asked }: Case, now: number): Verdict<Rule> {
    return decide(rules, facts, { ...this.standing(visit), ...asked }, now)
  }

  private standing(visit: Visit): Standing {
    const { consent } = visit
    const { exposures } = this.needs
    return { history: exposures.pastOf(visit), visitor: exposures.lotOf(visit), consent }
  }

  private speak(to: Listener, rule: Rule, { variant, by, place }: Speech): Omit<Answered, 'because'> {
    const { visit } = to
    const { event, ...words } = speechOf(this.needs, to, rule, variant)
    if (event) {
      const id = this.needs.exposures.add(visit, { by, rule, variant, silent: true })
      return { invitation: null, event, id }
    }
    const from = this.needs.sites.byId(visit.siteId)?.name ?? ''
    const author: Author = { kind: 'bot', name: from }
    const told = { said: { ruleId: rule.id, from, ...words }, author, by, rule, variant }
    const invitation = this.dealings.show(visit, told, place)
    return { invitation, id: invitation.inviteId }
  }

  private withdraw(visitId: VisitId, inviteId: InviteId, origin: Origin): boolean {
    const visit = this.needs.visits.byId(visitId)
    if (!visit || !this.dealings.withdraw(visit, inviteId)) return false
    this.needs.audience.inviteWithdrawn(visitId, inviteId, origin)
    return true
  }
}

/** With the name of what was said, where anything was. */
type Answered = ProactiveAnswer & { id?: InviteId }

/** How a rule speaks. */
interface Speech {
  variant: string | null
  /** `visitor`: they asked for it by a click. */
  by: 'rule' | 'visitor'
  place: Pick<Waiting, 'page' | 'unrecorded'>
}

/** Said to them already, it might be said twice: better later. */
const notNow = () =>
  failure('unavailable', 'What was said to this visitor cannot be read or written now. Try again later.')

/** What is to be judged. */
interface Case {
  visit: Visit
  rules: readonly Rule[]
  facts: Facts
  claimed: RuleId
  called?: CalledBy | undefined
}

const outcomeOf = ({ winner, losers }: Verdict<Rule>, ruleId: RuleId): Because =>
  winner?.rule.id === ruleId ? 'shown' : (losers.find(({ rule }) => rule.id === ruleId)?.because ?? 'unknown')
