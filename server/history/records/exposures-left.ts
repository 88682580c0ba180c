import { randomBytes } from 'node:crypto'
import {
  type ConversationId,
  type InviteId,
  makeId,
  type RuleId,
  type SiteId,
  type VisitId,
  type VisitorId,
} from '../../../shared/ids.ts'
import type { Queries } from '../engine.ts'
import type { ExposureRecord } from '../exposures.ts'
import { insertExposures, type StoredExposure } from './exposures.ts'

/** A row of the table. */
export type ExposureRow = {
  id: InviteId
  site_id: SiteId
  rule_id: RuleId | null
  visitor_id: VisitorId | null
  visit_id: VisitId | null
  conversation_id: ConversationId | null
  at: number
  said_by: ExposureRecord['by']
  held_out: number
  silent: number
  about: string
  seen_at: number | null
  opened_at: number | null
  replied_at: number | null
  goal_at: number | null
}

export const exposureOf = ({ about, ...row }: ExposureRow): StoredExposure => ({
  ...{ id: row.id, siteId: row.site_id, visitorId: row.visitor_id, visitId: row.visit_id },
  ...{ at: row.at, by: row.said_by, ruleId: row.rule_id, heldOut: row.held_out === 1 },
  silent: row.silent === 1,
  ...JSON.parse(about),
  ...{ conversationId: row.conversation_id, seenAt: row.seen_at, openedAt: row.opened_at },
  ...{ repliedAt: row.replied_at, goalAt: row.goal_at },
})

/**
 * Before what rules did to somebody is deleted, the counts of it are left behind, of each rule once: under new ids,
 * told to the hour, and of nobody.
 */
export async function leaveCounts(queries: Queries, visitorId: string): Promise<void> {
  const rows = await queries.all<ExposureRow>(
    `SELECT * FROM exposures WHERE visitor_id = ? AND said_by = 'rule' AND rule_id IS NOT NULL ORDER BY id`,
    [visitorId],
  )
  const first = new Map(rows.toReversed().map((row) => [row.rule_id, exposureOf(row)]))
  await insertExposures(queries, [...first.values()].map(ofNobody))
}

const hour = 3_600_000
const toTheHour = (at: number): number => at - (at % hour)

function ofNobody({ segments: _, ...one }: StoredExposure): StoredExposure {
  const at = toTheHour(one.at)
  const moment = (then: number | null): number | null => then && toTheHour(then)
  return {
    ...{ ...one, id: makeId('i', at, randomBytes(10)), at },
    ...{ visitorId: null, visitId: null, conversationId: null },
    ...{ seenAt: moment(one.seenAt), openedAt: moment(one.openedAt) },
    ...{ repliedAt: moment(one.repliedAt), goalAt: moment(one.goalAt) },
  }
}
