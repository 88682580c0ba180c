import type { Author } from '../../../shared/conversation/entry.ts'
import type { InviteId, PageId, RuleId, SiteId, VisitId } from '../../../shared/ids.ts'
import type { PageEvent } from '../../../shared/invitation.ts'
import type { Invitation } from '../../../shared/protocol.ts'
import type { Result } from '../../../shared/result.ts'
import type { SurveyWords } from '../../../shared/survey.ts'
import type { CalledBy } from '../../../shared/triggers/decide.ts'
import type { Asked } from '../../../shared/triggers/evaluate.ts'
import type { FactName, Facts } from '../../../shared/triggers/facts.ts'
import type { PageFacts, PageRule } from '../../../shared/triggers/page.ts'
import type { RuleWhy } from '../../../shared/triggers/why.ts'
import type { Audience, Origin } from '../audience.ts'
import type { Agents, Proactive, Rules, Sites } from '../domain.ts'
import type { Clock, Log, Random } from '../ports.ts'
import type { Sorter } from '../sorter.ts'
import type { Visit } from '../visits/visit.ts'
import type { LiveVisits } from '../visits/visits.ts'
import type { Because, Decision, Waiting } from './dealings.ts'
import type { Exposures } from './exposures.ts'
import type { House } from './house.ts'
import type { QueueLength } from './proactive-queue.ts'
import type { LiveStanding } from './proactive-why.ts'

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

/** What is asked about a chat outside of it. `since`, ms: quiet that began later is kept. */
export interface AskedOutside {
  words: SurveyWords
  about: 'csat' | 'nps'
  since: number
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
  /** The same, said only once it is on record; `unavailable` where it cannot be now, or what was said before is not known. */
  say(visit: Visit, asked: Question): Promise<Result<ProactiveAnswer>>
  /** Shown to this visit, on whichever page, and neither answered nor dismissed. */
  shownTo(visit: Visit): Invitation | null
  /** From now on it stands on this page and on no other. */
  standsOn(visit: Visit, inviteId: InviteId, page: PageId): void
  /** The same with what its pages have told of it. */
  waitingFor(visit: Visit): Readonly<Waiting> | null
  /** What a rule has said stands nowhere any more once its visitor denies consent. */
  consented(visit: Visit): void
  dismiss(visit: Visit, inviteId: InviteId, origin: Origin): Promise<void>
  /** It stood on the screen, and its page was looked at. */
  seen(visit: Visit, inviteId: InviteId): void
  /** The visitor took it up; nothing of it waits any more where what it offered is `done`. */
  opened(visit: Visit, inviteId: InviteId, how: { done?: boolean | undefined }, origin: Origin): void
  /** The answer to the one question of a `survey`; nothing of it waits any more. */
  rated(visit: Visit, inviteId: InviteId, score: number, origin: Origin): Result<void>
  /** Asks a visitor about their chat, which `since` has ended; null where they are to be left in peace. */
  question(visit: Visit, asked: AskedOutside): Invitation | null
  /** When it resolves, what was said to them so far is on record, where anything of them is. */
  recorded(visit: Visit): Promise<void>
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
  visits: Pick<LiveVisits, 'byId' | 'quieten' | 'everybody' | 'tracked' | 'onMoved'>
  rules: Pick<Rules, 'list'>
  agents: Pick<Agents, 'somebodyCanAnswer' | 'colleagues'>
  sites: Pick<Sites, 'byId'>
  audience: Pick<Audience, 'inviteOffered' | 'inviteWithdrawn'>
  exposures: Exposures
  house: House
  sorter: Sorter
  queue: QueueLength
  clock: Clock
  random: Random
  log: Log
}
