import * as v from 'valibot'
import {
  FollowUpId,
  FollowUpPatch,
  FollowUpSettings,
  isOverdue,
  type ToldFollowUp,
} from '../../../shared/follow-up.ts'
import { AgentId, ConversationId } from '../../../shared/ids.ts'
import { cursor, limit, moment, readSite, siteName } from '../fields.ts'
import { agentRoute, ok, reply } from '../route.ts'
import { asRead, ifRevision, withoutRevision, shown as withRevision } from './revisions.ts'

const shown = (one: ToldFollowUp, now: number): object => ({ ...one, overdue: isOverdue(one, now) })

const { dueAt: _, ...patch } = FollowUpPatch.entries

export const followUpRoutes = [
  agentRoute({
    method: 'get',
    path: '/api/v1/follow-ups',
    summary:
      'What is to be made right with visitors, a page at a time: what is open by when it is due, what is done the latest first.',
    access: 'conversations:read',
    query: {
      state: v.optional(v.picklist(['open', 'overdue', 'done'], 'must be open, overdue or done'), 'open'),
      owner: v.optional(v.union([AgentId, v.picklist(['me', 'none'])], 'must be an agent’s id, me or none')),
      site: siteName,
      conversation: v.optional(ConversationId),
      cursor,
      limit: limit(200, 50),
    },
    async answer({ query: { owner, site, conversation, ...rest }, agent, call }) {
      const found = readSite(call.domain, site)
      if (!found.ok) return found
      const ownerId = owner === 'me' ? agent.id : owner === 'none' ? null : owner
      const about = { ownerId, siteId: found.value, conversationId: conversation }
      const page = await call.domain.followUps.list({ ...rest, ...about })
      return ok({ items: page.items.map((one) => shown(one, call.now)), nextCursor: page.nextCursor })
    },
  }),
  agentRoute({
    method: 'patch',
    path: '/api/v1/follow-ups/:id',
    summary:
      'Gives a follow-up an owner, a due time, a category, a cause or a note, or says that it is done.',
    access: 'conversations:write',
    params: { id: FollowUpId },
    body: v.strictObject({ ...patch, dueAt: v.optional(moment) }),
    answer: async ({ params, body, agent, call }) =>
      reply(await call.domain.followUps.change(params.id, body, agent.id), (one) => ok(shown(one, call.now))),
  }),
  agentRoute({
    method: 'get',
    path: '/api/v1/follow-up-settings',
    summary: 'When follow-ups are due, and the categories and causes they may have.',
    access: 'session',
    answer: async ({ call }) => ok(withRevision(call.domain.followUps.settings())),
  }),
  agentRoute({
    method: 'put',
    path: '/api/v1/follow-up-settings',
    summary: 'Replaces them.',
    access: 'settings:write',
    query: { ifRevision },
    body: v.strictObject({ ...FollowUpSettings.entries, ...asRead }),
    async answer({ query, body, call }) {
      const set = await call.domain.followUps.configure(withoutRevision(body), query.ifRevision)
      return reply(set, (held) => ok(withRevision(held)))
    },
  }),
]
