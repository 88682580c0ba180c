import type { OfficeHours } from '../../calendar/hours.ts'
import type { RuleId } from '../../ids.ts'
import { decide, type Reason } from '../decide.ts'
import { evaluate } from '../evaluate.ts'
import type { FactName, Facts } from '../facts.ts'
import type { Rule } from '../rule.ts'
import { noteHeld } from '../score.ts'
import { type Sorting, sorted } from '../segments.ts'
import type { Because } from '../why.ts'
import {
  type Assumed,
  factsOfView,
  factsOfVisit,
  lastChatAt,
  PastEvents,
  type Stay,
  stayOn,
} from './past-facts.ts'
import { dueMoments, missingFacts, type Player, playerOf } from './player.ts'
import type { Past, PastEvent, PastView, PastVisit } from './recorded.ts'
import { Said } from './said.ts'

/** What is replayed: a rule among those that are switched on. */
export interface Replaying {
  players: readonly Player[]
  tried: Player
  assumed: Assumed
  settings: Settings
  /** Also the moments at which no rule has anything to decide. */
  thorough: boolean
}

/** What rules may call by a name, as it is set up today. */
export interface Settings {
  calendars?: ReadonlyMap<string, OfficeHours>
  sorting?: Sorting | null
}

interface Options {
  assumed?: Assumed
  settings?: Settings
  thorough?: boolean
}

export const replaying = (
  rules: readonly Rule[],
  tried: Rule,
  { assumed = {}, settings = {}, thorough = false }: Options = {},
): Replaying => {
  const own = playerOf(tried)
  const others = rules.filter(({ id, enabled }) => enabled && id !== tried.id)
  return { players: [...others.map(playerOf), own], tried: own, assumed, settings, thorough }
}

/** Why a rule is asked at this moment. */
export type Cause = { kind: 'view' } | { kind: 'event'; name: string } | { kind: 'time' } | { kind: 'end' }

/** A moment of a visit at which something could change, and what came of it. */
export interface Step {
  visit: PastVisit
  view: PastView
  at: number
  cause: Cause
  facts: Facts
  /** Of the rule that is tried: as now, or as its page was told before (`isNews`). */
  because: Because
  isNews: boolean
  /** Its moment had come, and they were held out. */
  isWithheld: boolean
  /** What it asks for and nobody has recorded, where it stayed undecided. */
  missing: readonly FactName[]
  winner: Rule | null
  losers: readonly { rule: Rule; because: Reason }[]
  /** Who spoke last before this moment, in this visit. */
  before: RuleId | null
}

/**
 * Goes through all that a visitor did, with the same code that decides while they are there: as a page does, each rule
 * is asked for once a view. Whom a rule speaks to neither dismisses nor answers it, which nobody can know.
 */
export function* replay(past: Past, given: Replaying): Generator<Step, void> {
  const said = new Said(past)
  for (const [index, visit] of past.visits.entries()) {
    const facts = { ...factsOfVisit(past, index, given.assumed), calendars: given.settings.calendars }
    const events = new PastEvents()
    let heard = 0
    for (const [number, view] of visit.views.entries()) {
      const stay = stayOn(visit, number)
      const isLast = number === visit.views.length - 1
      const rest = visit.events.slice(heard)
      const until = rest.findIndex(({ at }) => !isLast && at >= stay.until)
      const own = until < 0 ? rest : rest.slice(0, until)
      heard += own.length
      yield* new ViewReplay({ past, given, said, visit, view, stay, events }).steps(
        factsOfView(facts, view, number + 1),
        own,
      )
    }
  }
}

interface Showing {
  past: Past
  given: Replaying
  said: Said
  visit: PastVisit
  view: PastView
  stay: Stay
  events: PastEvents
}

interface Moment {
  at: number
  cause: Cause
  event?: PastEvent
}

/** One page, while it is shown. */
class ViewReplay {
  /** What each was told when its page asked for it. */
  private readonly answered = new Map<RuleId, Because>()

  constructor(private readonly showing: Showing) {}

  *steps(facts: Facts, events: readonly PastEvent[]): Generator<Step, void> {
    const { given, events: heard } = this.showing
    const open = given.players.filter(({ rule }) => evaluate(rule, facts) !== false)
    if (open.length === 0 && !given.thorough) {
      for (const event of events) heard.note(event)
      return
    }
    const moments = this.momentsOf(open, events)
    for (let moment = moments.shift(); moment; moment = moments.shift()) {
      if (moment.event) heard.note(moment.event)
      const now = this.factsAt(facts, moment, open)
      if (moment.cause.kind === 'view' || moment.event) this.enter(moments, dueMoments(open, now))
      yield this.stepAt(moment, now, open)
      if (!given.thorough && open.every(({ rule }) => this.answered.has(rule.id))) break
    }
    for (const { event } of moments) if (event) heard.note(event)
  }

  private momentsOf(open: readonly Player[], events: readonly PastEvent[]): Moment[] {
    const { view, stay } = this.showing
    const listens = open.some(({ needs }) => needs.has('events') || needs.has('cart'))
    const waits = open.flatMap(({ seconds }) => seconds.map((one) => view.at + one * 1_000))
    const closes = stay.isOpen || (view.scroll !== undefined && open.some(({ needs }) => needs.has('scroll')))
    const moments: Moment[] = [
      { at: view.at, cause: { kind: 'view' } },
      ...events.map((event) => ({
        at: event.at,
        cause: { kind: 'event' as const, name: event.name },
        event,
      })),
      ...(closes ? [{ at: stay.until, cause: { kind: 'end' as const } }] : []),
    ]
    this.enter(moments, waits)
    return listens ? moments : this.withoutEvents(moments)
  }

  /** Nobody asks for them on this page: they are only remembered. */
  private withoutEvents(moments: readonly Moment[]): Moment[] {
    for (const { event } of moments) if (event) this.showing.events.note(event)
    return moments.filter(({ event }) => !event)
  }

  /** Adds those moments of time that are within the stay. */
  private enter(moments: Moment[], times: readonly number[]): void {
    const { view, stay } = this.showing
    const fresh = [...new Set(times)].filter(
      (at) =>
        at > view.at && at <= stay.until && !moments.some((one) => one.at === at && one.cause.kind !== 'end'),
    )
    if (fresh.length === 0) return
    moments.push(...fresh.map((at) => ({ at, cause: { kind: 'time' as const } })))
    moments.sort((a, b) => a.at - b.at || rankOf(a.cause) - rankOf(b.cause))
  }

  private factsAt(facts: Facts, { at, cause }: Moment, open: readonly Player[]): Facts {
    const { past, visit, view, stay, events } = this.showing
    const isPast = cause.kind === 'end' && stay.isOpen
    return this.sorted(open, {
      ...facts,
      ...{ now: at, ...events.facts() },
      secondsOnPage: isPast ? undefined : Math.floor((at - view.at) / 1_000),
      secondsOnSite: isPast ? undefined : Math.floor((at - visit.startedAt) / 1_000),
      scroll: this.scrollAt(cause, open),
      lastChatAt: past.chats.length === 0 ? null : lastChatAt(past.chats, at),
    })
  }

  /** With the segments they belong to and their score, where a rule asks for either. */
  private sorted(open: readonly Player[], facts: Facts): Facts {
    const { settings } = this.showing.given
    const { said } = this.showing
    if (!open.some(({ needs }) => needs.has('segments') || needs.has('leadScore'))) return facts
    const { sorting } = settings
    if (!sorting) return { ...facts, segments: new Map() }
    if (sorting.score) said.scoreHeld = noteHeld(sorting.score, said.scoreHeld, facts, facts.now ?? 0)
    const { segments, leadScore } = sorted(sorting, facts, said.scoreHeld)
    return { ...facts, segments, leadScore }
  }

  /** How deep is recorded, not when: until the page is left it is only known not to be deeper. */
  private scrollAt({ kind }: Cause, open: readonly Player[]): number | undefined {
    const { scroll } = this.showing.view
    if (scroll === undefined || kind === 'end') return scroll
    return open.every(({ depths }) => depths.every((depth) => depth > scroll)) ? scroll : undefined
  }

  private stepAt({ at, cause }: Moment, facts: Facts, open: readonly Player[]): Step {
    const { given, said, visit, view } = this.showing
    const { tried } = given
    const before = said.lastIn(visit.visitId)
    const asking = open.filter(({ rule }) => !this.answered.has(rule.id) && evaluate(rule, facts) !== false)
    const told = this.answered.get(tried.rule.id)
    const { winner, losers, withheld } = this.decide(asking, facts, at)
    const where = { visitId: visit.visitId, at }
    if (winner) said.speaks(winner, { ...where, heldOut: false })
    for (const rule of withheld) said.speaks(rule, { ...where, heldOut: true })
    const isWithheld = withheld.some(({ id }) => id === tried.rule.id)
    const own = losers.find(({ rule }) => rule.id === tried.rule.id)?.because
    const news = winner?.id === tried.rule.id ? 'shown' : own
    const because = news ?? told ?? 'conditions'
    const missing = because === 'undecided' ? this.missing(tried, facts, cause) : []
    const isNews = told === undefined
    return { visit, view, at, cause, facts, because, isNews, isWithheld, missing, winner, losers, before }
  }

  private decide(asking: readonly Player[], facts: Facts, at: number) {
    if (asking.length === 0) return { winner: null, losers: [], withheld: [] }
    const { past, said, visit } = this.showing
    const standing = { history: said.historyAt(visit.visitId, at), visitor: past.visitorId }
    const verdict = decide(
      asking.map(({ rule }) => rule),
      facts,
      standing,
      at,
    )
    const winner = verdict.winner?.rule ?? null
    const losers = verdict.losers.map(({ rule, because }) => ({ rule, because: asKnown(because, facts) }))
    if (winner) this.answered.set(winner.id, 'shown')
    for (const { rule, because } of losers)
      if (because !== 'undecided' && because !== 'conditions') this.answered.set(rule.id, because)
    return { winner, losers, withheld: verdict.withheld }
  }

  /** What the end of the view will tell is not missing before. */
  private missing(tried: Player, facts: Facts, { kind }: Cause): FactName[] {
    const isTold = kind !== 'end' && this.showing.view.scroll !== undefined
    const missing = missingFacts(tried, facts)
    return isTold ? missing.filter((name) => name !== 'scroll') : missing
  }
}

const rankOf = ({ kind }: Cause): number => ['view', 'event', 'time', 'end'].indexOf(kind)

/** Nobody knows whether somebody was there, unless it was said so. */
const asKnown = (because: Reason, { somebodyCanAnswer }: Facts): Reason =>
  because === 'nobodyOnline' && somebodyCanAnswer === undefined ? 'undecided' : because
