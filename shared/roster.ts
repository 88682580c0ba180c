import type { VisitId } from './ids.ts'
import type { LiveVisitor } from './visitor.ts'

/** The people on the site now, by visit. */
export type Roster = ReadonlyMap<VisitId, LiveVisitor>

export type RosterEvent =
  | { type: 'snapshot'; visitors: readonly LiveVisitor[] }
  | { type: 'changes'; upserts: readonly LiveVisitor[]; gone: readonly VisitId[] }

export const emptyRoster: Roster = new Map()

/** Folds one event in; a snapshot followed by changes equals a fresh snapshot. */
export function applyRoster(roster: Roster, event: RosterEvent): Roster {
  if (event.type === 'snapshot') return new Map(event.visitors.map((one) => [one.visitId, one]))
  const next = new Map(roster)
  for (const one of event.upserts) next.set(one.visitId, one)
  for (const visitId of event.gone) next.delete(visitId)
  return next
}
