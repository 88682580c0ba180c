import * as v from 'valibot'
import { isVisitId, VisitId, VisitorId } from '../../../shared/ids.ts'
import { limits } from '../../../shared/limits.ts'
import { failure } from '../../../shared/result.ts'
import { everybody, prepareQuery, RosterQuery } from '../../../shared/roster-query.ts'
import { fitting } from '../../../shared/text/bytes.ts'
import { line, text } from '../../../shared/text/fields.ts'
import type { RuleWhy } from '../../../shared/triggers/why.ts'
import type { LiveVisitor } from '../../../shared/visitor.ts'
import type { Domain } from '../../domain/domain.ts'
import { cursor, limit, readSite, siteName, wholeNumber } from '../fields.ts'
import { agentRoute, created, done, ok, reply } from '../route.ts'

/** Without order and grouping: a page goes on from the last one, whoever came or went since. */
const { site: _, order: __, grouped: ___, scoreAtLeast: ____, ...words } = RosterQuery.entries
const liveFilters = { ...words, scoreAtLeast: v.optional(wholeNumber) }

/** Somebody nobody remembers yet has only the visit they are in. */
const one = { id: v.union([VisitorId, VisitId]) }

const liveOf = (domain: Domain, id: VisitorId | VisitId) =>
  isVisitId(id) ? domain.visits.find(id) : domain.visits.ofVisitor(id)

export const visitorRoutes = [
  agentRoute({
    method: 'get',
    path: '/api/v1/visitors/live',
    summary:
      'Who is on the site now, the latest to come first, a page at a time; filtered as in the console.',
    access: 'conversations:read',
    query: { ...liveFilters, site: siteName, cursor, limit: limit(500, 200) },
    async answer({ query: { site, cursor, limit, ...filters }, call }) {
      return reply(readSite(call.domain, site), (siteId) => {
        const { fits, onPage } = prepareQuery({ ...filters, ...everybody })
        const { visits } = call.domain
        const found = visits.live(siteId).filter((one) => fits(visits.sought(one)) && onPage(one))
        return ok(pageOf(found, { cursor, limit }))
      })
    },
  }),
  agentRoute({
    method: 'post',
    path: '/api/v1/visitors/live/message',
    summary:
      'Writes to everybody on a page now, within what each may be told; answers how many it reached, and why not the others.',
    access: 'pages:write',
    body: v.strictObject({
      page: line(limits.globCharacters),
      text: text(limits.messageCharacters),
      site: siteName,
    }),
    async answer({ body: { page, text, site }, agent, call }) {
      const found = readSite(call.domain, site)
      if (!found.ok) return found
      const to = { page, siteId: found.value }
      return reply(await call.domain.proactive.writeToPage(to, text, agent), ok)
    },
  }),
  agentRoute({
    method: 'get',
    path: '/api/v1/visitors/live/:id/why',
    summary:
      'Each proactive message of the site: whether it would be shown to this visit now or why not, condition by condition, and when it was or was last asked for.',
    access: 'conversations:read',
    params: one,
    query: { cursor },
    async answer({ params: { id }, query, call }) {
      const live = liveOf(call.domain, id)
      const whys = live && call.domain.proactive.why(live.visitId)
      return whys ? ok(whysAfter(whys, query.cursor)) : missing()
    },
  }),
  agentRoute({
    method: 'get',
    path: '/api/v1/visitors/:id/why',
    summary:
      'Each proactive message of the site and a visitor, also one who has left. `basis` says whether it is told of now (`live`) or by the last moment that is recorded (`record`, `at`), with what was shown or held out and what came of it.',
    access: 'conversations:read',
    params: one,
    query: { cursor },
    async answer({ params: { id }, query, call }) {
      const { proactive, trials } = call.domain
      const there = liveOf(call.domain, id)
      const live = there && there.state !== 'gone' ? proactive.why(there.visitId) : null
      if (live) return ok({ basis: 'live', at: call.now, ...whysAfter(live, query.cursor) })
      const visitorId = isVisitId(id) ? there?.visitorId : id
      const record = visitorId ? await trials.onRecord(visitorId) : null
      return record
        ? ok({ basis: 'record', at: record.at, ...whysAfter(record.items, query.cursor) })
        : missing()
    },
  }),
  agentRoute({
    method: 'get',
    path: '/api/v1/visitors/:id',
    summary:
      'What is known of a visitor, where they are now, and the events of this visit. Takes a visitor’s or a visit’s id.',
    access: 'conversations:read',
    params: one,
    async answer({ params: { id }, call }) {
      const live = liveOf(call.domain, id)
      const visitorId = isVisitId(id) ? (live?.visitorId ?? null) : id
      const visitor = visitorId === null ? null : await call.domain.visitors.find(visitorId)
      const events = live ? call.domain.visits.events(live.visitId) : []
      const whole = live && call.domain.visits.whole(live.visitId)
      return visitor || live ? ok({ id, visitor, live: whole, events }) : missing()
    },
  }),
  agentRoute({
    method: 'get',
    path: '/api/v1/visitors/:id/page-views',
    summary: 'Pages the visitor looked at, newest first.',
    access: 'conversations:read',
    params: one,
    query: { limit: limit(200, limits.trailLength) },
    async answer({ params: { id }, query, call }) {
      const { visits } = call.domain
      const items = isVisitId(id)
        ? visits.trail(id).toReversed().slice(0, query.limit)
        : await visits.pageViews(id, query.limit)
      return ok({ items, nextCursor: null })
    },
  }),
  agentRoute({
    method: 'get',
    path: '/api/v1/visitors/:id/events',
    summary:
      'What pages said had happened: of a visitor, or in a visit that is not remembered. Newest first.',
    access: 'conversations:read',
    params: one,
    query: { limit: limit(200, 50) },
    async answer({ params: { id }, query, call }) {
      return ok({ items: await call.domain.visits.happened(id, query.limit), nextCursor: null })
    },
  }),
  agentRoute({
    method: 'get',
    path: '/api/v1/visitors/:id/export',
    summary: 'Everything that is held of a visitor, as one document: what an erasure would delete.',
    access: 'visitors:erase',
    params: one,
    async answer({ params: { id }, call }) {
      const held = await call.domain.visitors.held(id)
      if (!held) return missing()
      const name = `visitor-${held.visitorId}.json`
      const headers = { 'Content-Disposition': `attachment; filename="${name}"` }
      return { ok: true, value: { status: 200, json: held, headers } }
    },
  }),
  agentRoute({
    method: 'delete',
    path: '/api/v1/visitors/:id',
    summary: 'Erases a visitor: everything that is held of them, for good. Again, it changes nothing.',
    access: 'visitors:erase',
    params: one,
    answer: async ({ params: { id }, agent, call }) =>
      reply(await call.domain.visitors.erase(id, agent), done),
  }),
  agentRoute({
    method: 'post',
    path: '/api/v1/visitors/:id/invite',
    summary: 'Speaks to somebody who is on the site now.',
    access: 'conversations:write',
    params: one,
    body: v.strictObject({ text: text(limits.messageCharacters) }),
    async answer({ params: { id }, body, agent, call }) {
      const live = liveOf(call.domain, id)
      if (!live) return missing()
      return reply(await call.domain.proactive.invite(live.visitId, body.text, agent), created)
    },
  }),
]

/** Ids sort by age, so a page goes on from the last one, whoever came or went since. */
function pageOf(live: LiveVisitor[], { cursor, limit }: { cursor?: string | undefined; limit: number }) {
  const rest = live
    .filter(({ visitId }) => cursor === undefined || visitId < cursor)
    .sort((a, b) => (a.visitId < b.visitId ? 1 : -1))
  const items = fitting(rest.slice(0, limit))
  return { items, nextCursor: rest.length > items.length ? (items.at(-1)?.visitId ?? null) : null }
}

/** In order of rank: a page goes on behind the last rule of the one before. */
function whysAfter<Why extends RuleWhy>(whys: readonly Why[], cursor: string | undefined) {
  const rest = whys.slice(whys.findIndex(({ ruleId }) => ruleId === cursor) + 1)
  const items = fitting(rest)
  return { items, nextCursor: rest.length > items.length ? (items.at(-1)?.ruleId ?? null) : null }
}

const missing = () => failure('not_found', 'There is no such visitor.')
