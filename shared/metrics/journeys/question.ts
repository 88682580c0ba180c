import type { SiteId } from '../../ids.ts'
import { day } from '../../limits.ts'
import type { Narrowing } from '../asked.ts'
import type { Share, Summary } from '../statistics.ts'
import type { StageName, Stages } from './stages.ts'

/** Whose visits are counted. A page is the one on which a visit began. */
export type JourneyNarrowing = Pick<Narrowing, 'siteId' | 'segment' | 'language' | 'page' | 'device'>

/** A segment, and after how many days its customers count as lost. */
export interface SegmentAsked {
  id: string
  siteId: SiteId
  churnDays: number
}

export interface JourneyQuestion {
  /** ms, inclusive. */
  from: number
  /** ms, exclusive. */
  to: number
  now: number
  timeZone: string
  of: JourneyNarrowing
  /** Of sites that have stages of their own. */
  stages: Readonly<Record<SiteId, Stages>>
  segments: readonly SegmentAsked[]
}

/** Who came back. Of those whose 30 days are not over it is not said yet. */
export interface Returned extends Share {
  open: number
  /** Seen again until now, the open ones among them. */
  soFar: number
}

export interface StageFigures {
  stage: StageName
  /** Who came at least as far. */
  visitors: number
  /** Who did what counts for this very stage. */
  reached: number
  /** Who came no further; null for the last. */
  dropOff: Share | null
}

/** Some of the visitors, side by side with others. */
export interface JourneyGroup {
  by: 'chat' | 'segment'
  /** `yes` or `no`; a segment's id. */
  key: string
  visitors: number
  /** At least as far as each stage. */
  stages: Record<StageName, number>
  returned: Returned
}

export interface PageFigures {
  siteId: SiteId
  /** Its path. */
  page: string
  views: number
  /** Visits that began on it. */
  entries: number
  exits: Share
  /** As far as it was measured, ms. */
  time: Summary
}

/** Customers of a segment who have not been seen. */
export interface Churn extends Share {
  segment: string
  days: number
  /** The same by whether they began a conversation in the days before the period. */
  chatted: { yes: Share; no: Share }
}

export interface Journeys {
  totals: { visitors: number; visits: number; pageViews: number; chatted: number }
  stages: StageFigures[]
  groups: JourneyGroup[]
  /** The most looked at. */
  pages: PageFigures[]
  /** How many there are, and the time on all of them. */
  allPages: { pages: number; time: Summary }
  beforeChat: Summary & {
    /** The last has no bound: what is more. */
    distribution: { upTo: number | null; n: number }[]
    /** On which pages conversations began. */
    lastPages: { siteId: SiteId; page: string; n: number }[]
  }
  returned: Returned
  /** By the week in which they were seen first in the period; the day it begins on. */
  cohorts: ({ week: string; visitors: number } & Returned)[]
  /** Null where the report is narrowed by page, which a visitor who was not seen does not have. */
  churn: Churn[] | null
  series: { day: string; visitors: number; visits: number; pageViews: number; chats: number }[]
}

/** What the record has of a visit in one hour; it may live only as long as it is told. */
export interface Sighting {
  /** Numbers of their own, as `Numbering` takes them. */
  visitor: number
  visit: number
  siteId: SiteId
  device: 'desktop' | 'phone' | null
  language: string | null
  /** Those they belonged to then. The same list for the same segments. */
  segments: readonly string[]
  /** When they were first seen in that hour. */
  at: number
}

/** Within which a visitor is seen again or not. */
export const returnWithin = 30 * day
/** A visit may go on for so long after its last view. */
export const visitOver = day / 48
/** How much is to be known before and after the period. */
export const before = ({ segments, of }: JourneyQuestion): number =>
  of.page === undefined ? Math.max(0, ...segments.map(({ churnDays }) => churnDays)) * day : 0
