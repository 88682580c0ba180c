/** `unknown`: something it needs is not known here, but may be elsewhere. */
export type Answer = boolean | 'unknown'

export type Connective = 'all' | 'any' | 'not'

/** `all` of these, `any` of them, or none of them (`not`). */
export interface Group<Leaf> {
  kind: Connective
  of: readonly Node<Leaf>[]
}
export type Node<Leaf> = Leaf | Group<Leaf>

export const isGroup = <Leaf extends { kind: string }>(node: Node<Leaf>): node is Group<Leaf> => 'of' in node

/**
 * What a tree of groups comes to, in Kleene's logic: whatever becomes known later, an answer that is decided
 * stays. Nothing is asked that cannot change the answer.
 */
export function weigh<Leaf extends { kind: string }>(node: Node<Leaf>, ask: (leaf: Leaf) => Answer): Answer {
  if (!isGroup(node)) return ask(node)
  let open = false
  for (const part of node.of) {
    const answer = weigh(part, ask)
    if (answer === (node.kind !== 'all')) return node.kind === 'any'
    if (answer === 'unknown') open = true
  }
  return open ? 'unknown' : node.kind !== 'any'
}
