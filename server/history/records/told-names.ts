import type { SiteId, VisitorId } from '../../../shared/ids.ts'
import type { Visitor } from '../../../shared/visitor.ts'
import { type Engine, text } from '../engine.ts'
import type { ToldNames } from '../past.ts'

/** The latest: read and taken apart in a moment, however much is recorded. */
const eventsRead = 5_000
const viewsRead = 2_000
const visitorsRead = 300

export async function toldNames(engine: Engine, siteId: SiteId): Promise<ToldNames> {
  const events = await engine.all<{ event: string }>(
    'SELECT event FROM visit_events WHERE site_id = ? ORDER BY at DESC LIMIT ?',
    [siteId, eventsRead],
  )
  const views = await engine.all<{ visitor_id: VisitorId }>(
    'SELECT visitor_id FROM page_views WHERE site_id = ? ORDER BY at DESC LIMIT ?',
    [siteId, viewsRead],
  )
  const people = [...new Set(views.map(({ visitor_id }) => visitor_id))].slice(0, visitorsRead)
  const profiles = await engine.lookUp<{ profile: string }>({
    select: 'SELECT profile FROM visitors',
    by: [text('id')],
    keys: people.map((id) => [id]),
  })
  return {
    events: distinct(events.map(({ event }) => JSON.parse(event).name)),
    attributes: distinct(
      profiles.flatMap(({ profile }) => {
        const { attributes }: Visitor = JSON.parse(profile)
        return Object.keys(attributes)
      }),
    ),
  }
}

const distinct = (names: readonly string[]): string[] => [...new Set(names)].sort()
