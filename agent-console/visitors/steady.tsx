import { useRef, useState } from 'preact/hooks'
import type { VisitId } from '../../shared/ids.ts'
import type { Roster } from '../../shared/roster.ts'
import type { LiveVisitor } from '../../shared/visitor.ts'
import type { Outlook } from '../state/outlook.ts'

export interface Steady {
  rows: readonly LiveVisitor[]
  /** Where the first of them stands in the whole list. */
  from: number
  /** Arrivals that wait until nobody points at the table. */
  gathered: number
  /** Takes the table as it is now. */
  refresh(): void
  hold(): void
  release(): void
}

interface Held {
  name: string | null
  from: number
  order: readonly VisitId[]
  /** Everybody in it as last heard of. */
  people: Roster
}

const nothing: Held = { name: null, from: 0, order: [], people: new Map() }

const heldOf = ({ name, from, order, people }: Outlook): Held => ({ name, from, order, people })

/**
 * Keeps the rows where they are while the pointer or the focus is among them: people who left stay,
 * dimmed, and people who came are counted. Otherwise rows come and go as they happen.
 */
export function useSteady(outlook: Outlook | null): Steady {
  const [holding, setHolding] = useState(false)
  const [, redraw] = useState(0)
  const shown = useRef<Held>(nothing)
  if (outlook && (!holding || shown.current.name !== outlook.name)) shown.current = heldOf(outlook)
  else if (outlook) shown.current = goOn(shown.current, outlook)
  const { order, from, people } = shown.current
  const here = new Set(order)
  return {
    from,
    rows: order.flatMap((id) => people.get(id) ?? []),
    gathered: outlook ? outlook.order.filter((id) => !here.has(id)).length : 0,
    refresh: () => {
      if (outlook) shown.current = heldOf(outlook)
      redraw((n) => n + 1)
    },
    hold: () => setHolding(true),
    release: () => setHolding(false),
  }
}

/**
 * Who stands in the list no more has left, or was only pushed out at its end by those who came: as many of the
 * last rows may be missing for that reason as there are new ones.
 */
function goOn(held: Held, { order, people }: Outlook): Held {
  const there = new Set(order)
  const pushed = order.filter((id) => !held.people.has(id)).length
  const missing = held.order.filter((id) => !there.has(id))
  const left = new Set(missing.slice(0, Math.max(0, missing.length - pushed)))
  const next = held.order.flatMap((id) => {
    const one = people.get(id) ?? held.people.get(id)
    return one ? [[id, left.has(id) ? { ...one, state: 'gone' as const } : one] as const] : []
  })
  return { ...held, people: new Map(next) }
}
