import type { RefObject } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { limits } from '../../shared/limits.ts'
import { keyOfQuery, type RosterQuery } from '../../shared/roster-query.ts'
import { useDesk } from '../ui/context.tsx'
import { useMedia } from '../ui/hooks.tsx'

/** Rows beyond the screen, so that a short way is there already; parts begin at these steps, and are shared. */
const step = 10
/** While somebody scrolls fast, most of what passes is not worth asking for, ms. */
const settled = 80

/** Of a row, px, as the style sheet has it. */
export const rowHeight = (phone: boolean): number => (phone ? 124 : 60)
export const phoneSized = '(max-width: 719px)'

/** Asks for the rows that are on the screen, and others as it is scrolled. */
export function usePart(query: RosterQuery): {
  frame: RefObject<HTMLDivElement | null>
  list: RefObject<HTMLDivElement | null>
} {
  const desk = useDesk()
  const phone = useMedia(phoneSized)
  const frame = useRef<HTMLDivElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const [part, setPart] = useState({ from: 0, count: 4 * step })
  useEffect(() => {
    const scroller = frame.current?.querySelector('.page')
    if (!scroller) return
    const look = () => setPart((held) => sameOr(held, partIn(scroller, list.current, rowHeight(phone))))
    look()
    scroller.addEventListener('scroll', look, { passive: true })
    addEventListener('resize', look)
    return () => {
      scroller.removeEventListener('scroll', look)
      removeEventListener('resize', look)
    }
  }, [phone])
  const key = keyOfQuery(query)
  const asked = useRef<string | null>(null)
  useEffect(() => {
    const isNew = asked.current !== key
    asked.current = key
    const timer = setTimeout(() => desk.look({ query, ...part }), isNew ? 0 : settled)
    return () => clearTimeout(timer)
  }, [desk, key, part])
  useEffect(() => () => desk.look(null), [desk])
  return { frame, list }
}

interface Part {
  from: number
  count: number
}

const sameOr = (held: Part, next: Part): Part =>
  held.from === next.from && held.count === next.count ? held : next

function partIn(scroller: Element, list: HTMLElement | null, row: number): Part {
  const table = list?.querySelector('.table-frame') ?? list
  const above = table ? scroller.getBoundingClientRect().top - table.getBoundingClientRect().top : 0
  const first = Math.floor(Math.max(0, above) / row)
  const shown = Math.ceil(scroller.clientHeight / row)
  const from = Math.max(0, Math.floor(first / step) * step - step)
  const until = Math.ceil((first + shown) / step) * step + step
  return { from, count: Math.min(limits.rosterWindow, until - from) }
}
