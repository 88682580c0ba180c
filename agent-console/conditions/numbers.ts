import { limits } from '../../shared/limits.ts'
import type { Condition } from '../../shared/triggers/rule.ts'

/** From the least to the most that may be written. */
export type Range = readonly [least: number, most: number]

const daySeconds = 86_400
const yearSeconds = 366 * daySeconds

/** What may stand in a field that holds a number. */
export function rangeOf({ kind }: Condition, slot: string): Range {
  if (slot === 'worth') return [0, 1_000_000_000]
  if (slot === 'withinSeconds') return [0, yearSeconds]
  switch (kind) {
    case 'scroll':
      return [1, 100]
    case 'event':
      return [1, limits.eventTimes]
    case 'agentsOnline':
      return [1, 1_000]
    case 'leadScore':
      return [-10_000, 10_000]
    case 'secondsOnPage':
    case 'secondsOnSite':
      return [0, daySeconds]
    case 'idle':
      return [1, daySeconds]
    case 'cartAbandoned':
      return [0, yearSeconds]
    case 'lastChat':
    case 'lastSeen':
      return [1, yearSeconds]
    case 'pageViews':
      return [0, 10_000]
    default:
      return [1, 10_000]
  }
}

const persianZero = 0x6f0
const arabicZero = 0x660

/** Without the marks of direction that `Intl` puts about a sign. */
const inLatin = (text: string): string =>
  text
    .replace(/[\u200e\u200f\u061c]/g, '')
    .replace(/[۰-۹٠-٩]/g, (digit) =>
      String((digit.codePointAt(0) ?? 0) - (digit >= '۰' ? persianZero : arabicZero)),
    )

/** A whole number within the range, in whatever digits it was written; null when it is none. */
export function readNumber(text: string, [least, most]: Range): number | null {
  const latin = inLatin(text.trim()).replace(/^[-−]/, '-')
  if (!/^-?\d{1,10}$/.test(latin)) return null
  const value = Number(latin)
  return value >= least && value <= most ? value : null
}

export const units = ['second', 'minute', 'hour', 'day'] as const
export type Unit = (typeof units)[number]
export const secondsIn: Record<Unit, number> = { second: 1, minute: 60, hour: 3_600, day: daySeconds }

/** The largest unit that leaves no rest. */
export const unitOf = (seconds: number): Unit =>
  units.findLast((unit) => seconds >= secondsIn[unit] && seconds % secondsIn[unit] === 0) ?? 'second'

/** What a unit is called beside this number. */
export function unitName(tag: string, unit: Unit, n: number): string {
  const form = { style: 'unit', unit, unitDisplay: 'long' } as const
  const parts = new Intl.NumberFormat(tag, form).formatToParts(n)
  return (
    parts
      .filter(({ type }) => type === 'unit')
      .map(({ value }) => value.trim())
      .join(' ') || unit
  )
}
