import { useRef, useState } from 'preact/hooks'
import type { LiveVisitor } from '../../shared/visitor.ts'

export interface Steady {
  rows: readonly LiveVisitor[]
  /** Arrivals that wait until nobody points at the table. */
  gathered: number
  /** Takes the table as it is now. */
  refresh(): void
  hold(): void
  release(): void
}

/**
 * Keeps the rows where they are while the pointer or the focus is among them: people who left stay,
 * dimmed, and people who came are counted. Otherwise rows come and go as they happen.
 */
export function useSteady(people: readonly LiveVisitor[], filter: string | null): Steady {
  const [held, setHeld] = useState(false)
  const shown = useRef<{ filter: string | null; rows: readonly LiveVisitor[] }>({ filter, rows: people })
  const now = new Map(people.map((one) => [one.visitId, one]))
  if (!held || shown.current.filter !== filter) shown.current = { filter, rows: people }
  else
    shown.current = {
      filter,
      rows: shown.current.rows.map((one) => now.get(one.visitId) ?? { ...one, state: 'gone' }),
    }
  const { rows } = shown.current
  const ids = new Set(rows.map((one) => one.visitId))
  const [, redraw] = useState(0)
  return {
    rows,
    gathered: people.filter((one) => !ids.has(one.visitId)).length,
    refresh: () => {
      shown.current = { filter, rows: people }
      redraw((n) => n + 1)
    },
    hold: () => setHeld(true),
    release: () => setHeld(false),
  }
}
