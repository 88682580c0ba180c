import type { SignedInAgent } from '../../../shared/agent.ts'
import type { Author } from '../../../shared/conversation/entry.ts'
import type { InviteId, PageId, SiteId, VisitId } from '../../../shared/ids.ts'
import type { Invitation } from '../../../shared/protocol.ts'
import { failure, type Result, success } from '../../../shared/result.ts'
import { holdBack } from '../../../shared/triggers/budget.ts'
import type { Asked } from '../../../shared/triggers/evaluate.ts'
import type { FactName, Facts } from '../../../shared/triggers/facts.ts'
import { byRank, type PageFacts, type PageRule } from '../../../shared/triggers/page.ts'
import { pageRule } from '../../../shared/triggers/remainder.ts'
import type { RuleWhy } from '../../../shared/triggers/why.ts'
import type { Origin } from '../audience.ts'
import type { Invited } from '../domain.ts'
import { isLookedAt, lastView, placeOf, presence, type Visit, viewOf } from '../visits/visit.ts'
import { RuleAsking, standingOf } from './asking.ts'
import { Dealings, type Decision, type Waiting } from './dealings.ts'
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
import { type LiveStanding, whyNone, whyOf } from './proactive-why.ts'
import { answerTo, questionAnswered, questionOf } from './question.ts'
import { addressed } from './speech.ts'

export type { Invitations, LiveProactive, ProactiveAnswer, Question } from './live-proactive.ts'

export const createProactive = (needs: ProactiveNeeds): LiveProactive => new ProactiveInMemory(needs)

/** Of a page: what ranks lower is not told, so that an answer stays small. */
const mostRules = 100

class ProactiveInMemory implements LiveProactive {
  private readonly dealings: Dealings
  private readonly pageMessages: PageMessages
  private readonly interest: RuleInterest
  private readonly known: KnownFacts
  private readonly asking: RuleAsking

  constructor(private readonly needs: ProactiveNeeds) {
    this.dealings = new Dealings(needs)
    this.interest = new RuleInterest(needs)
    this.known = new KnownFacts(needs, this.interest)
    const { dealings, interest, known } = this
    this.asking = new RuleAsking({ ...needs, dealings, interest, known })
    this.pageMessages = new PageMessages({ ...needs, dealings })
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
    return this.asking.ask(visit, asked)
  }

  say(visit: Visit, asked: Question): Promise<Result<ProactiveAnswer>> {
    return this.asking.say(visit, asked)
  }

  async invite(visitId: VisitId, text: string, from: SignedInAgent): Promise<Result<Invited>> {
    const visit = this.needs.visits.byId(visitId)
    if (!visit || presence(visit, this.needs.clock.now()) === 'gone')
      return failure('not_found', 'This visitor is not on the site.')
    if (visit.conversationId) return failure('conflict', 'This visitor is in a conversation already.')
    const author: Author = { kind: 'agent', id: from.id, name: from.name }
    const said = { ruleId: null, text: addressed(this.needs, visit, text), from: from.name }
    const invitation = this.dealings.show(visit, { said, author, by: 'agent' })
    this.needs.audience.inviteOffered(visit.id, invitation)
    return success({ inviteId: invitation.inviteId, reaches: visit.sockets > 0 ? 'now' : 'nextPage' })
  }

  async writeToPage(to: PageOfSite, text: string, from: SignedInAgent) {
    return this.pageMessages.send(to, text, from)
  }

  shownTo(visit: Visit): Invitation | null {
    return this.dealings.shownTo(visit)
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

  consented(visit: Visit): void {
    const said = !isLookedAt(visit) ? this.dealings.waitingFor(visit)?.invitation : null
    if (said?.ruleId) this.withdraw(visit.id, said.inviteId, {})
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
    return {
      visit,
      facts,
      standing: standingOf(this.needs, visit),
      decisions: this.dealings.decisions(visit),
      now,
    }
  }

  watching(rule: Asked): (visit: Visit) => Facts | null {
    return this.known.watching(rule)
  }

  why(visitId: VisitId, page?: PageId, seen?: PageFacts): RuleWhy[] | null {
    const visit = this.needs.visits.byId(visitId)
    if (!visit) return null
    const rules = this.needs.rules.list(visit.siteId)
    if (visit.leftOut) return whyNone(rules)
    const live = this.standingOf(visit, page)
    return live && whyOf({ ...live, facts: { ...live.facts, ...seen } }, rules)
  }

  private withdraw(visitId: VisitId, inviteId: InviteId, origin: Origin): boolean {
    const visit = this.needs.visits.byId(visitId)
    if (!visit || !this.dealings.withdraw(visit, inviteId)) return false
    this.needs.audience.inviteWithdrawn(visitId, inviteId, origin)
    return true
  }
}
