import { type Answer, type Connective, type Group, isGroup, type Node, weigh } from './answer.ts'
import type { FactName, Facts } from './facts.ts'
import type { Prepared, Seen, Whereabouts } from './kinds/kind.ts'
import { type Condition, type ConditionKind, kindOf, prepare } from './kinds/kinds.ts'
import type { RuleNode } from './rule.ts'

/** What of a rule is asked: all of it must hold. */
export interface Asked {
  when: readonly RuleNode[]
}

/** A condition ready to be asked. */
export interface ReadyCondition extends Prepared {
  kind: ConditionKind
  condition: Condition
  known: Whereabouts
  cost: number
}
export type ReadyNode = Node<ReadyCondition>

/** One condition and its answer. */
export interface ConditionFinding {
  kind: ConditionKind
  /** Where it stands in the rule, such as `when.2.of.0`. */
  path: string
  condition: Condition
  holds: Answer
  seen: Seen
  known: Whereabouts
}
export interface GroupFinding extends Group<ConditionFinding> {
  path: string
  holds: Answer
  of: readonly Finding[]
}
export type Finding = ConditionFinding | GroupFinding

export interface Explanation {
  fires: Answer
  findings: Finding[]
}

/** Whether the rule fits, as far as these facts tell. */
export const evaluate = (rule: Asked, facts: Facts): Answer =>
  weigh(ready(rule).quickest, (one) => one.ask(facts))

/** Each condition with what was seen and whether it holds, for "why did it, or did it not". */
export function explain(rule: Asked, facts: Facts): Explanation {
  const findings = ready(rule).written.of.map((node, i) => find(node, facts, `when.${i}`))
  return { fires: weighFindings('all', findings), findings }
}

type ReadyGroup = Group<ReadyCondition>

interface Ready {
  written: ReadyGroup
  /** The same with what costs little first. */
  quickest: ReadyGroup
  needs: ReadonlySet<FactName>
}

/** A rule is made ready once, however many visitors it is asked for. */
const made = new WeakMap<readonly RuleNode[], Ready>()

export function ready({ when }: Asked): Ready {
  const known = made.get(when)
  if (known) return known
  const written: ReadyGroup = { kind: 'all', of: when.map(readyNode) }
  const needs = new Set(when.flatMap(needsOf))
  const fresh = { written, quickest: inOrderOfCost(written), needs }
  made.set(when, fresh)
  return fresh
}

function readyNode(node: RuleNode): ReadyNode {
  if (isGroup(node)) return { kind: node.kind, of: node.of.map(readyNode) }
  const { known, cost } = kindOf(node)
  return { ...prepare(node), kind: node.kind, condition: node, known, cost }
}

const needsOf = (node: RuleNode): readonly FactName[] =>
  isGroup(node) ? node.of.flatMap(needsOf) : kindOf(node).needs

/** Whether the rule's answer depends on this fact. */
export const dependsOn = (rule: Asked, fact: FactName): boolean => ready(rule).needs.has(fact)

const inOrderOfCost = ({ kind, of }: ReadyGroup): ReadyGroup => ({
  kind,
  of: of.map((node) => (isGroup(node) ? inOrderOfCost(node) : node)).sort((a, b) => costOf(a) - costOf(b)),
})

const costOf = (node: ReadyNode): number => (isGroup(node) ? 2 : node.cost)

function find(node: ReadyNode, facts: Facts, path: string): Finding {
  if (!isGroup(node)) {
    const { kind, condition, known } = node
    return { kind, path, condition, holds: node.ask(facts), seen: node.seen(facts), known }
  }
  const of = node.of.map((part, i) => find(part, facts, `${path}.of.${i}`))
  return { kind: node.kind, path, holds: weighFindings(node.kind, of), of }
}

const weighFindings = (kind: Connective, of: readonly Finding[]): Answer =>
  weigh<ConditionFinding>({ kind, of }, (finding) => finding.holds)
