import type { Queries } from '../engine.ts'
import { atOnce } from './kind.ts'

/** A row of a table that is told by visitor and time, with its JSON in `body`. */
export type Moment = { visitor_id: string; visit_id: string; site_id: string; at: number; body: string }

/** All rows by visitor and time. They have no key, and several may share a moment. */
export async function* momentsOf(queries: Queries, table: string, column: string): AsyncGenerator<Moment[]> {
  const select = `SELECT visitor_id, visit_id, site_id, at, ${column} AS body FROM ${table}`
  let [visitor, at] = ['', 0]
  for (;;) {
    const rows = await wholeMoments(queries, select, [visitor, at])
    const last = rows.at(-1)
    if (!last) return
    yield rows
    ;[visitor, at] = [last.visitor_id, last.at]
  }
}

/** The moment in which the page ends is read whole, so that the next page can begin after it. */
async function wholeMoments(queries: Queries, select: string, after: [string, number]): Promise<Moment[]> {
  const rows = await queries.all<Moment>(
    `${select} WHERE (visitor_id, at) > (?, ?) ORDER BY visitor_id, at LIMIT ?`,
    [...after, atOnce],
  )
  const last = rows.at(-1)
  if (!last || rows.length < atOnce) return rows.sort(inOrder)
  const before = rows.filter((row) => row.visitor_id !== last.visitor_id || row.at !== last.at)
  const moment = await queries.all<Moment>(`${select} WHERE visitor_id = ? AND at = ?`, [
    last.visitor_id,
    last.at,
  ])
  return [...before, ...moment].sort(inOrder)
}

const inOrder = (one: Moment, other: Moment): number =>
  compare(one.visitor_id, other.visitor_id) ||
  one.at - other.at ||
  compare(one.visit_id, other.visit_id) ||
  compare(one.body, other.body)

const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other))
