import * as v from 'valibot'
import { SiteId } from '../../../shared/ids.ts'
import { failure } from '../../../shared/result.ts'
import { SiteChange, SiteDraft } from '../../../shared/workspace.ts'
import { agentRoute, created, done, ok, reply } from '../route.ts'
import { asRead, ifRevision, shown, withoutRevision } from './revisions.ts'

const one = { id: SiteId }

export const siteRoutes = [
  agentRoute({
    method: 'get',
    path: '/api/v1/sites',
    summary: 'All sites.',
    access: 'session',
    answer: async ({ call }) =>
      ok({ items: call.domain.sites.list().map((site) => shown(site)), nextCursor: null }),
  }),
  agentRoute({
    method: 'post',
    path: '/api/v1/sites',
    summary: 'Adds a site.',
    access: 'settings:write',
    body: v.strictObject({ ...SiteDraft.entries, ...asRead }),
    answer: async ({ body, call }) =>
      reply(await call.domain.sites.create(withoutRevision(body)), (site) => created(shown(site))),
  }),
  agentRoute({
    method: 'get',
    path: '/api/v1/sites/:id',
    summary: 'One site.',
    access: 'session',
    params: one,
    async answer({ params, call }) {
      const site = call.domain.sites.byId(params.id)
      return site ? ok(shown(site)) : failure('not_found', 'There is no such site.')
    },
  }),
  agentRoute({
    method: 'put',
    path: '/api/v1/sites/:id',
    summary:
      'Replaces what an administrator edits of a site. A journey that is left out stays; null takes it away.',
    access: 'settings:write',
    params: one,
    query: { ifRevision },
    body: v.strictObject({ ...SiteChange.entries, ...asRead }),
    async answer({ params, query, body, call }) {
      const changed = await call.domain.sites.change(params.id, withoutRevision(body), query.ifRevision)
      return reply(changed, (site) => ok(shown(site)))
    },
  }),
  agentRoute({
    method: 'post',
    path: '/api/v1/sites/:id/why-keys',
    summary:
      'A key with which pages of this site can ask for half an hour why its proactive messages are shown or not.',
    access: 'settings:write',
    params: one,
    async answer({ params, call: { domain } }) {
      const site = domain.sites.byId(params.id)
      return site ? created(domain.whyKeys.issue(site.id)) : failure('not_found', 'There is no such site.')
    },
  }),
  agentRoute({
    method: 'post',
    path: '/api/v1/sites/:id/own-keys',
    summary:
      'What to put into the address of a page of this site so that the browser that opens it first, within half an hour, is not counted from then on (`own`), or is again (`guest`).',
    access: 'session',
    params: one,
    body: v.strictObject({ as: v.optional(v.picklist(['own', 'guest']), 'own') }),
    async answer({ params, body, call: { domain }, agent }) {
      const site = domain.sites.byId(params.id)
      if (!site) return failure('not_found', 'There is no such site.')
      return reply(domain.ownKeys.issueTo(agent, site.id, body.as), created)
    },
  }),
  agentRoute({
    method: 'delete',
    path: '/api/v1/sites/:id',
    summary: 'Removes a site and its rules. The last site stays, and so does one with conversations.',
    access: 'settings:write',
    params: one,
    answer: async ({ params, call }) => reply(await call.domain.sites.remove(params.id), done),
  }),
]
