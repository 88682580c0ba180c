import * as v from 'valibot'
import { RuleId, SiteId } from '../ids.ts'
import { faultsOf, type RuleFault } from './faults.ts'
import { lift, Rule } from './rule.ts'

/**
 * A rule as it stands in the settings. One that cannot be read (of a later version, or changed by hand) stays there
 * as it is and says nothing; it takes neither the others nor the start of the server with it.
 */
export const StoredRule = v.looseObject({ id: RuleId, siteId: SiteId })
export type StoredRule = v.InferOutput<typeof StoredRule>

/** A rule that cannot be read, and why. */
export interface UnreadableRule {
  id: RuleId
  siteId: SiteId
  name: string
  faults: RuleFault[]
}

export interface RulesRead {
  rules: readonly Rule[]
  unreadable: readonly UnreadableRule[]
}

const read = new WeakMap<readonly StoredRule[], RulesRead>()

/** The rules of a document, and apart from them those that cannot be read. Worked out once for each document. */
export function readRules(stored: readonly StoredRule[]): RulesRead {
  const known = read.get(stored)
  if (known) return known
  const rules: Rule[] = []
  const unreadable: UnreadableRule[] = []
  for (const one of stored) {
    const parsed = readRule(one)
    if (parsed.ok) rules.push(parsed.rule)
    else unreadable.push({ id: one.id, siteId: one.siteId, name: nameOf(one), faults: parsed.faults })
  }
  const fresh = { rules, unreadable }
  read.set(stored, fresh)
  return fresh
}

/** Any rule of any version, or all that is wrong with it. */
export function readRule(value: unknown): { ok: true; rule: Rule } | { ok: false; faults: RuleFault[] } {
  const parsed = v.safeParse(Rule, inThisVersion(value))
  return parsed.success ? { ok: true, rule: parsed.output } : { ok: false, faults: faultsOf(parsed.issues) }
}

const inThisVersion = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !('version' in value) ? lift(value) : value

const nameOf = ({ name }: StoredRule): string => (typeof name === 'string' ? name : '')
