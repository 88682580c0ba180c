import type { SiteId } from '../../ids.ts'
import { day } from '../../limits.ts'
import { type LocalTime, localTime } from '../question.ts'
import { shareOf } from '../statistics.ts'
import { Numbering, Tally } from './numbering.ts'
import {
  type Churn,
  type JourneyGroup,
  type JourneyQuestion,
  type Journeys,
  type Returned,
  returnWithin,
  type Sighting,
  type StageFigures,
} from './question.ts'
import { SegmentSets } from './segment-sets.ts'
import { furthest, type StageName, stageNames, usualStages, withDays } from './stages.ts'

const never = -1
/** Nowhere do days begin at other moments than these. */
const quarterHour = day / 96

/** Who came, how far, whether they came back, and who was not seen any more. */
export class PeopleTally {
  readonly #numbering = new Numbering()
  readonly #sets = new SegmentSets()
  readonly #sites: SiteId[] = []
  readonly #site = new Tally()
  readonly #bits = new Tally()
  readonly #set = new Tally()
  readonly #lastDay = new Tally(never)
  readonly #days = new Tally()
  readonly #firstAt = new Tally(never)
  readonly #firstVisit = new Tally()
  readonly #backAt = new Tally(never)
  readonly #chatted = new Tally()
  readonly #lastSeen = new Tally(never)
  readonly #chattedBefore = new Tally()
  readonly #customers: Tally[]
  readonly #time: LocalTime
  #quarter = never
  #today = 0
  /** How many were seen on each day. */
  readonly perDay: number[]

  constructor(private readonly question: JourneyQuestion) {
    this.#time = localTime(question)
    this.perDay = new Array<number>(this.#time.days).fill(0)
    this.#customers = question.segments.map(() => new Tally())
  }

  /** Counted from the first of the period. */
  dayAt(at: number): number {
    const quarter = Math.floor(at / quarterHour)
    if (quarter !== this.#quarter) {
      this.#quarter = quarter
      this.#today = this.#time.at(at).day
    }
    return this.#today
  }

  dayName(index: number): string {
    return this.#time.nameOf(index)
  }

  numberOf(key: number): number {
    return this.#numbering.of(key)
  }

  known(key: number): number {
    return this.#numbering.known(key)
  }

  /** Somebody is there, before, in or after the period, whoever is asked for. */
  seen(visitor: number, { visit, at }: Sighting): void {
    if (at < this.question.to && at > this.#lastSeen.get(visitor)) this.#lastSeen.set(visitor, at)
    const first = this.#firstAt.get(visitor)
    if (first === never || this.#backAt.get(visitor) !== never) return
    if (visit !== this.#firstVisit.get(visitor) && at <= first + returnWithin) this.#backAt.set(visitor, at)
  }

  /** One of those asked for was there before the period. */
  seenBefore(visitor: number, { siteId, segments, at }: Sighting): void {
    for (const [i, one] of this.question.segments.entries())
      if (
        one.siteId === siteId &&
        at >= this.question.from - one.churnDays * day &&
        segments.includes(one.id)
      )
        this.#customers[i]?.set(visitor, 1)
  }

  chattedBefore(visitor: number): void {
    this.#chattedBefore.set(visitor, 1)
  }

  /** One of those asked for is there in the period. */
  came(visitor: number, { siteId, visit, segments }: Sighting, at: number): void {
    if (this.#firstAt.get(visitor) === never) {
      this.#firstAt.set(visitor, at)
      this.#firstVisit.set(visitor, visit)
      this.#site.set(visitor, this.#siteNumber(siteId))
    }
    this.belongs(visitor, segments)
    const today = this.dayAt(at)
    if (this.#lastDay.get(visitor) === today) return
    this.#lastDay.set(visitor, today)
    this.#days.add(visitor)
    this.perDay[today] = (this.perDay[today] ?? 0) + 1
  }

  /** Whether they came in the period. */
  isCounted(visitor: number): boolean {
    return this.#firstAt.get(visitor) !== never
  }

  /** Of one who is counted. */
  siteOf(visitor: number): SiteId {
    const siteId = this.#sites[this.#site.get(visitor)]
    if (siteId === undefined) throw new Error('Nobody came.')
    return siteId
  }

  belongs(visitor: number, segments: readonly string[]): void {
    this.#set.set(visitor, this.#sets.sum(this.#set.get(visitor), this.#sets.of(segments)))
  }

  reached(visitor: number, bits: number): void {
    if (bits !== 0) this.#bits.set(visitor, this.#bits.get(visitor) | bits)
  }

  chats(visitor: number): void {
    this.#chatted.set(visitor, 1)
  }

  answer(): Pick<Journeys, 'stages' | 'groups' | 'returned' | 'cohorts' | 'churn'> & Totals {
    const [all, yes, no] = [new Counts(), new Counts(), new Counts()]
    const cohorts = new Map<number, Counts>()
    const ofSets = new Map<number, Counts>()
    let chatted = 0
    for (let visitor = 0; visitor < this.#numbering.size; visitor++) {
      if (!this.isCounted(visitor)) continue
      const hasChatted = this.#chatted.get(visitor) === 1
      if (hasChatted) chatted++
      const one = this.#one(visitor)
      const week = weekOf(one.firstAt, this.#time)
      const groups = [
        hasChatted ? yes : no,
        countsOf(ofSets, this.#set.get(visitor)),
        countsOf(cohorts, week),
      ]
      for (const counts of [all, ...groups]) counts.take(one)
    }
    return {
      ...{ visitors: all.visitors, chatted, stages: all.stages(), returned: all.returned() },
      cohorts: [...cohorts]
        .sort(([a], [b]) => a - b)
        .map(([monday, counts]) => ({
          week: this.dayName(monday),
          visitors: counts.visitors,
          ...counts.returned(),
        })),
      groups: [yes.group('chat', 'yes'), no.group('chat', 'no'), ...this.#bySegment(ofSets)],
      churn: this.question.of.page === undefined ? this.#churn() : null,
    }
  }

  #one(visitor: number): One {
    const [firstAt, backAt] = [this.#firstAt.get(visitor), this.#backAt.get(visitor)]
    const stages = this.question.stages[this.siteOf(visitor)] ?? usualStages
    const bits = withDays(this.#bits.get(visitor), this.#days.get(visitor), stages)
    return { firstAt, bits, isBack: backAt !== never, isOver: firstAt + returnWithin <= this.question.now }
  }

  #siteNumber(siteId: SiteId): number {
    const known = this.#sites.indexOf(siteId)
    return known < 0 ? this.#sites.push(siteId) - 1 : known
  }

  #bySegment(ofSets: ReadonlyMap<number, Counts>): JourneyGroup[] {
    const { all } = this.#sets
    const ids = new Set([...ofSets.keys()].flatMap((set) => all[set] ?? []))
    return [...ids].sort().map((id) => {
      const counts = new Counts()
      for (const [set, own] of ofSets) if (all[set]?.includes(id)) counts.add(own)
      return counts.group('segment', id)
    })
  }

  #churn(): Churn[] {
    const { segments, to, now } = this.question
    return segments.map(({ id, churnDays }, i) => {
      const lost = { yes: 0, no: 0 }
      const all = { yes: 0, no: 0 }
      for (let visitor = 0; visitor < this.#numbering.size; visitor++) {
        if (this.#customers[i]?.get(visitor) !== 1) continue
        const key = this.#chattedBefore.get(visitor) === 1 ? 'yes' : 'no'
        all[key]++
        if (this.#lastSeen.get(visitor) < Math.min(to, now) - churnDays * day) lost[key]++
      }
      return {
        ...{ segment: id, days: churnDays, ...shareOf(lost.yes + lost.no, all.yes + all.no) },
        chatted: { yes: shareOf(lost.yes, all.yes), no: shareOf(lost.no, all.no) },
      }
    })
  }
}

type Totals = Pick<Journeys['totals'], 'visitors' | 'chatted'>

interface One {
  firstAt: number
  bits: number
  isBack: boolean
  isOver: boolean
}

function countsOf<Key>(all: Map<Key, Counts>, key: Key): Counts {
  const known = all.get(key)
  if (known) return known
  const counts = new Counts()
  all.set(key, counts)
  return counts
}

/** The Monday on which its week begins, as the clocks of the place have it, counted from the first day. */
function weekOf(at: number, time: LocalTime): number {
  const { day: index, hourOfWeek } = time.at(at)
  return index - Math.floor(hourOfWeek / 24)
}

/** Of some visitors. */
class Counts {
  visitors = 0
  readonly #least = new Array<number>(stageNames.length).fill(0)
  readonly #reached = new Array<number>(stageNames.length).fill(0)
  #back = 0
  #over = 0
  #overAndBack = 0

  take({ bits, isBack, isOver }: One): void {
    this.visitors++
    const last = furthest(bits)
    for (let stage = 0; stage < stageNames.length; stage++) {
      if (stage <= last) this.#least[stage] = (this.#least[stage] ?? 0) + 1
      if (bits & (1 << stage)) this.#reached[stage] = (this.#reached[stage] ?? 0) + 1
    }
    if (isBack) this.#back++
    if (isOver) this.#over++
    if (isBack && isOver) this.#overAndBack++
  }

  add(other: Counts): void {
    this.visitors += other.visitors
    for (let stage = 0; stage < stageNames.length; stage++) {
      this.#least[stage] = (this.#least[stage] ?? 0) + (other.#least[stage] ?? 0)
      this.#reached[stage] = (this.#reached[stage] ?? 0) + (other.#reached[stage] ?? 0)
    }
    this.#back += other.#back
    this.#over += other.#over
    this.#overAndBack += other.#overAndBack
  }

  stages(): StageFigures[] {
    return stageNames.map((stage, i) => {
      const [visitors, further] = [this.#least[i] ?? 0, this.#least[i + 1]]
      const dropOff = further === undefined ? null : shareOf(visitors - further, visitors)
      return { stage, visitors, reached: this.#reached[i] ?? 0, dropOff }
    })
  }

  returned(): Returned {
    return {
      ...shareOf(this.#overAndBack, this.#over),
      open: this.visitors - this.#over,
      soFar: this.#back,
    }
  }

  group(by: JourneyGroup['by'], key: string): JourneyGroup {
    const entries = stageNames.map((stage, i): [StageName, number] => [stage, this.#least[i] ?? 0])
    return {
      ...{ by, key, visitors: this.visitors },
      stages: { ...noStages, ...Object.fromEntries(entries) },
      returned: this.returned(),
    }
  }
}

const noStages: Record<StageName, number> = { aware: 0, consider: 0, decide: 0, buy: 0, use: 0, stay: 0 }
