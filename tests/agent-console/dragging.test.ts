import fc from 'fast-check'
import { expect, it } from 'vitest'
import { gapsOf, idOf, nodeAt, placeOf, putAt, removed } from '../../agent-console/conditions/tree.ts'
import { limits } from '../../shared/limits.ts'
import { isGroup } from '../../shared/triggers/answer.ts'
import type { RuleNode } from '../../shared/triggers/rule.ts'

const leaf = (): RuleNode => ({ kind: 'exitIntent' })
const group = (...of: RuleNode[]): RuleNode => ({ kind: 'any', of })

const trees = fc.letrec<{ node: RuleNode; nodes: RuleNode[] }>((tie) => ({
  node: fc.oneof(
    { maxDepth: limits.groupDepth, withCrossShrink: true },
    fc.constant(null).map(leaf),
    tie('nodes').map((of) => group(...of)),
  ),
  nodes: fc.array(tie('node'), { maxLength: 4 }),
})).nodes

const flat = (nodes: readonly RuleNode[]): RuleNode[] =>
  nodes.flatMap((node) => [node, ...(isGroup(node) ? flat(node.of) : [])])
const lines = (nodes: readonly RuleNode[]): number =>
  nodes.reduce((sum, node) => sum + 1 + (isGroup(node) ? lines(node.of) + 1 : 0), 0)

it('T110 there is a gap above everything and one below each line and each end of a group', () => {
  expect(gapsOf([leaf(), group(leaf()), group()])).toEqual([...[[0], [1], [1, 0], [1, 1], [2], [2, 0], [3]]])
  fc.assert(fc.property(trees, (nodes) => gapsOf(nodes).length === lines(nodes) + 1))
})

it('T110 wherever it is drawn, nothing is lost, nothing too deep, and it stands where it is said to', () => {
  fc.assert(
    fc.property(trees, fc.nat(), fc.nat(), (nodes, which, gap) => {
      const all = flat(nodes)
      const node = all[which % Math.max(1, all.length)]
      const from = node && placeOf(nodes, idOf(node))
      if (!node || !from) return
      const others = removed(nodes, from)
      const gaps = gapsOf(others)
      const moved = putAt(others, gaps[gap % gaps.length] ?? [0], node)
      if (!moved) return
      expect(nodeAt(moved.nodes, moved.place)).toBe(node)
      expect(flat(moved.nodes).map(idOf).sort()).toEqual(all.map(idOf).sort())
    }),
  )
})

it('T110 what is too deep for the group it is drawn into stands behind it', () => {
  const deep = Array.from({ length: limits.groupDepth }).reduce<RuleNode>((inner) => group(inner), leaf())
  const nodes = [group(leaf()), deep]
  const moved = putAt([group(leaf())], [0, 1], deep)
  expect(moved?.place).toEqual([1])
  expect(moved?.nodes.map(idOf)).toHaveLength(nodes.length)
})
