import * as v from 'valibot'
import { AgentId, RuleId, SiteId } from '../ids.ts'
import { limits } from '../limits.ts'
import { jsonBytes } from '../text/bytes.ts'
import { count } from '../text/fields.ts'
import { StoredRule } from './stored.ts'

/** What a rule was from some moment on. */
export const StoredVersion = v.looseObject({
  ruleId: RuleId,
  siteId: SiteId,
  /** Counted from 1 for each rule. */
  version: count,
  /** ms. */
  at: v.number(),
  /** Null for whom nobody knows. */
  by: v.nullable(AgentId),
  /** As it stood in the settings; null: removed. */
  rule: v.nullable(StoredRule),
})
export type StoredVersion = v.InferOutput<typeof StoredVersion>

/** Those that can be read: a slip in an edit by hand takes no other version with it, and not the settings. */
export const readVersions = (stored: readonly unknown[] = []): StoredVersion[] =>
  stored.flatMap((one) => {
    const read = v.safeParse(StoredVersion, one)
    return read.success ? [read.output] : []
  })

/** The latest of each rule, and of all no more than the settings should carry; the oldest go first. */
export function withinBounds(versions: readonly StoredVersion[]): StoredVersion[] {
  const counted = new Map<RuleId, number>()
  let room: number = limits.ruleVersionsBytes
  const kept = versions.toReversed().filter((one) => {
    const number = (counted.get(one.ruleId) ?? 0) + 1
    counted.set(one.ruleId, number)
    if (number > limits.versionsPerRule || room < 0) return false
    room -= jsonBytes(one)
    return room >= 0
  })
  return kept.reverse()
}
