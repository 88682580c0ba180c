import type { SiteId } from '../../ids.ts'
import { day } from '../../limits.ts'
import { Numbering, Tally } from './numbering.ts'
import { PageTally } from './pages.ts'
import { PeopleTally } from './people.ts'
import { type JourneyQuestion, type Journeys, type Sighting, visitOver } from './question.ts'
import { type StageBits, stageBits, usualStages } from './stages.ts'

/**
 * Takes what the record has, hour by hour. Of each hour first those who wrote before they were seen in it (`chatOf`), then
 * one sighting after the other in the order of time, each with its views and chats.
 */
export interface JourneyBuilder {
  /** What follows is of this one. Whether its views, events and chats are asked for. */
  sighting(sighting: Sighting): boolean
  /** The number by which views name a page. */
  page(siteId: SiteId, path: string): number
  /** In the order of time. @param engagedMs null where nobody measured */
  view(page: number, at: number, engagedMs: number | null): void
  event(name: string, at: number): void
  /** A conversation began. @param segments they belonged to then */
  chat(at: number, segments: readonly string[]): void
  /** The same of somebody who was not seen in that hour yet. */
  chatOf(visitor: number, at: number, segments: readonly string[]): void
  /** Of all that was told. */
  crowd(): Crowd
  answer(): Journeys
}

const none = -1
const [isIn, isOut] = [1, 2]

/** A sighting that is being told of: what is counted of its views is kept at hand until the next. */
interface Current {
  sighting: Sighting
  visitor: number
  visit: number
  marks: StageBits
  /** Whether its visit is asked for; 0 while nothing of it was looked at. */
  isAsked: number
  /** A view of it was within the period. */
  came: boolean
  views: number
  lastPage: number
  lastAt: number
  bits: number
}

/** How many were seen. */
export interface Crowd {
  visitors: number
  visits: number
}

/** @param likely about how many there will be, so that these find room from the beginning */
export const journeys = (question: JourneyQuestion, likely: Crowd = nobody): JourneyBuilder =>
  new JourneyFold(question, likely)

const nobody: Crowd = { visitors: 0, visits: 0 }

class JourneyFold implements JourneyBuilder {
  readonly #people: PeopleTally
  readonly #pages = new PageTally()
  readonly #visits: Numbering
  readonly #isAsked: Tally
  readonly #views: Tally
  readonly #lastPage: Tally
  readonly #lastAt: Tally
  /** By visitor, the visit in which they are. */
  readonly #visitOf: Tally
  /** By day of the period. */
  readonly #perDay: Record<'visits' | 'pageViews' | 'chats', Int32Array>
  readonly #marks = new Map<SiteId, StageBits>()
  readonly #pageBits: number[] = []
  #current: Current | null = null

  constructor(
    private readonly question: JourneyQuestion,
    likely: Crowd,
  ) {
    this.#people = new PeopleTally(question, likely.visitors)
    this.#visits = new Numbering(likely.visits)
    this.#isAsked = new Tally(0, likely.visits)
    this.#views = new Tally(0, likely.visits)
    this.#lastPage = new Tally(none, likely.visits)
    this.#lastAt = new Tally(0, likely.visits)
    this.#visitOf = new Tally(none, likely.visitors)
    const days = this.#people.perDay.length
    this.#perDay = {
      visits: new Int32Array(days),
      pageViews: new Int32Array(days),
      chats: new Int32Array(days),
    }
  }

  sighting(sighting: Sighting): boolean {
    const { from, to, of } = this.question
    const isAsked = this.#isOne(sighting)
    this.#put()
    this.#current = null
    // Who is seen after the period says something only of those who were there in it.
    const visitor =
      sighting.at < to ? this.#people.numberOf(sighting.visitor) : this.#people.known(sighting.visitor)
    if (visitor === none) return false
    this.#people.seen(visitor, sighting)
    if (!isAsked || sighting.at >= to) return false
    if (sighting.at < from && of.page === undefined) this.#people.seenBefore(visitor, sighting)
    this.#current = this.#currentOf(sighting, visitor)
    return true
  }

  page(siteId: SiteId, path: string): number {
    const page = this.#pages.numberOf(siteId, path)
    this.#pageBits[page] ??= this.#marksOf(siteId).ofPage(path)
    return page
  }

  view(page: number, at: number, engagedMs: number | null): void {
    const current = this.#current
    if (!current || !this.#isWithin(at)) return
    if (current.isAsked === 0) current.isAsked = this.#begin(page, at)
    if (current.isAsked === isOut) return
    if (!current.came) this.#come(current, at)
    current.views++
    current.lastPage = page
    current.lastAt = at
    current.bits |= this.#pageBits[page] ?? 0
    this.#pages.viewed(page, engagedMs)
    this.#count(at, this.#perDay.pageViews)
  }

  event(name: string, at: number): void {
    const current = this.#current
    if (current?.isAsked === isIn && this.#isWithin(at)) current.bits |= current.marks.ofEvent(name)
  }

  chat(at: number, segments: readonly string[]): void {
    if (this.#current) this.#chat(this.#current.visitor, at, segments)
  }

  chatOf(visitor: number, at: number, segments: readonly string[]): void {
    const known = this.#people.known(visitor)
    if (known !== none) this.#chat(known, at, segments)
  }

  crowd(): Crowd {
    return { visitors: this.#people.size, visits: this.#visits.size }
  }

  answer(): Journeys {
    this.#put()
    this.#current = null
    this.#endVisits()
    const { visitors, chatted, ...people } = this.#people.answer()
    const { visits, pageViews, chats } = this.#perDay
    return {
      totals: { visitors, visits: sumOf(visits), pageViews: sumOf(pageViews), chatted },
      ...people,
      pages: this.#pages.pages(),
      allPages: this.#pages.all(),
      beforeChat: this.#pages.beforeChat(),
      series: this.#people.perDay.map((visitors, i) => ({
        ...{ day: this.#people.dayName(i), visitors },
        ...{ visits: visits[i] ?? 0, pageViews: pageViews[i] ?? 0, chats: chats[i] ?? 0 },
      })),
    }
  }

  #isOne({ siteId, device, language, segments }: Sighting): boolean {
    const { of } = this.question
    return (
      (of.siteId === undefined || siteId === of.siteId) &&
      (of.device === undefined || device === of.device) &&
      (of.language === undefined || hasLanguage(language, of.language)) &&
      (of.segment === undefined || segments.includes(of.segment))
    )
  }

  #isWithin(at: number): boolean {
    return at >= this.question.from && at < this.question.to
  }

  #marksOf(siteId: SiteId): StageBits {
    const known = this.#marks.get(siteId)
    if (known) return known
    const marks = stageBits(this.question.stages[siteId] ?? usualStages)
    this.#marks.set(siteId, marks)
    return marks
  }

  #currentOf(sighting: Sighting, visitor: number): Current {
    const visit = this.#visits.of(sighting.visit)
    const [views, lastPage, lastAt] = [
      this.#views.get(visit),
      this.#lastPage.get(visit),
      this.#lastAt.get(visit),
    ]
    const [marks, isAsked] = [this.#marksOf(sighting.siteId), this.#isAsked.get(visit)]
    return { sighting, visitor, visit, marks, isAsked, came: false, views, lastPage, lastAt, bits: 0 }
  }

  /** What was told of the current sighting is put to its visit and visitor. */
  #put(): void {
    const current = this.#current
    if (!current) return
    const { visit, visitor } = current
    this.#isAsked.set(visit, current.isAsked)
    this.#views.set(visit, current.views)
    this.#lastPage.set(visit, current.lastPage)
    this.#lastAt.set(visit, current.lastAt)
    // Who has looked at more pages has also come to what fewer stand for.
    const ofPages = current.came ? current.marks.ofPages(current.views) : 0
    this.#people.reached(visitor, current.bits | ofPages)
    if (current.came) this.#visitOf.set(visitor, visit)
  }

  #begin(page: number, at: number): number {
    const { of } = this.question
    if (of.page !== undefined && !this.#pages.pathOf(page).startsWith(of.page)) return isOut
    this.#pages.entered(page)
    this.#count(at, this.#perDay.visits)
    return isIn
  }

  /** Once for each sighting, at the first of its views within the period. */
  #come(current: Current, at: number): void {
    current.came = true
    current.bits |= current.marks.ofSegments(current.sighting.segments)
    this.#people.came(current.visitor, current.sighting, at)
  }

  #chat(visitor: number, at: number, segments: readonly string[]): void {
    // What was looked at until then counts.
    this.#put()
    if (at < this.question.from) this.#people.chattedBefore(visitor)
    if (!this.#isWithin(at) || !this.#people.isCounted(visitor)) return
    this.#people.chats(visitor)
    this.#people.belongs(visitor, segments)
    this.#people.reached(visitor, this.#marksOf(this.#people.siteOf(visitor)).ofChat)
    this.#count(at, this.#perDay.chats)
    const visit = this.#visitOf.get(visitor)
    if (visit !== none && at - this.#lastAt.get(visit) <= day)
      this.#pages.chatBegan(this.#lastPage.get(visit), this.#views.get(visit))
  }

  #endVisits(): void {
    const over = Math.min(this.question.to, this.question.now) - visitOver
    for (let visit = 0; visit < this.#visits.size; visit++)
      if (this.#isAsked.get(visit) === isIn && this.#lastAt.get(visit) <= over)
        this.#pages.left(this.#lastPage.get(visit))
  }

  #count(at: number, counts: Int32Array): void {
    const today = this.#people.dayAt(at)
    counts[today] = (counts[today] ?? 0) + 1
  }
}

const sumOf = (counts: Int32Array): number => counts.reduce((sum, count) => sum + count, 0)

/** `fa` has `fa-IR`. */
const hasLanguage = (tag: string | null, wanted: string): boolean =>
  tag !== null && `${tag.toLowerCase()}-`.startsWith(`${wanted.toLowerCase()}-`)
