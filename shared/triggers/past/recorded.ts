import type { VisitId, VisitorId } from '../../ids.ts'
import type { Attributes } from '../../visitor.ts'

/** What the store holds of visitors, as far as rules ask for it. Times in ms. */

export interface PastView {
  at: number
  url: string
  title: string
  referrer: string
  /** In use; left out where the page never told. */
  engagedMs?: number
  /** The deepest, in per cent. */
  scroll?: number
  /** Left out where it was not recorded. */
  device?: 'desktop' | 'phone'
  language?: string
  country?: string
}

export interface PastEvent {
  at: number
  name: string
  /** Told together. */
  count: number
  properties?: Attributes
}

export interface PastVisit {
  visitId: VisitId
  startedAt: number
  /** At least one; both in order. */
  views: readonly PastView[]
  events: readonly PastEvent[]
}

/** A conversation, by its times. */
export interface PastChat {
  /** When it was opened, and opened again. */
  opened: readonly number[]
  closed: readonly number[]
  /** When the visitor wrote. */
  said: readonly number[]
  /** When anything was added to it. */
  moved: readonly number[]
}

/** As they are known today. */
export interface PastPerson {
  createdAt: number
  name: string | null
  attributes: Attributes
  tags: readonly string[]
  /** Counted so far; null where they were not. */
  visits: number | null
  /** When they last dismissed a message or chatted. */
  quietSince: number | null
}

/** One visitor within a period. */
export interface Past {
  visitorId: VisitorId
  /** Null for who is not known any more. */
  person: PastPerson | null
  /** The earliest first. */
  visits: readonly PastVisit[]
  /** Recorded after the period. */
  visitsLater: number
  /** Their last view before the period, if it is recorded. */
  seenBefore: number | null
  chats: readonly PastChat[]
}
