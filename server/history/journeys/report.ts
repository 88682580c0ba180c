import type { SiteId } from '../../../shared/ids.ts'
import { type Crowd, type JourneyBuilder, journeys } from '../../../shared/metrics/journeys/fold.ts'
import {
  before,
  type JourneyQuestion,
  type Journeys,
  returnWithin,
} from '../../../shared/metrics/journeys/question.ts'
import type { LookUps } from '../engine.ts'
import { hourOf, readHour } from './hour.ts'
import { claimed, type PlaceRow } from './keep.ts'
import { type Part, partOf } from './part.ts'
import { Teller } from './tell.ts'

/** Hours read at a time, so that other reads get their turn in between. */
const hoursAtOnce = 24

/** One report after the other, each with room for as many as the last had: most are of about as many. */
export function journeyReports(queries: LookUps): (question: JourneyQuestion) => Promise<Journeys> {
  let likely: Crowd | undefined
  return async (question) => {
    const builder = journeys(question, likely)
    await tellAll(queries, question, builder)
    likely = builder.crowd()
    return builder.answer()
  }
}

/** Made from what is packed; what is not, or not any more, is read from the tables. */
async function tellAll(queries: LookUps, question: JourneyQuestion, builder: JourneyBuilder): Promise<void> {
  const teller = new Teller(builder)
  const first = hourOf(question.from - before(question))
  const last = hourOf(Math.min(question.to + returnWithin, question.now))
  const asked = { queries, question, changed: await changedWithin(queries, first, last) }
  for (let hour = first; hour <= last; hour += hoursAtOnce)
    for (const part of await partsOf(asked, hour, Math.min(hour + hoursAtOnce - 1, last))) teller.tell(part)
}

interface Asked {
  queries: LookUps
  question: JourneyQuestion
  /** By hour, the sites whose part is not to be relied on. */
  changed: ReadonlyMap<number, ReadonlySet<SiteId>>
}

async function changedWithin(queries: LookUps, first: number, last: number) {
  const rows = await queries.all<PlaceRow>(
    'SELECT hour, site_id FROM journey_changes WHERE hour BETWEEN ? AND ? OR hour BETWEEN ? AND ?',
    [first, last, claimed(last), claimed(first)],
  )
  const changed = new Map<number, Set<SiteId>>()
  for (const { hour: noted, site_id } of rows) {
    const hour = noted < 0 ? claimed(noted) : noted
    changed.set(hour, (changed.get(hour) ?? new Set()).add(site_id))
  }
  return changed
}

/** In the order of time, and within an hour by site. */
async function partsOf(asked: Asked, first: number, last: number): Promise<Part[]> {
  const { queries, question, changed } = asked
  const isWithin = (hour: number): boolean => hour >= hourOf(question.from) && hour <= hourOf(question.to - 1)
  const { siteId } = question.of
  const parts: Part[] = (await storedParts(asked, first, last)).filter(
    (part) => !changed.get(part.hour)?.has(part.siteId),
  )
  for (let hour = first; hour <= last; hour++)
    for (const site of changed.get(hour) ?? [])
      if (siteId === undefined || site === siteId) {
        const place = { hour, siteId: site }
        const part = partOf(place, await readHour(queries, place))
        parts.push(isWithin(hour) ? part : { ...part, pages: null })
      }
  return parts.sort((a, b) => a.hour - b.hour || (a.siteId < b.siteId ? -1 : 1))
}

async function storedParts({ queries, question }: Asked, first: number, last: number): Promise<Part[]> {
  const { from, to, of } = question
  const [begin, end] = [hourOf(from), hourOf(to - 1)]
  const pieces: [hour: number, last: number, pages: string][] = [
    [first, Math.min(last, begin - 1), 'NULL'],
    [Math.max(first, begin), Math.min(last, end), 'pages'],
    [Math.max(first, end + 1), last, 'NULL'],
  ]
  const parts: Part[] = []
  for (const [from, to, pages] of pieces) {
    if (from > to) continue
    const rows = await queries.all<PlaceRow & { people: Uint8Array; pages: Uint8Array | null }>(
      `SELECT hour, site_id, people, ${pages} AS pages FROM journey_parts
       WHERE hour >= ? AND hour <= ?${of.siteId === undefined ? '' : ' AND site_id = ?'} ORDER BY hour, site_id`,
      [from, to, ...(of.siteId === undefined ? [] : [of.siteId])],
    )
    for (const { hour, site_id, people, pages } of rows) parts.push({ hour, siteId: site_id, people, pages })
  }
  return parts
}
