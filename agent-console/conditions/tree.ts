import { limits } from '../../shared/limits.ts'
import { type Connective, isGroup } from '../../shared/triggers/answer.ts'
import { countConditions, type RuleNode } from '../../shared/triggers/rule.ts'

export type Nodes = readonly RuleNode[]
/** The place of a node: its index, then its index within the group, and so on. */
export type Place = readonly number[]

/** As faults name it, such as `when.2.of.0`. */
export const pathOf = (place: Place): string => `when.${place.join('.of.')}`

export function nodeAt(nodes: Nodes, place: Place): RuleNode | undefined {
  const [index = -1, ...rest] = place
  const node = nodes[index]
  return rest.length === 0 || !node ? node : nodeAt(childrenOf(node), rest)
}

const childrenOf = (node: RuleNode): Nodes => (isGroup(node) ? node.of : [])

const ids = new WeakMap<RuleNode, number>()
let lastId = 0

/** Tells nodes apart for as long as they are being edited, wherever they are moved. */
export function idOf(node: RuleNode): number {
  const known = ids.get(node) ?? ++lastId
  ids.set(node, known)
  return known
}

/** What takes another's place is still the same one to whoever edits it. */
function heir<Node extends RuleNode>(next: Node, of: RuleNode): Node {
  ids.set(next, idOf(of))
  return next
}

/** The group with other parts; empty ones stay, so that something can be put there. */
const withParts = (group: RuleNode, edit: (nodes: Nodes) => RuleNode[]): RuleNode =>
  isGroup(group) ? heir({ kind: group.kind, of: edit(group.of) }, group) : group

/** Edits the list in which a place lies. */
function within(
  nodes: Nodes,
  place: Place,
  edit: (siblings: Nodes, index: number) => RuleNode[],
): RuleNode[] {
  const [index = 0, ...rest] = place
  if (rest.length === 0) return edit(nodes, index)
  return nodes.map((node, i) => (i === index ? withParts(node, (parts) => within(parts, rest, edit)) : node))
}

export const replaced = (nodes: Nodes, place: Place, next: RuleNode): RuleNode[] =>
  within(nodes, place, (siblings, index) =>
    siblings.map((node, i) => (i === index ? heir({ ...next }, node) : node)),
  )

export const inserted = (nodes: Nodes, place: Place, node: RuleNode): RuleNode[] =>
  within(nodes, place, (siblings, index) => siblings.toSpliced(index, 0, node))

export const removed = (nodes: Nodes, place: Place): RuleNode[] =>
  within(nodes, place, (siblings, index) => siblings.toSpliced(index, 1))

/** Puts a group around what stands there. */
export const wrapped = (nodes: Nodes, place: Place, kind: Connective): RuleNode[] =>
  within(nodes, place, (siblings, index) =>
    siblings.map((node, i) => (i === index ? { kind, of: [node] } : node)),
  )

/** Puts the parts of a group in its place. */
export const unwrapped = (nodes: Nodes, place: Place): RuleNode[] =>
  within(nodes, place, (siblings, index) =>
    siblings.flatMap((node, i) => (i === index ? childrenOf(node) : [node])),
  )

/** Groups within groups. */
export const depthOf = (node: RuleNode): number =>
  isGroup(node) ? 1 + Math.max(0, ...node.of.map(depthOf)) : 0

const fits = (nodes: Nodes): boolean => Math.max(0, ...nodes.map(depthOf)) <= limits.groupDepth

export const mayGrow = (nodes: Nodes): boolean => countConditions(nodes) < limits.conditionsPerRule

/** Whether one more group may stand around what is at this place. */
export const mayWrap = (nodes: Nodes, place: Place): boolean => fits(wrapped(nodes, place, 'any'))

/** Whether a group may be begun as a part of the list in which the place lies. */
export const mayNest = (place: Place): boolean => place.length <= limits.groupDepth

/** Where something is, after it was moved. */
export interface Moved {
  nodes: RuleNode[]
  place: Place
}

/**
 * One step up or down as the conditions stand below each other: past a condition, into a group, or out of one.
 * Null where there is no further place, or none that is not too deep.
 */
export function moved(nodes: Nodes, place: Place, step: 1 | -1): Moved | null {
  const node = nodeAt(nodes, place)
  if (!node) return null
  const without = removed(nodes, place)
  for (const next of stepsFrom(without, place, step)) {
    const put = inserted(without, next, node)
    if (fits(put)) return { nodes: put, place: next }
  }
  return null
}

/** Where it may go next, the nearest first. The node itself has been taken out of `nodes`. */
function stepsFrom(nodes: Nodes, place: Place, step: 1 | -1): Place[] {
  const index = place.at(-1) ?? 0
  const above = place.slice(0, -1)
  const neighbour = nodeAt(nodes, [...above, step > 0 ? index : index - 1])
  if (!neighbour) return above.length === 0 ? [] : [outOf(above, step)]
  const past = [...above, index + step]
  if (!isGroup(neighbour)) return [past]
  return step > 0 ? [[...above, index, 0], past] : [[...above, index - 1, neighbour.of.length], past]
}

const outOf = (group: Place, step: 1 | -1): Place => [
  ...group.slice(0, -1),
  (group.at(-1) ?? 0) + (step > 0 ? 1 : 0),
]

/** Groups that nobody put anything into are left out of what is sent. */
export const withoutEmpty = (nodes: Nodes): RuleNode[] =>
  nodes.flatMap((node): RuleNode[] => {
    if (!isGroup(node)) return [node]
    const of = withoutEmpty(node.of)
    return of.length === 0 ? [] : [{ kind: node.kind, of }]
  })

/** Where the node of this id stands; null where it does not. */
export function placeOf(nodes: Nodes, id: number): Place | null {
  for (const [i, node] of nodes.entries()) {
    if (idOf(node) === id) return [i]
    const within = placeOf(childrenOf(node), id)
    if (within) return [i, ...within]
  }
  return null
}

/**
 * The places between all that stands below each other: before everything, then behind each condition, within each
 * group, and behind its end.
 */
export const gapsOf = (nodes: Nodes): Place[] => [[0], ...gapsBehind(nodes, [])]

const gapsBehind = (nodes: Nodes, group: Place): Place[] =>
  nodes.flatMap((node, i): Place[] => {
    const behind = [...group, i + 1]
    return isGroup(node) ? [[...group, i, 0], ...gapsBehind(node.of, [...group, i]), behind] : [behind]
  })

/** Puts it there, or behind the nearest group around that place in which it is not too deep. */
export function putAt(nodes: Nodes, place: Place, node: RuleNode): Moved | null {
  const put = inserted(nodes, place, node)
  if (fits(put)) return { nodes: put, place }
  return place.length > 1 ? putAt(nodes, outOf(place.slice(0, -1), 1), node) : null
}
