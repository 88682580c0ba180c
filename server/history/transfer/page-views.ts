import * as v from 'valibot'
import { SiteId, VisitId, VisitorId } from '../../../shared/ids.ts'
import { count } from '../../../shared/text/fields.ts'
import { EventProperties } from '../../../shared/visitor.ts'
import { insertEvents, insertViews } from '../records/visits.ts'
import { type Kind, parseLine } from './kind.ts'
import { type Moment, momentsOf } from './moments.ts'

const Place = { visitorId: VisitorId, visitId: VisitId, siteId: SiteId, at: count }
const View = v.strictObject({
  ...Place,
  url: v.string(),
  title: v.string(),
  referrer: v.string(),
  engagedMs: v.optional(count),
  scroll: v.optional(count),
  device: v.optional(v.picklist(['desktop', 'phone'])),
  language: v.optional(v.string()),
  country: v.optional(v.string()),
  segments: v.optional(v.array(v.string())),
})
const Event = v.strictObject({
  ...Place,
  name: v.string(),
  count: count,
  properties: v.optional(EventProperties),
})

export const pageViews: Kind = {
  name: 'page-views',
  async *lines(queries) {
    for await (const rows of momentsOf(queries, 'page_views', 'page')) yield rows.map(lineOf)
  },
  store: (queries, lines) =>
    insertViews(
      queries,
      lines.map((line) => parseLine(View, line)),
    ),
}

export const events: Kind = {
  name: 'events',
  async *lines(queries) {
    for await (const rows of momentsOf(queries, 'visit_events', 'event')) yield rows.map(lineOf)
  },
  store: (queries, lines) =>
    insertEvents(
      queries,
      lines.map((line) => parseLine(Event, line)),
    ),
}

const lineOf = ({ visitor_id, visit_id, site_id, at, body }: Moment): string =>
  JSON.stringify({ visitorId: visitor_id, visitId: visit_id, siteId: site_id, at, ...JSON.parse(body) })
