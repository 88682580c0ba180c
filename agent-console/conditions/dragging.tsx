import { useRef, useState } from 'preact/hooks'
import type { RuleNode } from '../../shared/triggers/rule.ts'
import { gapsOf, type Moved, type Nodes, nodeAt, type Place, placeOf, putAt, removed } from './tree.ts'

/** A press that moves less than this is a click: it opens the menu. */
const stepsAside = 5

interface Grasp {
  id: number
  node: RuleNode
  /** As all stood before, which is there again when it is let go of. */
  before: Nodes
  from: Place
  y: number
  isDrawn: boolean
  now: Place
}

interface DraggingNeeds {
  nodes: Nodes
  change(nodes: RuleNode[]): void
  dropped(node: RuleNode, place: Place): void
}

/**
 * Conditions are drawn by their handles to another place, into groups and out of them. Whoever holds all of them listens:
 * what is drawn into another list is made anew there, and would not hear the pointer any more.
 */
export function useDragging({ nodes, change, dropped }: DraggingNeeds) {
  const grasp = useRef<Grasp | null>(null)
  const [dragged, setDragged] = useState<number | null>(null)
  const end = (): Grasp | null => {
    const held = grasp.current
    grasp.current = null
    setDragged(null)
    return held?.isDrawn ? held : null
  }
  const listeners = {
    onPointerDown({ button, target, clientY }: PointerEvent) {
      grasp.current = button === 0 && target instanceof Element ? graspOf(nodes, target, clientY) : null
    },
    onPointerMove({ buttons, clientY, pointerId, currentTarget }: PointerEvent) {
      // Let go of outside, before it was drawn.
      if (buttons === 0) end()
      const held = grasp.current
      if (!held || !(currentTarget instanceof HTMLElement)) return
      if (!held.isDrawn && Math.abs(clientY - held.y) < stepsAside) return
      if (!held.isDrawn) currentTarget.setPointerCapture(pointerId)
      held.isDrawn = true
      setDragged(held.id)
      const moved = drawnTo(held, marksIn(currentTarget, held.id).filter((y) => y < clientY).length)
      if (!moved || moved.place.join() === held.now.join()) return
      held.now = moved.place
      change(moved.nodes)
    },
    onPointerUp() {
      const held = end()
      if (held) dropped(held.node, held.now)
    },
    onPointerCancel() {
      const held = end()
      if (held) change([...held.before])
    },
  }
  return { dragged, listeners }
}

function graspOf(nodes: Nodes, target: Element, y: number): Grasp | null {
  const id = Number(target.closest('[data-handle]')?.getAttribute('data-handle') ?? Number.NaN)
  const from = placeOf(nodes, id)
  const node = from && nodeAt(nodes, from)
  return node ? { id, node, before: nodes, from, y, isDrawn: false, now: from } : null
}

/** Below how much of the others it is. */
function drawnTo({ before, from, node }: Grasp, below: number): Moved | null {
  const others = removed(before, from)
  const place = gapsOf(others)[below]
  return place ? putAt(others, place, node) : null
}

/** How far down the middle of each line is, and of each end of a group, but of what is drawn; as `gapsOf` has them. */
function marksIn(within: Element, dragged: number): number[] {
  const rows = [...within.children].flatMap((one) =>
    one.matches('.clauses') ? [...one.children].filter((row) => row.matches('[data-node]')) : [],
  )
  return rows.flatMap((row) => {
    if (row.getAttribute('data-node') === String(dragged)) return []
    const line = middleOf(row.querySelector('.clause-line') ?? row)
    if (!row.matches('.clause-group')) return [line]
    const foot = [...row.children].find((one) => one.matches('.add'))
    return [line, ...marksIn(row, dragged), foot ? middleOf(foot) : row.getBoundingClientRect().bottom]
  })
}

const middleOf = (element: Element): number => {
  const { top, height } = element.getBoundingClientRect()
  return top + height / 2
}
