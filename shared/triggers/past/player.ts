import { isGroup } from '../answer.ts'
import { type ReadyCondition, type ReadyNode, ready } from '../evaluate.ts'
import type { FactName, Facts } from '../facts.ts'
import type { Rule } from '../rule.ts'

/** A rule with what a replay has to know of it: at which moments its answer may change. */
export interface Player {
  rule: Rule
  /** Seconds on the page that it asks for. */
  seconds: readonly number[]
  /** Per cent of the page that it asks for. */
  depths: readonly number[]
  /** Conditions that time alone can bring about. */
  timed: readonly ReadyCondition[]
  conditions: readonly ReadyCondition[]
  needs: ReadonlySet<FactName>
}

export function playerOf(rule: Rule): Player {
  const { written, needs } = ready(rule)
  const conditions = leavesOf(written)
  const asked = (kind: 'secondsOnPage' | 'scroll') =>
    conditions.flatMap(({ condition }) => (condition.kind === kind ? [condition.atLeast] : []))
  const timed = conditions.filter(({ kind }) => timedKinds.has(kind))
  return { rule, seconds: asked('secondsOnPage'), depths: asked('scroll'), timed, conditions, needs }
}

const timedKinds: ReadonlySet<string> = new Set([
  ...['secondsOnSite', 'cartAbandoned', 'lastChat', 'lastSeen', 'schedule'],
])

const leavesOf = (node: ReadyNode): ReadyCondition[] => (isGroup(node) ? node.of.flatMap(leavesOf) : [node])

/** Of an undecided rule: what it asks for and nobody has recorded. */
export function missingFacts({ rule, conditions, needs }: Player, facts: Facts): FactName[] {
  const open = conditions.some((one) => one.ask(facts) === 'unknown')
  const missing = open ? [...needs].filter((name) => facts[name] === undefined && name !== 'calendars') : []
  // What a segment asks for may be missing as well; then it is the segment of which nobody knows.
  if (open && missing.length === 0 && needs.has('segments')) missing.push('segments')
  const somebody = (rule.limits?.needsSomebody ?? true) && facts.somebodyCanAnswer === undefined
  return somebody && !missing.includes('somebodyCanAnswer') ? [...missing, 'somebodyCanAnswer'] : missing
}

/** The moments within the stay that time alone brings about for these, ms. */
export const dueMoments = (players: readonly Player[], facts: Facts): number[] =>
  players.flatMap(({ timed }) =>
    timed.flatMap((one) => (one.ask(facts) === false ? (one.due(facts) ?? []) : [])),
  )
