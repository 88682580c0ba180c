import type { SignedInAgent } from '../../shared/agent.ts'
import type { Author } from '../../shared/conversation/entry.ts'
import type { InviteId, PageId, RuleId, SiteId, VisitId } from '../../shared/ids.ts'
import type { PageEvent } from '../../shared/invitation.ts'
import type { Invitation } from '../../shared/protocol.ts'
import { failure, type Result, success } from '../../shared/result.ts'
import { type Hold, holdBack } from '../../shared/triggers/budget.ts'
import { type CalledBy, decide, type Standing, type Verdict } from '../../shared/triggers/decide.ts'
import { type Asked, explain } from '../../shared/triggers/evaluate.ts'
import type { FactName, Facts } from '../../shared/triggers/facts.ts'
import { byRank, type PageFacts, type PageRule } from '../../shared/triggers/page.ts'
import { pageRule } from '../../shared/triggers/remainder.ts'
import type { Rule } from '../../shared/triggers/rule.ts'
import type { RuleWhy } from '../../shared/triggers/why.ts'
import type { Audience } from './audience.ts'
import { type Because, Dealings, type Decision, type Waiting } from './dealings.ts'
import type { Agents, Origin, Proactive, Rules, Sites } from './domain.ts'
import type { House } from './house.ts'
import { KnownFacts } from './known-facts.ts'
import { PageMessages, type PageOfSite } from './page-messages.ts'
import type { Clock, Log, Random } from './ports.ts'
import { RuleInterest } from './proactive-news.ts'
import type { QueueLength } from './proactive-queue.ts'
import { type LiveStanding, whyOf } from './proactive-why.ts'
import { answerTo, questionAnswered } from './question.ts'
import type { Sorter } from './sorter.ts'
import { addressed, type Listener, speechOf } from './speech.ts'
import { lastView, type Visit, viewOf } from './visit.ts'
import type { LiveVisits } from './visits.ts'

/** A page's claim that a rule fits. */
export interface Question {
  ruleId: RuleId
  secondsOnPage: number
  page: PageId
  /** The site calls for it by name, whatever the page sees. */
  called?: CalledBy | undefined
}

/** What is to be shown or, by `event`, told to the page; neither where `because` says why not. */
export interface ProactiveAnswer {
  invitation: Invitation | null
  because: Because
  event?: PageEvent
}

/** The proactive messages that wait for their visitor, as conversations use them. */
export interface Invitations {
  pending(
    visitId: VisitId,
    inviteId: InviteId,
  ): { ruleId: RuleId | null; inviteId: InviteId; text: string; author: Author } | null
  answered(visitId: VisitId, inviteId: InviteId): void
}

/** Decides who is addressed, by which rule, and remembers why. */
export interface LiveProactive extends Proactive, Invitations {
  /** What this page of the visit needs to know when to ask: the rules that are not decided without it. */
  rulesFor(visit: Visit, page: PageId): PageRule[]
  /** Whether any rule of the site asks for this: what nobody asks for need not be told of. */
  listensFor(fact: FactName, siteId: SiteId): boolean
  /** Called when what rules ask for became another by itself: of a visit, or (null) of whoever is there. */
  onNews(listener: (of: VisitId | null) => void): () => void
  /** "By what I see, this rule fits." The page is believed only about the seconds that it alone can count. */
  ask(visit: Visit, asked: Question): ProactiveAnswer
  /** Shown to this visit and neither answered nor dismissed. */
  shownTo(visit: Visit): Invitation | null
  /** The same with what its pages have told of it. */
  waitingFor(visit: Visit): Readonly<Waiting> | null
  dismiss(visit: Visit, inviteId: InviteId, origin: Origin): Promise<void>
  /** It stood on the screen, and its page was looked at. */
  seen(visit: Visit, inviteId: InviteId): void
  /** The visitor took it up; nothing of it waits any more where what it offered is `done`. */
  opened(visit: Visit, inviteId: InviteId, how: { done?: boolean | undefined }, origin: Origin): void
  /** The answer to the one question of a `survey`; nothing of it waits any more. */
  rated(visit: Visit, inviteId: InviteId, score: number, origin: Origin): Result<void>
  /** Latest last. */
  decisions(visitId: VisitId): readonly Decision[]
  /** How the visit stands with rules now, on this page or on the one it shows; null where it shows none. */
  standingOf(visit: Visit, page?: PageId): LiveStanding | null
  /** For many visits, of which only this is asked: the house is looked at once. Null for who shows no page. */
  watching(rule: Asked): (visit: Visit) => Facts | null
  /** As in `Proactive`, for one of its pages and with what that sees. */
  why(visitId: VisitId, page?: PageId, seen?: PageFacts): RuleWhy[] | null
}

export interface ProactiveNeeds {
  visits: Pick<LiveVisits, 'byId' | 'quieten' | 'live' | 'tracked'>
  rules: Pick<Rules, 'list'>
  agents: Pick<Agents, 'somebodyCanAnswer' | 'colleagues'>
  sites: Pick<Sites, 'byId'>
  audience: Pick<Audience, 'inviteOffered' | 'inviteWithdrawn'>
  house: House
  sorter: Sorter
  queue: QueueLength
  clock: Clock
  random: Random
  log: Log
}

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
    this.pageMessages = new PageMessages(needs)
  }

  rulesFor(visit: Visit, page: PageId): PageRule[] {
    const view = visit.consent === 'denied' ? null : viewOf(visit, page)
    const rules = view ? this.enabled(visit) : []
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

  ask(visit: Visit, { ruleId, page, secondsOnPage, called }: Question): ProactiveAnswer {
    const enabled = this.enabled(visit)
    const rule = enabled.find((one) => one.id === ruleId)
    const view = viewOf(visit, page)
    if (rule && visit.consent === 'denied') return { invitation: null, because: 'consent' }
    if (!rule || !view) return { invitation: null, because: 'unknown' }
    const rules = called ? [rule] : enabled
    const now = this.needs.clock.now()
    const facts = this.known.of({ visit, view, now, secondsOnPage })
    const verdict = this.judge({ visit, rules, facts, claimed: ruleId, called }, now)
    const because = outcomeOf(verdict, ruleId)
    this.dealings.note(visit, { ruleId, at: now, because, findings: explain(rule, facts).findings })
    if (because !== 'shown') return { invitation: null, because }
    const variant = verdict.winner?.variant ?? null
    return { ...this.speak({ visit, title: view.title }, rule, variant), because }
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
    return this.pageMessages.send(to, from, (visitId) => this.address(visitId, text, from))
  }

  shownTo(visit: Visit): Invitation | null {
    return this.dealings.waitingFor(visit)?.invitation ?? null
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
    this.needs.visits.tracked(visit, questionAnswered, answer.value)
    this.opened(visit, inviteId, { done: true }, origin)
    return success(undefined)
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

  /** Tells them, unless there is a reason not to, which it then answers. */
  private address(visitId: VisitId, text: string, from: SignedInAgent): Hold | 'consent' | 'away' | null {
    const visit = this.needs.visits.byId(visitId)
    if (!visit || visit.sockets === 0) return 'away'
    if (visit.consent === 'denied') return 'consent'
    const held = holdBack(this.dealings.pastOf(visit), this.needs.clock.now())
    if (held) return held
    const author: Author = { kind: 'agent', id: from.id, name: from.name }
    const said = { ruleId: null, text: addressed(this.needs, visit, text), from: from.name }
    const invitation = this.dealings.show(visit, { said, author, by: 'announcement' })
    this.needs.audience.inviteOffered(visitId, invitation)
    return null
  }

  private judge({ visit, rules, facts, ...asked }: Case, now: number): Verdict<Rule> {
    return decide(rules, facts, { ...this.standing(visit), ...asked }, now)
  }

  private standing(visit: Visit): Standing {
    const { consent } = visit
    return { history: this.dealings.pastOf(visit), visitor: visit.visitorId ?? visit.key, consent }
  }

  private speak(to: Listener, rule: Rule, variant: string | null): Omit<ProactiveAnswer, 'because'> {
    const { visit } = to
    const { event, ...said } = speechOf(this.needs, to, rule, variant)
    if (event) {
      this.dealings.mention(visit, rule.id)
      return { invitation: null, event }
    }
    const from = this.needs.sites.byId(visit.siteId)?.name ?? ''
    const author: Author = { kind: 'bot', name: from }
    return {
      invitation: this.dealings.show(visit, { said: { ruleId: rule.id, from, ...said }, author, by: 'rule' }),
    }
  }

  private withdraw(visitId: VisitId, inviteId: InviteId, origin: Origin): boolean {
    const visit = this.needs.visits.byId(visitId)
    if (!visit || !this.dealings.withdraw(visit, inviteId)) return false
    this.needs.audience.inviteWithdrawn(visitId, inviteId, origin)
    return true
  }

  private enabled(visit: Visit): Rule[] {
    return this.needs.rules.list(visit.siteId).filter((rule) => rule.enabled)
  }
}

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
