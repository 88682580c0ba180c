import type { Dialect } from '../engine.ts'

/**
 * What pages said had happened; `event` is JSON: a page's own words are in it. The indexes by site find what has
 * been kept long enough.
 */
export const visitEvents = {
  number: 5,
  name: 'visit-events',
  statements: ({ id }: Dialect): string[] => [
    `CREATE TABLE visit_events (
      visitor_id ${id} NOT NULL,
      visit_id ${id} NOT NULL,
      site_id ${id} NOT NULL,
      at BIGINT NOT NULL,
      event TEXT NOT NULL
    )`,
    'CREATE INDEX visit_events_by_visitor ON visit_events (visitor_id, at)',
    'CREATE INDEX visit_events_by_site ON visit_events (site_id, at)',
    'CREATE INDEX page_views_by_site ON page_views (site_id, at)',
  ],
}
