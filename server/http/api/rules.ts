import * as v from 'valibot'
import { type AgentId, RuleId, SiteId } from '../../../shared/ids.ts'
import { limits } from '../../../shared/limits.ts'
import { failure } from '../../../shared/result.ts'
import { fitting } from '../../../shared/text/bytes.ts'
import { type Rule, RuleDraft } from '../../../shared/triggers/rule.ts'
import type { UnreadableRule } from '../../../shared/triggers/stored.ts'
import type { Domain, Rules } from '../../domain/domain.ts'
import { cursor, limit, readSite, siteName } from '../fields.ts'
import { agentRoute, created, done, ok, reply } from '../route.ts'
import { ifRevision } from './revisions.ts'

const one = { id: RuleId }
const versionNumber = v.pipe(v.string(), v.regex(/^\d{1,9}$/), v.transform(Number))
const missing = () => failure('not_found', 'There is no such rule.')

export const ruleRoutes = [
  agentRoute({
    method: 'get',
    path: '/api/v1/rules',
    summary:
      'Proactive messages, and when they are shown, a page at a time; with the first, those that cannot be read.',
    access: 'session',
    query: { site: siteName, cursor, limit: limit(500, 500) },
    answer: async ({ query, call }) =>
      reply(readSite(call.domain, query.site), (site) => ok(pageOf(call.domain.rules, site, query))),
  }),
  agentRoute({
    method: 'post',
    path: '/api/v1/rules',
    summary: 'Adds a proactive message.',
    access: 'settings:write',
    body: RuleDraft,
    answer: async ({ body, agent, call: { domain } }) =>
      reply(await domain.rules.create(body, { by: agent.id }), (rule) => created(shown(domain.rules, rule))),
  }),
  agentRoute({
    method: 'put',
    path: '/api/v1/rules/order',
    summary: 'Sets who speaks first when several fit: all messages of a site, the first one first.',
    access: 'settings:write',
    body: v.strictObject({
      siteId: SiteId,
      ids: v.pipe(v.array(RuleId), v.maxLength(limits.rulesPerSite)),
    }),
    answer: async ({ body, call }) => reply(await call.domain.rules.order(body.siteId, body.ids), done),
  }),
  agentRoute({
    method: 'get',
    path: '/api/v1/rules/removed',
    summary: 'Messages that were removed and can be brought back, the latest first.',
    access: 'session',
    query: { site: siteName },
    answer: async ({ query, call: { domain } }) =>
      reply(readSite(domain, query.site), (site) =>
        ok({
          items: fitting(
            domain.rules.removed(site).map((rule) => ({ ...rule, by: nameOf(domain, rule.by) })),
          ),
          nextCursor: null,
        }),
      ),
  }),
  agentRoute({
    method: 'get',
    path: '/api/v1/rules/:id',
    summary: 'One proactive message.',
    access: 'session',
    params: one,
    async answer({ params, call: { domain } }) {
      const rule = domain.rules.byId(params.id)
      return rule ? ok(shown(domain.rules, rule)) : missing()
    },
  }),
  agentRoute({
    method: 'get',
    path: '/api/v1/rules/:id/raw',
    summary: 'A message as it stands in the settings, so that one that cannot be read can be mended.',
    access: 'settings:write',
    params: one,
    async answer({ params, call }) {
      const raw = call.domain.rules.raw(params.id)
      return raw ? ok({ text: JSON.stringify(raw, null, 2) }) : missing()
    },
  }),
  agentRoute({
    method: 'put',
    path: '/api/v1/rules/:id',
    summary: 'Replaces a proactive message.',
    access: 'settings:write',
    params: one,
    query: { ifRevision },
    body: RuleDraft,
    answer: async ({ params, query, body, agent, call: { domain } }) =>
      reply(await domain.rules.change(params.id, body, { by: agent.id, ...query }), (rule) =>
        ok(shown(domain.rules, rule)),
      ),
  }),
  agentRoute({
    method: 'delete',
    path: '/api/v1/rules/:id',
    summary: 'Removes a proactive message. It can be brought back.',
    access: 'settings:write',
    params: one,
    query: { ifRevision },
    answer: async ({ params, query, agent, call }) =>
      reply(await call.domain.rules.remove(params.id, { by: agent.id, ...query }), done),
  }),
  agentRoute({
    method: 'get',
    path: '/api/v1/rules/:id/versions',
    summary: 'What a message was before, the latest first; `rule` is null where it was removed.',
    access: 'session',
    params: one,
    answer: async ({ params, call: { domain } }) => {
      const items = domain.rules.versions(params.id)
      return ok({
        items: fitting(items.map((version) => ({ ...version, by: nameOf(domain, version.by) }))),
        nextCursor: null,
      })
    },
  }),
  agentRoute({
    method: 'post',
    path: '/api/v1/rules/:id/versions/:version/restore',
    summary: 'Puts an earlier version in force, also of a message that was removed.',
    access: 'settings:write',
    params: { ...one, version: versionNumber },
    query: { ifRevision },
    answer: async ({ params, query, agent, call: { domain } }) =>
      reply(await domain.rules.restore(params.id, params.version, { by: agent.id, ...query }), (rule) =>
        ok(shown(domain.rules, rule)),
      ),
  }),
]

const shown = (rules: Rules, rule: Rule) => ({ ...rule, revision: rules.revisionOf(rule) })

const nameOf = ({ agents }: Domain, id: AgentId | null): string | null =>
  agents.list().find((agent) => agent.id === id)?.name ?? null

interface PageAsked {
  cursor?: string | undefined
  limit: number
}

/** Ids sort by age, so a page goes on from the last one, whatever was added or removed since. */
function pageOf(rules: Rules, site: SiteId | undefined, { cursor: after, limit: most }: PageAsked) {
  const rest = rules
    .list(site)
    .filter(({ id }) => after === undefined || id > after)
    .sort((a, b) => (a.id < b.id ? -1 : 1))
  const unreadable =
    after === undefined ? fitting(rules.unreadable(site).map(inBrief), roomForUnreadable) : []
  const items = fitting(
    rest.slice(0, most).map((rule) => shown(rules, rule)),
    roomForRules,
  )
  return { items, nextCursor: rest.length > items.length ? (items.at(-1)?.id ?? null) : null, unreadable }
}

const roomForUnreadable = limits.answerBytes / 4
const roomForRules = limits.answerBytes - roomForUnreadable

const faultsTold = 20
const characterOfMessage = 200

/** A rule may have as many faults as it has fields, and each message may repeat what stood there. */
const inBrief = ({ faults, ...rule }: UnreadableRule): UnreadableRule => ({
  ...rule,
  faults: faults
    .slice(0, faultsTold)
    .map((fault) => ({ ...fault, message: fault.message.slice(0, characterOfMessage) })),
})
