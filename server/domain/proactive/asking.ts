import type { Author } from '../../../shared/conversation/entry.ts'
import type { InviteId, RuleId } from '../../../shared/ids.ts'
import { failure, type Result, success } from '../../../shared/result.ts'
import { isSilent } from '../../../shared/triggers/action.ts'
import { decide, type Standing, type Verdict } from '../../../shared/triggers/decide.ts'
import type { Rule } from '../../../shared/triggers/rule.ts'
import type { RecordedPageView } from '../../../shared/visitor.ts'
import { placeOf, type Visit, viewOf } from '../visits/visit.ts'
import type { Because, Dealings, Waiting } from './dealings.ts'
import type { KnownFacts } from './known-facts.ts'
import type { ProactiveAnswer, ProactiveNeeds, Question } from './live-proactive.ts'
import type { RuleInterest } from './proactive-news.ts'
import { type Listener, speechOf } from './speech.ts'

interface AskingNeeds extends ProactiveNeeds {
  dealings: Dealings
  interest: RuleInterest
  known: KnownFacts
}

/** Answers the pages that ask for a rule: which one speaks, to whom, and only once that is on record. */
export class RuleAsking {
  constructor(private readonly needs: AskingNeeds) {}

  ask(visit: Visit, asked: Question): ProactiveAnswer {
    const { id: _, ...answer } = this.answer(visit, asked)
    return answer
  }

  async say(visit: Visit, asked: Question): Promise<Result<ProactiveAnswer>> {
    const { exposures, dealings, clock } = this.needs
    // Who asks for it by a click does not wait for what was said before.
    if (asked.called !== 'visitor') await exposures.recall(visit)
    if (asked.called !== 'visitor' && exposures.isUnread(visit)) return notNow()
    const granted = asked.called ? null : this.grantedTo(visit, asked)
    const { id, ...answer } = granted ?? this.answer(visit, asked, placeOf(visit) ? true : undefined)
    if (!id) return success(answer)
    const waiting = dealings.waiting(visit, id)
    await exposures.flush()
    const isOnRecord = dealings.settle(visit, id, waiting)
    // They may have asked meanwhile not to be addressed, or to be forgotten.
    if (visit.consent === 'denied' || visit.erased) return success({ invitation: null, because: 'consent' })
    if (isOnRecord) return success(answer)
    dealings.note(visit, { ruleId: asked.ruleId, at: clock.now(), because: 'undecided' })
    return notNow()
  }

  private answer(visit: Visit, asked: Question, unrecorded?: true): Answered {
    const { ruleId, page, called } = asked
    const enabled = this.needs.interest.enabled(visit.siteId)
    const rule = enabled.find((one) => one.id === ruleId)
    const view = viewOf(visit, page)
    if (rule && visit.consent === 'denied') return { invitation: null, because: 'consent' }
    if (!rule || !view) return { invitation: null, because: 'unknown' }
    const rules = called ? [rule] : enabled
    const { because, variant } = this.decided({ visit, rule, rules, view }, asked)
    if (because !== 'shown') return { invitation: null, because }
    // Called for again while it stands there: what was begun to be written in it stays.
    const standing = this.needs.dealings.shownTo(visit)
    if (standing?.ruleId === ruleId) return { invitation: standing, because }
    // What was asked for says nothing of what the rule does by itself: it is recorded apart.
    const by = called === 'visitor' ? 'visitor' : 'rule'
    const place = { page, unrecorded }
    return { ...this.speak({ visit, title: view.title }, rule, { variant, by, place }), because }
  }

  /** What comes of this rule now, which is noted; who is held out of it has had their moment. */
  private decided({ visit, rule, rules, view }: Case, { secondsOnPage, called }: Question): Outcome {
    const { exposures, dealings, known, clock } = this.needs
    const now = clock.now()
    const facts = known.of({ visit, view, now, secondsOnPage })
    const asked = { ...standingOf(this.needs, visit), claimed: rule.id, called }
    const verdict = decide(rules, facts, asked, now)
    const isUnread = called !== 'visitor' && exposures.isUnread(visit)
    const because = isUnread ? 'undecided' : outcomeOf(verdict, rule.id)
    dealings.note(visit, { ruleId: rule.id, at: now, because })
    if (because === 'heldOut' && verdict.withheld.includes(rule))
      exposures.add(visit, { by: 'rule', rule, heldOut: true, silent: isSilent(rule.action) })
    return { because, variant: verdict.winner?.variant ?? null }
  }

  /** The page did not hear that it was shown this, and asks again. */
  private grantedTo(visit: Visit, { ruleId, page }: Question): Answered | null {
    const { invitation, page: at, unrecorded } = this.needs.dealings.waitingFor(visit) ?? {}
    if (invitation?.ruleId !== ruleId || at !== page) return null
    return { invitation, because: 'shown', ...(unrecorded ? { id: invitation.inviteId } : {}) }
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
    const invitation = this.needs.dealings.show(visit, told, place)
    return { invitation, id: invitation.inviteId }
  }
}

/** How a visit stands with all that was said to its visitor. */
export function standingOf({ exposures }: Pick<ProactiveNeeds, 'exposures'>, visit: Visit): Standing {
  const { consent } = visit
  return { history: exposures.pastOf(visit), visitor: exposures.lotOf(visit), consent }
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

/** A rule is asked for, on a page of a visit, among others. */
interface Case {
  visit: Visit
  rule: Rule
  rules: readonly Rule[]
  view: RecordedPageView
}

interface Outcome {
  because: Because
  variant: string | null
}

const outcomeOf = ({ winner, losers }: Verdict<Rule>, ruleId: RuleId): Because =>
  winner?.rule.id === ruleId ? 'shown' : (losers.find(({ rule }) => rule.id === ruleId)?.because ?? 'unknown')
