import type { SiteId, VisitorId } from '../../shared/ids.ts'
import type { Past } from '../../shared/triggers/past/recorded.ts'

/** A period of a site; `from` inclusive, `to` exclusive, ms. */
export interface PastPeriod {
  siteId: SiteId
  from: number
  to: number
}

/** What pages tell is called so. */
export interface ToldNames {
  events: string[]
  attributes: string[]
}

/** What was recorded of visitors who consented, for rules to be held against. Read in pieces that answer quickly. */
export interface PastHistory {
  /** When the last `most` page views of the period begin; its own beginning where there are fewer. */
  begins(period: PastPeriod, most: number): Promise<number>
  /**
   * Who looked at pages, at how many, and when the last of them began, of about `limit` views; `next` is where to go on
   * from, null at the end.
   */
  viewers(
    period: PastPeriod,
    limit: number,
  ): Promise<{ viewers: [id: VisitorId, views: number, lastAt: number][]; next: number | null }>
  /** By what names pages of the site have told of events and of visitors, among the latest that are recorded. */
  names(siteId: SiteId): Promise<ToldNames>
  /** All that these did in the period, in any order. A visit that had begun before is left out. */
  of(period: PastPeriod, visitors: readonly VisitorId[]): Promise<Past[]>
}
