import type { SiteId } from '../../shared/ids.ts'
import { type JourneySettings, stageNames } from '../../shared/metrics/journeys/stages.ts'
import { type Failure, failure, type Refusal } from '../../shared/result.ts'
import { type Named, namedIn } from '../../shared/triggers/named.ts'
import type { RuleNode } from '../../shared/triggers/rule.ts'
import { readRules } from '../../shared/triggers/stored.ts'
import { readScore, readSegments } from '../../shared/triggers/stored-sorting.ts'
import type { Workspace as Document } from '../../shared/workspace.ts'

type Refused = { ok: false; error: Failure }

type User = Extract<Refusal, { is: 'inUse' }>['by'][number]

/** Whatever holds conditions, as people know it. */
interface Holder {
  is: User
  siteId: SiteId
  whens: readonly (readonly RuleNode[])[]
}

function holders(document: Readonly<Document>): Holder[] {
  const scores = (document.leadScores ?? []).map(({ siteId }) => ({
    is: { what: 'score' as const, name: '' },
    siteId,
    whens: readScore(document.leadScores, siteId).score?.parts.map(({ when }) => when) ?? [],
  }))
  return [
    ...readRules(document.rules).rules.map((one) => holder('rule', one)),
    ...readSegments(document.segments).segments.map((one) => holder('segment', one)),
    ...scores,
  ]
}

const holder = (
  what: User['what'],
  { name, siteId, when }: { name: string; siteId: SiteId; when: readonly RuleNode[] },
): Holder => ({ is: { what, name }, siteId, whens: [when] })

/** What a team holds itself to, as people know it. */
const aimedAt = ({ targets = [] }: Readonly<Document>, team: string): User[] =>
  targets.some((one) => one.team === team) ? [{ what: 'target', name: team }] : []

/** Who works by this calendar, as people know them. */
function workingBy({ teams = [], sites }: Readonly<Document>, calendar: string): User[] {
  return [
    ...teams.filter((one) => one.calendar === calendar).map(({ name }) => ({ what: 'team' as const, name })),
    ...sites.filter((one) => one.calendar === calendar).map(({ name }) => ({ what: 'site' as const, name })),
  ]
}

/** What a journey calls by name: the segments that show a stage, and those with days of their own. */
function namedInJourney({ stages, churnDays = {} }: JourneySettings): Named[] {
  const shown = stageNames.flatMap((stage) =>
    stages[stage].flatMap((mark, i): Named[] =>
      mark.by === 'segment'
        ? [{ what: 'segment', id: mark.segment, path: `journey.stages.${stage}.${i}.segment` }]
        : [],
    ),
  )
  const timed = Object.keys(churnDays).map((id) => ({
    what: 'segment' as const,
    id,
    path: `journey.churnDays.${id}`,
  }))
  return [...shown, ...timed]
}

/** Sites of which a stage is shown by this segment, as people know them. */
const stagedBy = ({ sites }: Readonly<Document>, segment: string): User[] =>
  sites
    .filter(
      ({ journey }) => journey && namedInJourney({ stages: journey.stages }).some(({ id }) => id === segment),
    )
    .map(({ name }) => ({ what: 'site', name }))

/** As many as a sentence takes. */
const usersNamed = 20

/** A refusal that names whoever asks for this; null when nobody does. */
export function refuseInUse(document: Readonly<Document>, wanted: Omit<Named, 'path'>): Refused | null {
  const asks = (when: readonly RuleNode[]) =>
    namedIn(when).some(({ what, id }) => what === wanted.what && id === wanted.id)
  const asking = holders(document).filter(({ whens }) => whens.some(asks))
  const users = asking.map(({ is }) => is)
  if (wanted.what === 'calendar') users.push(...workingBy(document, wanted.id))
  if (wanted.what === 'segment') users.push(...stagedBy(document, wanted.id))
  if (wanted.what === 'team') users.push(...aimedAt(document, wanted.id))
  if (users.length === 0) return null
  const names = users.map(({ what, name }) => (what === 'score' ? 'the lead score' : `the ${what} “${name}”`))
  return failure('conflict', `“${wanted.id}” is still asked for by ${names.join(', ')}. Change that first.`, {
    refusal: { is: 'inUse', by: users.slice(0, usersNamed) },
  })
}

/** A refusal at the first name that stands for nothing here; null when all do. */
export function refuseUnknown(
  document: Readonly<Document>,
  siteId: SiteId,
  when: readonly RuleNode[],
  path = 'when',
): Refused | null {
  return refuseFirst(namedIn(when, path).filter((one) => !isThere(document, siteId, one)))
}

/** A refusal at the first segment of a journey that its site does not have; null when it has all. */
export function refuseUnknownStages(
  document: Readonly<Document>,
  siteId: SiteId,
  journey: JourneySettings | null | undefined,
): Refused | null {
  return refuseFirst(
    (journey ? namedInJourney(journey) : []).filter((one) => !isThere(document, siteId, one)),
  )
}

const refuseFirst = ([unknown]: readonly Named[]): Refused | null =>
  unknown
    ? failure('invalid', `There is no ${unknown.what} “${unknown.id}”.`, {
        path: unknown.path,
        refusal: { is: 'unknown', name: unknown.id },
      })
    : null

/** A refusal of a calendar to work by that is not there. */
export function refuseUnknownCalendar(
  document: Readonly<Document>,
  { calendar }: { calendar?: string | undefined },
): Refused | null {
  if (calendar === undefined || (document.calendars ?? []).some(({ id }) => id === calendar)) return null
  return failure('invalid', `There is no calendar “${calendar}”.`, {
    path: 'calendar',
    refusal: { is: 'unknown', name: calendar },
  })
}

function isThere(document: Readonly<Document>, siteId: SiteId, { what, id }: Named): boolean {
  switch (what) {
    case 'segment':
      return (document.segments ?? []).some((one) => one.id === id && one.siteId === siteId)
    case 'team':
      return (document.teams ?? []).some((one) => one.id === id)
    case 'calendar':
      return (document.calendars ?? []).some((one) => one.id === id)
  }
}

const longest = 60

/** What it will be called by: the name it was first given, told apart from others of that name. */
export function freshId(name: string, taken: readonly { id: string }[]): string {
  for (let number = 1; ; number++) {
    const ending = number === 1 ? '' : ` ${number}`
    const id = [...name].slice(0, longest - ending.length).join('') + ending
    if (!isPathStep(id) && !taken.some((one) => one.id === id)) return id
  }
}

/** Nothing of this name could be asked for again: in an address it is a step, and browsers take it. */
const isPathStep = (id: string): boolean => id === '.' || id === '..'
