import { type Connective, isGroup } from './answer.ts'
import { type Asked, type ReadyCondition, type ReadyNode, ready } from './evaluate.ts'
import type { Facts } from './facts.ts'
import type { PageCondition, PageNode, PageRule } from './page.ts'
import type { Rule } from './rule.ts'

const secondsKept = 86_400

/**
 * What is left for the page to find out: null when the rule cannot fit, whatever the page sees, and nothing at all
 * when it fits already. What neither page nor server knows is taken as speaking against the rule.
 *
 * Together with the page's own answer to it this is the answer of the whole rule; nowhere else are the two combined.
 * @param shownAt when the page was shown, ms: the page then counts for itself towards what time alone will bring
 *   about, and asks itself what it too can know. Left out when the page has spoken and it is to be judged.
 */
export function remainder(rule: Asked, facts: Facts, shownAt?: number): readonly PageNode[] | null {
  const left = prune({ kind: 'all', of: ready(rule).quickest.of }, { facts, shownAt, for: true })
  if (typeof left === 'boolean') return left ? [] : null
  return isGroup(left) && left.kind === 'all' ? left.of : [left]
}

/** What a page shown at `shownAt` needs of the rule; null when nothing it may see can make the rule fit. */
export function pageRule(
  rule: Pick<Rule, 'id' | 'priority' | 'when' | 'limits'>,
  facts: Facts,
  shownAt: number,
): PageRule | null {
  const { id, priority } = rule
  const left = remainder(rule, facts, shownAt)
  if (left === null) return null
  const waits = (rule.limits?.needsSomebody ?? true) && !left.some(({ kind }) => kind === answerable.kind)
  return { id, priority, when: waits ? [...left, answerable] : left }
}

const answerable = { kind: 'somebodyCanAnswer' } as const

interface Pruning {
  facts: Facts
  shownAt: number | undefined
  /** Whether the rule wants this to hold; within `not` it wants the reverse. */
  for: boolean
}

type Left = PageNode | boolean

function prune(node: ReadyNode, given: Pruning): Left {
  if (!isGroup(node)) return pruneCondition(node, given)
  const { kind, of } = node
  const within = kind === 'not' ? { ...given, for: !given.for } : given
  const decisive = kind !== 'all'
  const left: PageNode[] = []
  for (const part of of) {
    const one = prune(part, within)
    if (one === decisive) return kind === 'any'
    if (typeof one !== 'boolean') left.push(one)
  }
  return left.length === 0 ? kind !== 'any' : grouped(kind, left)
}

const grouped = (kind: Connective, [first, ...rest]: PageNode[]): PageNode | boolean => {
  if (first === undefined) return kind !== 'any'
  return rest.length === 0 && kind !== 'not' ? first : { kind, of: [first, ...rest] }
}

function pruneCondition(one: ReadyCondition, { facts, shownAt, for: wanted }: Pruning): Left {
  const asked = onPage(one)
  if (asked && shownAt !== undefined) return asked
  const holds = one.ask(facts)
  if (holds === 'unknown') return asked ?? !wanted
  if (holds || shownAt === undefined) return holds
  const seconds = secondsUntil(one.due(facts), shownAt)
  return seconds === null ? false : { kind: 'secondsOnPage', atLeast: seconds }
}

function secondsUntil(due: number | null, shownAt: number): number | null {
  const seconds = due === null ? Number.POSITIVE_INFINITY : Math.max(0, Math.ceil((due - shownAt) / 1_000))
  return seconds <= secondsKept ? seconds : null
}

/** The condition as a page asks it; null for one that no page can. */
function onPage({ condition }: ReadyCondition): PageCondition | null {
  switch (condition.kind) {
    case 'secondsOnPage':
    case 'idle':
    case 'scroll':
    case 'exitIntent':
    case 'widgetOpened':
    case 'somebodyCanAnswer':
    case 'click':
    case 'elementSeen':
      return condition
    default:
      return null
  }
}
