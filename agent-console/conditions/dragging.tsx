import { useEffect, useRef, useState } from 'preact/hooks'
import type { RuleNode } from '../../shared/triggers/rule.ts'
import { gapsOf, type Moved, type Nodes, nodeAt, type Place, placeOf, putAt, removed } from './tree.ts'

/** A press that moves less than this is a click: it opens the menu. */
const stepsAside = 5

interface Grasp {
  id: number
  /** What holds it; any other finger is none of its matter. */
  pointer: number
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
  const isOther = ({ pointerId }: PointerEvent): boolean => grasp.current?.pointer !== pointerId
  const putBack = () => {
    const held = end()
    if (held) change([...held.before])
  }
  useEscape(dragged !== null, putBack)
  const listeners = {
    onPointerDown(event: PointerEvent) {
      if (grasp.current?.isDrawn && isOther(event)) return
      grasp.current = event.button === 0 ? graspOf(nodes, event) : null
    },
    onPointerMove(event: PointerEvent) {
      if (isOther(event)) return
      const { buttons, clientY, pointerId, currentTarget } = event
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
    onPointerUp(event: PointerEvent) {
      const held = isOther(event) ? null : end()
      if (held) dropped(held.node, held.now)
    },
    onPointerCancel: (event: PointerEvent) => isOther(event) || putBack(),
    // Alone where no end was told. A finger is taken over from the handle, which loses it by that.
    onLostPointerCapture: (event: PointerEvent) =>
      event.target !== event.currentTarget || isOther(event) || putBack(),
  }
  return { dragged, listeners }
}

/** Wherever the focus is, and for nothing else meanwhile. */
function useEscape(isDrawn: boolean, leave: () => void): void {
  const latest = useRef(leave)
  latest.current = leave
  useEffect(() => {
    if (!isDrawn) return
    const listen = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      event.preventDefault()
      event.stopPropagation()
      latest.current()
    }
    document.addEventListener('keydown', listen, true)
    return () => document.removeEventListener('keydown', listen, true)
  }, [isDrawn])
}

function graspOf(nodes: Nodes, { target, clientY: y, pointerId: pointer }: PointerEvent): Grasp | null {
  if (!(target instanceof Element)) return null
  const id = Number(target.closest('[data-handle]')?.getAttribute('data-handle') ?? Number.NaN)
  const from = placeOf(nodes, id)
  const node = from && nodeAt(nodes, from)
  return node ? { id, pointer, node, before: nodes, from, y, isDrawn: false, now: from } : null
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
