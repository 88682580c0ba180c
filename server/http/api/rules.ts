import { RuleId } from '../../../shared/ids.ts'
import { failure } from '../../../shared/result.ts'
import { RuleDraft } from '../../../shared/triggers/rule.ts'
import { readSite, siteName } from '../fields.ts'
import { agentRoute, created, done, ok, reply } from '../route.ts'

const one = { id: RuleId }

export const ruleRoutes = [
  agentRoute({
    method: 'get',
    path: '/api/v1/rules',
    summary: 'Proactive messages, and when they are shown.',
    access: 'session',
    query: { site: siteName },
    async answer({ query, call }) {
      const site = readSite(call.domain, query.site)
      const { rules } = call.domain
      return reply(site, (id) =>
        ok({ items: rules.list(id), nextCursor: null, unreadable: rules.unreadable(id) }),
      )
    },
  }),
  agentRoute({
    method: 'post',
    path: '/api/v1/rules',
    summary: 'Adds a proactive message.',
    access: 'settings:write',
    body: RuleDraft,
    answer: async ({ body, call }) => reply(await call.domain.rules.create(body), created),
  }),
  agentRoute({
    method: 'get',
    path: '/api/v1/rules/:id',
    summary: 'One proactive message.',
    access: 'session',
    params: one,
    async answer({ params, call }) {
      const rule = call.domain.rules.byId(params.id)
      return rule ? ok(rule) : failure('not_found', 'There is no such rule.')
    },
  }),
  agentRoute({
    method: 'put',
    path: '/api/v1/rules/:id',
    summary: 'Replaces a proactive message.',
    access: 'settings:write',
    params: one,
    body: RuleDraft,
    answer: async ({ params, body, call }) => reply(await call.domain.rules.change(params.id, body), ok),
  }),
  agentRoute({
    method: 'delete',
    path: '/api/v1/rules/:id',
    summary: 'Removes a proactive message.',
    access: 'settings:write',
    params: one,
    answer: async ({ params, call }) => reply(await call.domain.rules.remove(params.id), done),
  }),
]
