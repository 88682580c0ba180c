import type { SiteId } from '../../ids.ts'
import { percentile, type Summary, shareOf, summariseInPlace } from '../statistics.ts'
import { Tally } from './numbering.ts'
import type { Journeys, PageFigures } from './question.ts'

interface Page {
  siteId: SiteId
  page: string
}

interface Shown {
  page: number
  one: Page
}

const nameOf = ({ siteId, page }: Page): string => `${page} ${siteId}`

/** As many pages as anybody looks through. */
const pagesShown = 100
const lastPagesShown = 10
const bounds = [1, 2, 3, 5, 10]

/** What was looked at, for how long, and where visits and conversations began and ended. */
export class PageTally {
  readonly #pages: Page[] = []
  readonly #numbers = new Map<SiteId, Map<string, number>>()
  readonly #views = new Tally()
  readonly #entries = new Tally()
  readonly #exits = new Tally()
  readonly #chats = new Tally()
  readonly #before: number[] = []
  #times = new Float64Array(1_024)
  #timedPages = new Int32Array(1_024)
  #timed = 0

  numberOf(siteId: SiteId, page: string): number {
    const own = this.#numbers.get(siteId) ?? new Map<string, number>()
    this.#numbers.set(siteId, own)
    const known = own.get(page)
    if (known !== undefined) return known
    const number = this.#pages.push({ siteId, page }) - 1
    own.set(page, number)
    return number
  }

  pathOf(page: number): string {
    return this.#pages[page]?.page ?? ''
  }

  viewed(page: number, engagedMs: number | null): void {
    this.#views.add(page)
    if (engagedMs === null) return
    if (this.#timed === this.#times.length) this.#grow()
    this.#times[this.#timed] = engagedMs
    this.#timedPages[this.#timed++] = page
  }

  entered(page: number): void {
    this.#entries.add(page)
  }

  left(page: number): void {
    this.#exits.add(page)
  }

  chatBegan(page: number, views: number): void {
    this.#chats.add(page)
    this.#before.push(views)
  }

  pages(): PageFigures[] {
    const shown = this.#most(this.#views, pagesShown)
    const times = this.#timesOf(shown)
    return shown.map(({ page, one }, i) => ({
      ...one,
      views: this.#views.get(page),
      entries: this.#entries.get(page),
      exits: shareOf(this.#exits.get(page), this.#views.get(page)),
      time: summariseInPlace(times[i] ?? new Float64Array(0)),
    }))
  }

  all(): Journeys['allPages'] {
    const pages = this.#pages.filter((_, page) => this.#views.get(page) > 0).length
    return { pages, time: summaryOfMany(this.#times.subarray(0, this.#timed)) }
  }

  beforeChat(): Journeys['beforeChat'] {
    const counts = new Array<number>(bounds.length + 1).fill(0)
    for (const views of this.#before) {
      const bound = bounds.findIndex((one) => views <= one)
      const place = bound < 0 ? bounds.length : bound
      counts[place] = (counts[place] ?? 0) + 1
    }
    return {
      ...summariseInPlace(Float64Array.from(this.#before)),
      distribution: counts.map((n, i) => ({ upTo: bounds[i] ?? null, n })),
      lastPages: this.#most(this.#chats, lastPagesShown).map(({ page, one }) => ({
        ...one,
        n: this.#chats.get(page),
      })),
    }
  }

  /** Those with the most; of equals by name, so that the answer does not depend on the order of the record. */
  #most(counts: Tally, most: number): Shown[] {
    const least =
      Float64Array.from(this.#pages, (_, page) => counts.get(page))
        .sort()
        .at(-most) ?? 1
    const some = this.#pages.flatMap((one, page) =>
      counts.get(page) >= Math.max(1, least) ? [{ one, page }] : [],
    )
    some.sort((a, b) => counts.get(b.page) - counts.get(a.page) || (nameOf(a.one) < nameOf(b.one) ? -1 : 1))
    return some.slice(0, most)
  }

  #timesOf(shown: readonly Shown[]): Float64Array[] {
    const places = new Int32Array(this.#pages.length).fill(-1)
    for (const [i, { page }] of shown.entries()) places[page] = i
    const counts = new Int32Array(shown.length)
    for (let i = 0; i < this.#timed; i++) {
      const place = places[this.#timedPages[i] ?? -1] ?? -1
      if (place >= 0) counts[place] = (counts[place] ?? 0) + 1
    }
    const times = Array.from(counts, (count) => new Float64Array(count))
    for (let i = this.#timed - 1; i >= 0; i--) {
      const place = places[this.#timedPages[i] ?? -1] ?? -1
      if (place < 0) continue
      const next = (counts[place] ?? 0) - 1
      counts[place] = next
      const own = times[place]
      if (own) own[next] = this.#times[i] ?? 0
    }
    return times
  }

  #grow(): void {
    const [times, pages] = [this.#times, this.#timedPages]
    this.#times = new Float64Array(times.length * 4)
    this.#timedPages = new Int32Array(times.length * 4)
    this.#times.set(times)
    this.#timedPages.set(pages)
  }
}

const step = 256

/**
 * The same figures as `summarise`, without sorting what is far from them: values are counted by steps, and only those
 * of the steps that matter are put in order.
 */
function summaryOfMany(values: Float64Array): Summary {
  const n = values.length
  if (n < 10_000) return summariseInPlace(values.slice())
  let [sum, max] = [0, 0]
  for (const value of values) {
    sum += value
    if (value > max) max = value
  }
  const counts = new Float64Array(Math.min(Math.floor(max / step), 2 ** 20) + 1)
  const stepOf = (value: number): number => Math.min(Math.floor(value / step), counts.length - 1)
  for (const value of values) {
    const place = stepOf(value)
    counts[place] = (counts[place] ?? 0) + 1
  }
  return { n, p50: valueAt(0.5), p90: valueAt(0.9), mean: sum / n, max }

  function valueAt(p: number): number {
    let rank = Math.max(0, Math.ceil(p * n) - 1)
    let place = 0
    while (rank >= (counts[place] ?? n)) rank -= counts[place++] ?? n
    const near = values.filter((value) => stepOf(value) === place).sort()
    return near[rank] ?? percentile(near, 1)
  }
}
