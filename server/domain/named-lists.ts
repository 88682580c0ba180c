import type { Calendar, CalendarDraft, Team, TeamDraft } from '../../shared/house.ts'
import { limits } from '../../shared/limits.ts'
import { type Failure, failure, type Result, success } from '../../shared/result.ts'
import type { Workspace as Document } from '../../shared/workspace.ts'
import type { Workspace } from '../workspace/workspace.ts'
import type { Calendars, NamedList, Teams } from './sorting-domain.ts'
import { freshId, refuseInUse, refuseUnknownCalendar } from './uses.ts'

/** Where a list stands in the settings, and what may stand in it. */
interface Place<Draft, Item extends { id: string }> {
  what: 'team' | 'calendar'
  read(document: Readonly<Document>): readonly Item[]
  write(document: Document, items: Item[]): void
  make(draft: Draft, id: string): Item
  fault?(document: Readonly<Document>, draft: Draft): { ok: false; error: Failure } | null
}

export const createTeams = ({ workspace }: { workspace: Workspace }): Teams =>
  createList<TeamDraft, Team>(workspace, {
    what: 'team',
    read: ({ teams = [] }) => teams,
    write: (document, teams) => {
      document.teams = teams
    },
    make: (draft, id) => ({ ...draft, id }),
    fault: (document, draft) => {
      const known = new Set(document.agents.map(({ id }) => id))
      const index = draft.agents.findIndex((id) => !known.has(id))
      if (index >= 0) return failure('invalid', 'There is no such agent.', { path: `agents.${index}` })
      return refuseUnknownCalendar(document, draft)
    },
  })

export const createCalendars = ({ workspace }: { workspace: Workspace }): Calendars =>
  createList<CalendarDraft, Calendar>(workspace, {
    what: 'calendar',
    read: ({ calendars = [] }) => calendars,
    write: (document, calendars) => {
      document.calendars = calendars
    },
    make: (draft, id) => ({ ...draft, id }),
  })

function createList<Draft extends { name: string }, Item extends { id: string }>(
  workspace: Workspace,
  place: Place<Draft, Item>,
): NamedList<Draft, Item> {
  const all = () => place.read(workspace.read())
  return {
    list: all,
    byId: (id) => all().find((one) => one.id === id) ?? null,
    create: (draft) =>
      workspace.change((document) => {
        const held = place.read(document)
        if (held.length >= limits.namedPerList)
          return failure('conflict', `There are at most ${limits.namedPerList} of each.`, {
            refusal: { is: 'full', most: limits.namedPerList },
          })
        return put(document, place, place.make(draft, freshId(draft.name, held)), draft)
      }),
    change: (id, draft) =>
      workspace.change((document) =>
        place.read(document).some((one) => one.id === id)
          ? put(document, place, place.make(draft, id), draft)
          : missing(place.what),
      ),
    remove: (id) => workspace.change((document) => remove(document, place, id)),
  }
}

function put<Draft, Item extends { id: string }>(
  document: Document,
  place: Place<Draft, Item>,
  item: Item,
  draft: Draft,
): Result<Item> {
  const fault = place.fault?.(document, draft)
  if (fault) return fault
  const held = place.read(document)
  const known = held.some(({ id }) => id === item.id)
  place.write(document, known ? held.map((one) => (one.id === item.id ? item : one)) : [...held, item])
  return success(item)
}

function remove<Draft, Item extends { id: string }>(
  document: Document,
  { what, read, write }: Place<Draft, Item>,
  id: string,
): Result<void> {
  const held = read(document)
  if (!held.some((one) => one.id === id)) return missing(what)
  const used = refuseInUse(document, { what, id })
  if (used) return used
  write(
    document,
    held.filter((one) => one.id !== id),
  )
  return success(undefined)
}

const missing = (what: string) => failure('not_found', `There is no such ${what}.`)
