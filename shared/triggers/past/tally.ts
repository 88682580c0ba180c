import { weekHourAt } from '../../calendar/zone.ts'
import type { RuleId, VisitId } from '../../ids.ts'
import type { FactName } from '../facts.ts'
import { pathOf } from '../kinds/page-shown.ts'
import type { Rule } from '../rule.ts'
import type { Because } from '../why.ts'
import type { Outcome, Reach, Replayed, Rival, SampleVisit } from './back-test.ts'
import { missingFacts } from './player.ts'
import type { Past } from './recorded.ts'
import type { Replaying, Step } from './replay.ts'

/** What the sample holds of each outcome. */
const sampled: Readonly<Record<Outcome, number>> = {
  ...{ reached: 100, lost: 30, undecided: 30, heldOut: 20, heldBack: 20, untouched: 10 },
}
const pagesShown = 20
/** Pages counted one by one; there may be one for each of a shop's wares. */
const pagesCounted = 2_000

/** Of one visit, until it is over. */
interface Course {
  visitId: VisitId
  outcome: Outcome
  /** The step that decided it. */
  step: Step | null
  missing: Set<FactName>
  lostTo: Set<Rule>
  beats: Set<Rule>
  unplayed: Map<Rule, Set<FactName>>
}

/** What came about first counts for less than what weighs more: who was reached later was not lost before. */
const weight: readonly Outcome[] = ['untouched', 'undecided', 'heldBack', 'lost', 'heldOut', 'reached']

/** Adds up what a replay comes to, visit by visit. */
export class Tally {
  private views = 0
  private visits = 0
  private visitors = 0
  private readonly reach: Record<Outcome, Reach>
  private readonly missing = new Map<FactName, number>()
  private readonly heldBack = new Map<Because, number>()
  private readonly pages = new Map<string, number>()
  private otherPages = 0
  private readonly hours = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => 0))
  private readonly eachHour = new Map<number, number>()
  private readonly lostTo = new Map<RuleId, Rival>()
  private readonly beats = new Map<RuleId, Rival>()
  private readonly unplayed = new Map<RuleId, Rival & { facts: Set<FactName> }>()
  private readonly samples = new Map<Outcome, SampleVisit[]>()
  private readonly outcomes = new Set<Outcome>()
  private course: Course | null = null

  constructor(
    private readonly given: Replaying,
    private readonly timeZone: string,
    /** Told of each visit of which something was decided. */
    private readonly onVisit: (visit: SampleVisit) => void = () => undefined,
  ) {
    const none = (): Reach => ({ visitors: 0, visits: 0 })
    this.reach = {
      ...{ reached: none(), heldOut: none(), lost: none() },
      ...{ undecided: none(), heldBack: none(), untouched: none() },
    }
  }

  /** A visitor whose steps come next. */
  begin({ visits }: Past): void {
    this.visitors++
    this.visits += visits.length
    for (const { views } of visits) this.views += views.length
    this.outcomes.clear()
  }

  /** All of them came. */
  end(past: Past): void {
    this.closeVisit(past)
    for (const outcome of this.outcomes) this.reach[outcome].visitors++
  }

  step(step: Step, past: Past): void {
    if (this.course?.visitId !== step.visit.visitId) {
      this.closeVisit(past)
      this.course = courseOf(step.visit.visitId)
    }
    const { course } = this
    this.noteRivals(course, step)
    if (!step.isNews) return
    const outcome = outcomeOf(step, this.given.tried.rule.id)
    if (weight.indexOf(outcome) > weight.indexOf(course.outcome)) Object.assign(course, { outcome, step })
    for (const fact of step.missing) course.missing.add(fact)
    if (outcome === 'reached') this.noteReached(step)
  }

  private noteRivals(course: Course, step: Step): void {
    const { winner, losers, before, facts } = step
    const { tried } = this.given
    const first = step.isNews ? this.whoCameFirst(step) : null
    if (first && first.id !== tried.rule.id) course.lostTo.add(first)
    for (const { rule, because: theirs } of losers) {
      if (rule.id === tried.rule.id) continue
      if (theirs === 'undecided') this.noteUnplayed(course, rule, facts)
      const isBeaten = theirs === 'outranked' ? winner?.id === tried.rule.id : before === tried.rule.id
      if (isBeaten && (theirs === 'outranked' || isSpent(theirs))) course.beats.add(rule)
    }
  }

  private whoCameFirst({ because, winner, before }: Step): Rule | null {
    if (because === 'outranked') return winner
    const spoke = isSpent(because) && this.given.players.find(({ rule }) => rule.id === before)
    return spoke ? spoke.rule : null
  }

  private noteUnplayed({ unplayed }: Course, rule: Rule, facts: Step['facts']): void {
    const player = this.given.players.find((one) => one.rule.id === rule.id)
    const known = unplayed.get(rule) ?? new Set<FactName>()
    for (const fact of player ? missingFacts(player, facts) : []) known.add(fact)
    unplayed.set(rule, known)
  }

  private noteReached({ at, view }: Step): void {
    const { weekday, hour } = weekHourAt(this.timeZone, at)
    const day = this.hours[weekday - 1]
    if (day) day[hour] = (day[hour] ?? 0) + 1
    const whole = Math.floor(at / 3_600_000)
    this.eachHour.set(whole, (this.eachHour.get(whole) ?? 0) + 1)
    const page = pageOf(view.url)
    if (this.pages.has(page) || this.pages.size < pagesCounted)
      this.pages.set(page, (this.pages.get(page) ?? 0) + 1)
    else this.otherPages++
  }

  private closeVisit(past: Past): void {
    const { course } = this
    this.course = null
    if (!course) return
    const { outcome, step } = course
    this.reach[outcome].visits++
    this.outcomes.add(outcome)
    if (outcome === 'undecided') for (const fact of course.missing) count(this.missing, fact)
    if (outcome === 'heldBack' && step) count(this.heldBack, step.because)
    if (outcome !== 'reached') for (const rule of course.lostTo) countRival(this.lostTo, rule)
    for (const rule of course.beats) countRival(this.beats, rule)
    // Where it was not reached, what they might have said takes nothing from it.
    if (outcome === 'reached') for (const [rule, facts] of course.unplayed) this.addUnplayed(rule, facts)
    if (step) this.sample(past, step, outcome)
  }

  private addUnplayed({ id, name }: Rule, facts: ReadonlySet<FactName>): void {
    const known = this.unplayed.get(id)
    const all = new Set([...(known?.facts ?? []), ...facts])
    this.unplayed.set(id, { ruleId: id, name, visits: (known?.visits ?? 0) + 1, facts: all })
  }

  private sample({ visitorId, person }: Past, step: Step, outcome: Outcome): void {
    const { visit, view, at, because } = step
    const all = this.samples.get(outcome) ?? []
    this.samples.set(outcome, all)
    const one: SampleVisit = {
      ...{ visitId: visit.visitId, visitorId, name: person?.name ?? null, outcome, because, at },
      ...{ page: pageOf(view.url), views: visit.views.length },
    }
    all.push(one)
    this.onVisit(one)
    if (all.length >= 2 * sampled[outcome]) this.samples.set(outcome, latestOf(all, sampled[outcome]))
  }

  /** The hour with the most messages, by when it began. */
  busiest(): { at: number; messages: number } | null {
    const [hour, messages] = [...this.eachHour].reduce((most, one) => (one[1] > most[1] ? one : most), [0, 0])
    return messages === 0 ? null : { at: hour * 3_600_000, messages }
  }

  result(): Replayed {
    const { reached, heldOut, lost, undecided } = this.reach
    const pages = [...this.pages].sort((a, b) => b[1] - a[1])
    const others = pages.slice(pagesShown).reduce((sum, [, visits]) => sum + visits, this.otherPages)
    return {
      ...{ views: this.views, visits: this.visits, visitors: this.visitors },
      ...{ reached, heldOut, lost, undecided },
      missing: [...this.missing].map(([fact, visits]) => ({ fact, visits })).sort(byVisits),
      heldBack: [...this.heldBack].map(([because, visits]) => ({ because, visits })).sort(byVisits),
      byPage: pages.slice(0, pagesShown).map(([page, visits]) => ({ page, visits })),
      otherPages: others,
      byHour: this.hours,
      lostTo: [...this.lostTo.values()].sort(byVisits),
      beats: [...this.beats.values()].sort(byVisits),
      unplayed: [...this.unplayed.values()].map((one) => ({ ...one, facts: [...one.facts] })).sort(byVisits),
      sample: weight.toReversed().flatMap((one) => latestOf(this.samples.get(one) ?? [], sampled[one])),
    }
  }
}

const courseOf = (visitId: VisitId): Course => ({
  ...{ visitId, outcome: 'untouched', step: null },
  ...{ missing: new Set(), lostTo: new Set(), beats: new Set(), unplayed: new Map() },
})

/** Something else was said to them just before, or enough in this visit. */
const isSpent = (because: Because): boolean => because === 'tooSoon' || because === 'onceASession'

function outcomeOf({ because, isWithheld, missing, before }: Step, tried: RuleId): Outcome {
  switch (because) {
    case 'shown':
      return 'reached'
    case 'heldOut':
      return isWithheld ? 'heldOut' : 'heldBack'
    case 'outranked':
      return 'lost'
    case 'undecided':
      return missing.length > 0 ? 'undecided' : 'untouched'
    case 'conditions':
    case 'off':
    case 'unknown':
      return 'untouched'
    default:
      return isSpent(because) && before !== null && before !== tried ? 'lost' : 'heldBack'
  }
}

/** Without what a page may be called by in a thousand ways. */
const pageOf = (url: string): string => (pathOf(url).split(/[?#]/)[0] ?? '').slice(0, 200)

const latestOf = (all: readonly SampleVisit[], most: number): SampleVisit[] =>
  [...all].sort((a, b) => b.at - a.at).slice(0, most)

const count = <Key>(counts: Map<Key, number>, key: Key): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

function countRival(rivals: Map<RuleId, Rival>, { id, name }: Rule): void {
  rivals.set(id, { ruleId: id, name, visits: (rivals.get(id)?.visits ?? 0) + 1 })
}

const byVisits = (a: { visits: number }, b: { visits: number }): number => b.visits - a.visits
