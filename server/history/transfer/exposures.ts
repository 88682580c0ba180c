import * as v from 'valibot'
import { ConversationId, InviteId, RuleId, SiteId, VisitId, VisitorId } from '../../../shared/ids.ts'
import { limits } from '../../../shared/limits.ts'
import { count } from '../../../shared/text/fields.ts'
import { Goal } from '../../../shared/triggers/rule.ts'
import { insertExposures } from '../records/exposures.ts'
import { type ExposureRow, exposureOf } from '../records/exposures-left.ts'
import { byId, type Kind, parseLine } from './kind.ts'

const moment = v.nullable(count)

const Line = v.strictObject({
  id: InviteId,
  siteId: SiteId,
  visitorId: v.nullable(VisitorId),
  visitId: v.nullable(VisitId),
  at: count,
  by: v.picklist(['rule', 'survey', 'announcement', 'agent', 'visitor']),
  ruleId: v.nullable(RuleId),
  heldOut: v.boolean(),
  silent: v.boolean(),
  variant: v.nullable(v.string()),
  goal: v.nullable(Goal),
  segments: v.optional(v.pipe(v.array(v.string()), v.maxLength(limits.segmentsPerSite))),
  conversationId: v.nullable(ConversationId),
  seenAt: moment,
  openedAt: moment,
  repliedAt: moment,
  goalAt: moment,
})

/** What rules did. */
export const exposures: Kind = {
  name: 'exposures',
  async *lines(queries) {
    for await (const rows of byId<ExposureRow>(queries, 'SELECT * FROM exposures'))
      yield rows.map((row) => JSON.stringify(exposureOf(row)))
  },
  store: (queries, lines) =>
    insertExposures(
      queries,
      lines.map((line) => parseLine(Line, line)),
    ),
}
