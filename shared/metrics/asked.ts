import type { TargetHouse } from '../dues.ts'
import type { AgentId, SiteId } from '../ids.ts'
import type { ClockName } from './clocks.ts'

/** Of whom a report tells; of everybody where nothing is said. */
export interface Narrowing {
  siteId?: SiteId
  /** One of them had it or answered. */
  agentIds?: readonly AgentId[]
  segment?: string
  /** A BCP 47 tag, or what it begins with: `fa` has `fa-IR`. */
  language?: string
  /** What the path of the page begins with on which the episode began. */
  page?: string
  device?: 'desktop' | 'phone'
  proactive?: boolean
}

/** What a report is asked for, with all that its figures depend on beside what was recorded. */
export interface ReportQuestion {
  /** ms, inclusive. */
  from: number
  /** ms, exclusive. */
  to: number
  of: Narrowing
  clock: ClockName
  timeZone: string
  /** Who still waits has waited until now. */
  now: number
  house: TargetHouse
}

/** Which of the turns behind the figures are to be looked at. */
export interface TurnsWanted {
  measure: 'response' | 'firstResponse.customer' | 'firstResponse.human'
  /** Longer than the first and at most the second, ms on the clock of the report. */
  longerThan?: number
  upTo?: number
  /** By the wall clock of the report's time zone; 1 is Monday. */
  weekday?: number
  hour?: number
}
