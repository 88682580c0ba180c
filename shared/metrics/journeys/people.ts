import type { SiteId } from '../../ids.ts'
import { day } from '../../limits.ts'
import { type LocalTime, localTime } from '../question.ts'
import { shareOf } from '../statistics.ts'
import { Counts, type Reached } from './counts.ts'
import { Numbering, Tally } from './numbering.ts'
import {
  type Churn,
  type JourneyGroup,
  type JourneyQuestion,
  type Journeys,
  returnWithin,
  type Sighting,
} from './question.ts'
import { SegmentSets } from './segment-sets.ts'
import { usualStages, withDays } from './stages.ts'

const never = -1
/** Nowhere do days begin at other moments than these. */
const quarterHour = day / 96

/** Who came, how far, whether they came back, and who was not seen any more. */
export class PeopleTally {
  readonly #numbering: Numbering
  readonly #sets = new SegmentSets()
  readonly #sites: SiteId[] = []
  readonly #site: Tally
  readonly #bits: Tally
  readonly #set: Tally
  readonly #lastDay: Tally
  readonly #days: Tally
  readonly #firstAt: Tally
  readonly #firstVisit: Tally
  readonly #backAt: Tally
  readonly #chatted: Tally
  readonly #lastSeen: Tally
  readonly #chattedBefore: Tally
  readonly #customers: Tally[]
  readonly #time: LocalTime
  readonly #mondays = new Map<number, number>()
  #quarter = never
  #today = 0
  /** How many were seen on each day. */
  readonly perDay: number[]

  constructor(
    private readonly question: JourneyQuestion,
    likely: number,
  ) {
    this.#numbering = new Numbering(likely)
    this.#site = new Tally(0, likely)
    this.#bits = new Tally(0, likely)
    this.#set = new Tally(0, likely)
    this.#lastDay = new Tally(never, likely)
    this.#days = new Tally(0, likely)
    this.#firstAt = new Tally(never, likely)
    this.#firstVisit = new Tally(0, likely)
    this.#backAt = new Tally(never, likely)
    this.#chatted = new Tally(0, likely)
    this.#lastSeen = new Tally(never, likely)
    this.#chattedBefore = new Tally(0, likely)
    this.#time = localTime(question)
    this.perDay = new Array<number>(this.#time.days).fill(0)
    this.#customers = question.segments.map(() => new Tally(0, likely))
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

  get size(): number {
    return this.#numbering.size
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
    for (const [one, times] of this.#alike()) {
      if (one.hasChatted) chatted += times
      const groups = [one.hasChatted ? yes : no, countsOf(ofSets, one.set), countsOf(cohorts, one.week)]
      for (const counts of [all, ...groups]) counts.take(one, times)
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

  /** Hardly any two differ in all that counts: those who do not are taken together. */
  #alike(): [One, number][] {
    const sites = this.#sites.length
    const found = new Map<number, { visitor: number; times: number }>()
    const over = this.question.now - returnWithin
    for (let visitor = 0; visitor < this.#numbering.size; visitor++) {
      const firstAt = this.#firstAt.get(visitor)
      if (firstAt === never) continue
      const flags =
        (this.#bits.get(visitor) << 3) |
        (this.#backAt.get(visitor) === never ? 0 : 4) |
        (firstAt <= over ? 2 : 0) |
        this.#chatted.get(visitor)
      const group = this.#set.get(visitor) * sites + this.#site.get(visitor)
      const time = (this.#weekOf(firstAt) + most / 2) * most + this.#days.get(visitor)
      const key = (group * most * most + time) * 2 ** 9 + flags
      const known = found.get(key)
      if (known) known.times++
      else found.set(key, { visitor, times: 1 })
    }
    return Array.from(found.values(), ({ visitor, times }) => [this.#one(visitor), times])
  }

  #one(visitor: number): One {
    const firstAt = this.#firstAt.get(visitor)
    const stages = this.question.stages[this.siteOf(visitor)] ?? usualStages
    return {
      bits: withDays(this.#bits.get(visitor), this.#days.get(visitor), stages),
      isBack: this.#backAt.get(visitor) !== never,
      isOver: firstAt + returnWithin <= this.question.now,
      hasChatted: this.#chatted.get(visitor) === 1,
      set: this.#set.get(visitor),
      week: this.#weekOf(firstAt),
    }
  }

  /** The Monday on which its week begins, as the clocks of the place have it, counted from the first day. */
  #weekOf(at: number): number {
    const today = this.dayAt(at)
    const known = this.#mondays.get(today)
    if (known !== undefined) return known
    const monday = today - Math.floor(this.#time.at(at).hourOfWeek / 24)
    this.#mondays.set(today, monday)
    return monday
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

interface One extends Reached {
  hasChatted: boolean
  /** Of segments, by number. */
  set: number
  /** In which they came first. */
  week: number
}

/** More than a report has days. */
const most = 2 ** 10

function countsOf<Key>(all: Map<Key, Counts>, key: Key): Counts {
  const known = all.get(key)
  if (known) return known
  const counts = new Counts()
  all.set(key, counts)
  return counts
}
