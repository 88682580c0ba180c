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

/** A page and how many are on it now. `page`: an address up to its query. */
export interface PageCount {
  page: string
  title: string
  n: number
}

/** The part of a long list that stands on a screen. */
export interface RosterWindow {
  /** How many there are in the whole list. */
  total: number
  /** The place of the first of `order` in the whole list. */
  from: number
  order: readonly VisitId[]
  /** Of `order`; who is not here yet comes with a later frame. */
  people: Roster
  /** The fullest pages first, and those on which the people of `order` are. */
  pages: readonly PageCount[]
}

/** What has changed in a window; what is left out is as before. */
export interface RosterFrame {
  total?: number
  from?: number
  order?: VisitId[]
  visitors?: LiveVisitor[]
  pages?: PageCount[]
}

export const emptyWindow: RosterWindow = { total: 0, from: 0, order: [], people: emptyRoster, pages: [] }

/** Folds a frame in; nobody outside the window is kept. A first frame says everything. */
export function applyWindow(held: RosterWindow, frame: RosterFrame): RosterWindow {
  const order = frame.order ?? held.order
  const come = new Map((frame.visitors ?? []).map((one) => [one.visitId, one]))
  const people = order.flatMap((id) => {
    const one = come.get(id) ?? held.people.get(id)
    return one ? [[id, one] as const] : []
  })
  return {
    total: frame.total ?? held.total,
    from: frame.from ?? held.from,
    order,
    people: new Map(people),
    pages: frame.pages ?? held.pages,
  }
}

/** A window by the name its frames will carry, and a first frame that says everything. */
export interface NamedFrame extends RosterFrame {
  window: string
}

export interface RosterMoved {
  /** How many are on the sites now. */
  visitors: number
  /** Of those met in conversations. */
  upserts: LiveVisitor[]
  gone: VisitId[]
  frame?: NamedFrame
}
