import * as v from 'valibot'
import type { SignedInAgent } from '../../../shared/agent.ts'
import { Priority } from '../../../shared/aims.ts'
import { type Author, ConversationTags } from '../../../shared/conversation/entry.ts'
import { FileIds, saysSomething } from '../../../shared/file.ts'
import { AgentId, ClientId, ConversationId, VisitorId } from '../../../shared/ids.ts'
import type { InboxRow } from '../../../shared/inbox.ts'
import { limits } from '../../../shared/limits.ts'
import { failure, type Result } from '../../../shared/result.ts'
import { line, optionalText } from '../../../shared/text/fields.ts'
import type { Appended } from '../../history/history.ts'
import { after, cursor, limit, readSite, siteName } from '../fields.ts'
import { type Ask, agentRoute, created, ok, type Reply, reply } from '../route.ts'

const one = { id: ConversationId }
const Message = v.pipe(
  v.strictObject({
    clientId: ClientId,
    text: optionalText(limits.messageCharacters),
    files: v.optional(FileIds),
  }),
  saysSomething(),
)

const author = ({ id, name }: SignedInAgent): Author => ({ kind: 'agent', id, name })

/** A conversation as programs see it: its state on the top level. */
const shownRow = ({ conversation, ...rest }: InboxRow): object => ({ ...conversation, ...rest })
const shownChange = ({ conversation, entries, duplicate }: Appended): object => ({
  conversation,
  entries,
  duplicate,
})

const changed = (result: Result<Appended>): Result<Reply> =>
  reply(result, (appended) => ok(shownChange(appended)))

type Posting = Ask<typeof one, object & Record<never, never>, v.InferOutput<typeof Message>> & {
  agent: SignedInAgent
}

const post =
  (note: boolean) =>
  async ({ params, body, agent, call }: Posting): Promise<Result<Reply>> => {
    const message = { agent, conversationId: params.id, ...body, note }
    const posted = await call.domain.conversations.postAsAgent(message, {})
    return reply(posted, (appended) =>
      appended.duplicate ? ok(shownChange(appended)) : created(shownChange(appended)),
    )
  }

const reading = [
  agentRoute({
    method: 'get',
    path: '/api/v1/conversations',
    summary:
      'Conversations, a page at a time: those waiting longest first, a visitor’s by their latest change; or, open ones only, those whose time is up first.',
    access: 'conversations:read',
    query: {
      status: v.optional(v.picklist(['open', 'closed'], 'must be open or closed')),
      site: siteName,
      assignee: v.optional(
        v.union([AgentId, v.picklist(['me', 'none'])], 'must be an agent’s id, me or none'),
      ),
      visitor: v.optional(VisitorId),
      tag: v.optional(line(60)),
      order: v.optional(v.picklist(['waiting', 'recent', 'risk'], 'must be waiting, recent or risk')),
      cursor,
      limit: limit(limits.conversationsInSnapshot, 50),
    },
    async answer({ query, agent, call }) {
      const site = readSite(call.domain, query.site)
      if (!site.ok) return site
      const { assignee, status, visitor, tag } = query
      const assigneeId = assignee === 'me' ? agent.id : assignee === 'none' ? null : assignee
      const narrowed = {
        limit: query.limit,
        ...(site.value ? { siteId: site.value } : {}),
        ...(visitor ? { visitorId: visitor } : {}),
        ...(tag === undefined ? {} : { tag }),
        ...(assigneeId !== undefined ? { assigneeId } : {}),
        ...(query.cursor !== undefined ? { cursor: query.cursor } : {}),
      }
      const { order = visitor ? 'recent' : 'waiting' } = query
      if (order === 'risk' && status === 'closed') return nothingDue()
      const page =
        order === 'risk'
          ? await call.domain.targets.atRisk(narrowed)
          : await call.domain.conversations.list({ order, ...narrowed, ...(status ? { status } : {}) })
      return ok({ items: page.items.map(shownRow), nextCursor: page.nextCursor })
    },
  }),
  agentRoute({
    method: 'get',
    path: '/api/v1/conversations/:id',
    summary: 'One conversation.',
    access: 'conversations:read',
    params: one,
    async answer({ params, call }) {
      const row = await call.domain.conversations.row(params.id)
      return row ? ok(shownRow(row)) : missing()
    },
  }),
  agentRoute({
    method: 'get',
    path: '/api/v1/conversations/:id/entries',
    summary: 'What happened in a conversation after an entry’s number, oldest first.',
    access: 'conversations:read',
    params: one,
    query: { after, limit: limit(limits.entriesPerAnswer, limits.entriesPerAnswer) },
    async answer({ params, query, call }) {
      const row = await call.domain.conversations.row(params.id)
      if (!row) return missing()
      const items = await call.domain.conversations.entries(params.id, query.after, query.limit)
      const last = items.at(-1)
      return ok({ items, nextCursor: last && last.seq < row.conversation.seq ? String(last.seq) : null })
    },
  }),
]

const writing = [
  agentRoute({
    method: 'post',
    path: '/api/v1/conversations/:id/messages',
    summary: 'Answers the visitor. The same clientId again stores nothing and answers as the first time.',
    access: 'conversations:write',
    params: one,
    body: Message,
    answer: post(false),
  }),
  agentRoute({
    method: 'post',
    path: '/api/v1/conversations/:id/notes',
    summary: 'Writes a note that only agents see.',
    access: 'conversations:write',
    params: one,
    body: Message,
    answer: post(true),
  }),
  agentRoute({
    method: 'post',
    path: '/api/v1/conversations/:id/close',
    summary: 'Closes the conversation. With `unasked`, a reason, the visitor is not asked how it was.',
    access: 'conversations:write',
    params: one,
    body: v.optional(v.strictObject({ unasked: v.optional(line(limits.reasonCharacters)) }), {}),
    async answer({ params, body: { unasked }, agent, call }) {
      const how = unasked === undefined ? 'agent' : { unasked }
      return changed(await call.domain.conversations.close(params.id, author(agent), how, {}))
    },
  }),
  agentRoute({
    method: 'post',
    path: '/api/v1/conversations/:id/ask-again',
    summary: 'Asks the visitor of a closed conversation once more how it was.',
    access: 'conversations:write',
    params: one,
    answer: async ({ params, agent, call }) =>
      changed(await call.domain.conversations.surveys.askAgain(params.id, author(agent), {})),
  }),
  agentRoute({
    method: 'post',
    path: '/api/v1/conversations/:id/tags',
    summary: 'Labels the conversation, instead of the labels it has.',
    access: 'conversations:write',
    params: one,
    body: v.strictObject({ tags: ConversationTags }),
    answer: async ({ params, body, agent, call }) =>
      changed(
        await call.domain.conversations.mark(params.id, { type: 'tag', ...body, by: author(agent) }, {}),
      ),
  }),
  agentRoute({
    method: 'post',
    path: '/api/v1/conversations/:id/priority',
    summary: 'Says how much the conversation presses: `low`, `normal`, `high` or `urgent`.',
    access: 'conversations:write',
    params: one,
    body: v.strictObject({ priority: Priority }),
    async answer({ params, body: { priority }, agent, call }) {
      const mark = { type: 'prioritise' as const, priority, by: author(agent) }
      return changed(await call.domain.conversations.mark(params.id, mark, {}))
    },
  }),
  agentRoute({
    method: 'post',
    path: '/api/v1/conversations/:id/reopen',
    summary: 'Opens the conversation again.',
    access: 'conversations:write',
    params: one,
    answer: async ({ params, agent, call }) =>
      changed(await call.domain.conversations.reopen(params.id, author(agent), {})),
  }),
  agentRoute({
    method: 'post',
    path: '/api/v1/conversations/:id/assign',
    summary:
      'Gives the conversation to an agent, or with null to nobody. With `from`, only if that agent still has it.',
    access: 'conversations:write',
    params: one,
    body: v.strictObject({ agentId: v.nullable(AgentId), from: v.optional(v.nullable(AgentId)) }),
    answer: async ({ params, body, agent, call }) =>
      changed(await call.domain.conversations.assign(params.id, body, author(agent), {})),
  }),
]

const nothingDue = () => failure('invalid', 'Nothing is due in what is closed.', { path: 'query.order' })

const missing = () => failure('not_found', 'There is no such conversation.')

export const conversationRoutes = [...reading, ...writing]
