import * as v from 'valibot'
import { FollowUpId } from '../../../shared/follow-up.ts'
import { AgentId, ConversationId, SiteId, VisitorId } from '../../../shared/ids.ts'
import { count } from '../../../shared/text/fields.ts'
import { type FollowUpRow, followUpOf, insertFollowUps } from '../records/follow-up-rows.ts'
import { byId, type Kind, parseLine } from './kind.ts'

const Line = v.strictObject({
  id: FollowUpId,
  conversationId: ConversationId,
  visitorId: VisitorId,
  siteId: SiteId,
  episode: count,
  why: v.picklist(['rating', 'complaint']),
  openedAt: count,
  dueAt: count,
  doneAt: v.nullable(count),
  ownerId: v.nullable(AgentId),
  category: v.nullable(v.string()),
  cause: v.nullable(v.string()),
  note: v.string(),
  doneBy: v.nullable(AgentId),
})

/** What is to be made right with visitors, and what was. */
export const followUps: Kind = {
  name: 'follow-ups',
  async *lines(queries) {
    for await (const rows of byId<FollowUpRow>(queries, 'SELECT * FROM follow_ups'))
      yield rows.map((row) => JSON.stringify(followUpOf(row)))
  },
  store: (queries, lines) =>
    insertFollowUps(
      queries,
      lines.map((line) => parseLine(Line, line)),
    ),
}
