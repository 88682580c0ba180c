import type { Locale } from '../../shared/locale.ts'
import type { Identity } from '../../shared/visitor.ts'

/** Attributes and labels are added to those there are. */
export type VisitorChange = Identity & {
  seenAt?: number
  surveyedAt?: number
  npsAskedAt?: number
  quietSince?: number
  locale?: Locale
  visits?: number
  own?: boolean
  tags?: readonly string[]
  /** Of each part of the lead score, when it last held; instead of what was stored. */
  scoreHeld?: Readonly<Record<string, number>>
}
