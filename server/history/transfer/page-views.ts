import * as v from 'valibot'
import { SiteId, VisitId, VisitorId } from '../../../shared/ids.ts'
import { count } from '../../../shared/text/fields.ts'
import type { Queries } from '../engine.ts'
import { insertViews } from '../records/visits.ts'
import { atOnce, type Kind, parseLine } from './kind.ts'

const View = v.strictObject({
  visitorId: VisitorId,
  visitId: VisitId,
  siteId: SiteId,
  at: count,
  url: v.string(),
  title: v.string(),
  referrer: v.string(),
})

type Row = { visitor_id: string; visit_id: string; site_id: string; at: number; page: string }

export const pageViews: Kind = {
  name: 'page-views',
  async *lines(queries) {
    let [visitor, at] = ['', 0]
    for (;;) {
      const rows = await wholeMoments(queries, visitor, at)
      const last = rows.at(-1)
      if (!last) return
      yield rows.map(lineOf)
      ;[visitor, at] = [last.visitor_id, last.at]
    }
  },
  store: (queries, lines) =>
    insertViews(
      queries,
      lines.map((line) => parseLine(View, line)),
    ),
}

/**
 * The next rows by visitor and time. They have no key, and several may share a moment: the moment in
 * which the page ends is read whole, so that the next page can begin after it.
 */
async function wholeMoments(queries: Queries, visitor: string, at: number): Promise<Row[]> {
  const select = 'SELECT visitor_id, visit_id, site_id, at, page FROM page_views'
  const rows = await queries.all<Row>(
    `${select} WHERE (visitor_id, at) > (?, ?) ORDER BY visitor_id, at LIMIT ?`,
    [visitor, at, atOnce],
  )
  const last = rows.at(-1)
  if (!last || rows.length < atOnce) return rows.sort(inOrder)
  const before = rows.filter((row) => row.visitor_id !== last.visitor_id || row.at !== last.at)
  const moment = await queries.all<Row>(`${select} WHERE visitor_id = ? AND at = ?`, [
    last.visitor_id,
    last.at,
  ])
  return [...before, ...moment].sort(inOrder)
}

const inOrder = (one: Row, other: Row): number =>
  compare(one.visitor_id, other.visitor_id) ||
  one.at - other.at ||
  compare(one.visit_id, other.visit_id) ||
  compare(one.page, other.page)

const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other))

function lineOf({ visitor_id, visit_id, site_id, at, page }: Row): string {
  const { url, title, referrer } = JSON.parse(page)
  return JSON.stringify({
    visitorId: visitor_id,
    visitId: visit_id,
    siteId: site_id,
    at,
    url,
    title,
    referrer,
  })
}
