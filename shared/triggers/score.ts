import * as v from 'valibot'
import { limits } from '../limits.ts'
import { evaluate } from './evaluate.ts'
import type { Facts } from './facts.ts'
import { name, whole } from './kinds/fields.ts'
import { RuleDraft } from './rule.ts'

/** How promising a visitor is, as an admin counts it. */
export const LeadScore = v.strictObject({
  /** In this time half of what somebody was given is gone, from when its condition last held. */
  halfLifeSeconds: whole(60, 366 * 86_400),
  parts: v.pipe(
    v.array(
      v.strictObject({
        id: name,
        name,
        /** All must hold. */
        when: RuleDraft.entries.when,
        points: whole(-100, 100),
      }),
    ),
    v.maxLength(limits.scoreParts),
    v.check((parts) => new Set(parts.map(({ id }) => id)).size === parts.length, 'has two parts of one name'),
  ),
})
export type LeadScore = v.InferOutput<typeof LeadScore>

/** One reason for a score. */
export interface ScoreReason {
  id: string
  name: string
  points: number
  /** What is left of the points. */
  left: number
  /** When it last held, ms. */
  at: number
}

export interface Score {
  score: number
  /** What weighs most comes first. */
  reasons: ScoreReason[]
}

/** What is left of so little is not worth a line. */
const negligible = 0.05

/** When each part last held, now that these are the facts; of parts that are no more, nothing. The same map when nothing has changed. */
export function noteHeld(
  score: LeadScore,
  held: ReadonlyMap<string, number>,
  facts: Facts,
  now: number,
): ReadonlyMap<string, number> {
  const holding = score.parts.filter((part) => evaluate(part, facts) === true)
  const kept = score.parts.filter(({ id }) => held.has(id))
  if (kept.length === held.size && holding.every(({ id }) => held.get(id) === now)) return held
  const before = kept.map(({ id }) => [id, held.get(id) ?? now] as const)
  return new Map([...before, ...holding.map(({ id }) => [id, now] as const)])
}

/** The score and its reasons; it is the sum of what is left of them. */
export function scoreOf(
  score: LeadScore,
  facts: Facts,
  held: ReadonlyMap<string, number>,
  now: number,
): Score {
  const latest = noteHeld(score, held, facts, now)
  const reasons = score.parts
    .flatMap(({ id, name, points }) => {
      const at = latest.get(id)
      if (at === undefined) return []
      const left = points * 0.5 ** (Math.max(0, now - at) / (score.halfLifeSeconds * 1_000))
      return Math.abs(left) < negligible ? [] : [{ id, name, points, left, at }]
    })
    .sort((a, b) => Math.abs(b.left) - Math.abs(a.left))
  return { score: reasons.reduce((sum, { left }) => sum + left, 0), reasons }
}
