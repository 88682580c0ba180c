import type { VisitId, VisitorId } from '../../../shared/ids.ts'
import type { RecordedPageView } from '../../../shared/visitor.ts'
import type { Queries, Table } from '../engine.ts'
import type { PageViewRecord, VisitHistory } from '../history.ts'

const pageViews: Table = {
  name: 'page_views',
  columns: [
    { name: 'visitor_id', type: 'text' },
    { name: 'visit_id', type: 'text' },
    { name: 'site_id', type: 'text' },
    { name: 'at', type: 'bigint' },
    { name: 'page', type: 'text' },
  ],
}

type Viewed = RecordedPageView & { visitId: VisitId }

export const insertViews = (queries: Queries, views: readonly PageViewRecord[]): Promise<void> =>
  queries.insertMany(
    pageViews,
    views.map(({ visitorId, visitId, siteId, at, url, title, referrer }) => [
      visitorId,
      visitId,
      siteId,
      at,
      JSON.stringify({ url, title, referrer }),
    ]),
  )

export const visitRecords = (queries: Queries): Pick<VisitHistory, 'pageViews'> => ({
  pageViews: async (visitorId: VisitorId, limit: number) => {
    const rows = await queries.all<{ visit_id: VisitId; at: number; page: string }>(
      'SELECT visit_id, at, page FROM page_views WHERE visitor_id = ? ORDER BY at DESC LIMIT ?',
      [visitorId, limit],
    )
    const nextAt = new Map<VisitId, number>()
    return rows.map(({ visit_id, at, page }): Viewed => {
      // Rows come newest first: the view seen just before in the same visit is the one that followed.
      const leftAt = nextAt.get(visit_id) ?? null
      nextAt.set(visit_id, at)
      return { ...JSON.parse(page), visitId: visit_id, at, leftAt }
    })
  },
})
