import * as v from 'valibot'
import { failure } from '../../../shared/result.ts'
import { fitting } from '../../../shared/text/bytes.ts'
import { name } from '../../../shared/triggers/kinds/fields.ts'
import { LeadScore } from '../../../shared/triggers/score.ts'
import { SegmentDraft } from '../../../shared/triggers/stored-sorting.ts'
import { readSite, siteName } from '../fields.ts'
import { agentRoute, created, done, ok, reply } from '../route.ts'
import { pageById, pageFields } from './pages.ts'
import { ifRevision, shown } from './revisions.ts'

const one = { id: name }

/** A score is of one site; with a single site it need not be named. */
const scoreSite = { site: siteName }

const withoutScore = { halfLifeSeconds: 7 * 86_400, parts: [] }

export const sortingRoutes = [
  agentRoute({
    method: 'get',
    path: '/api/v1/segments',
    summary: 'Saved conditions, a page at a time; with the first, those in the settings that cannot be read.',
    access: 'session',
    query: { ...scoreSite, ...pageFields },
    async answer({ query, call }) {
      const site = readSite(call.domain, query.site)
      const { segments } = call.domain
      return reply(site, (id) => {
        const unreadable = query.cursor === undefined ? fitting(segments.unreadable(id)) : []
        const { items, nextCursor } = pageById(segments.list(id), query)
        return ok({ items: items.map((held) => shown(held)), nextCursor, unreadable })
      })
    },
  }),
  agentRoute({
    method: 'post',
    path: '/api/v1/segments',
    summary: 'Adds a segment. Conditions call it by the name it is given here, which is its id.',
    access: 'settings:write',
    body: SegmentDraft,
    answer: async ({ body, call }) =>
      reply(await call.domain.segments.create(body), (held) => created(shown(held))),
  }),
  agentRoute({
    method: 'get',
    path: '/api/v1/segments/:id',
    summary: 'One segment.',
    access: 'session',
    params: one,
    async answer({ params, call }) {
      const segment = call.domain.segments.byId(params.id)
      return segment ? ok(shown(segment)) : failure('not_found', 'There is no such segment.')
    },
  }),
  agentRoute({
    method: 'put',
    path: '/api/v1/segments/:id',
    summary: 'Replaces the name and the conditions of a segment; its id stays.',
    access: 'settings:write',
    params: one,
    query: { ifRevision },
    body: SegmentDraft,
    answer: async ({ params, query, body, call }) =>
      reply(await call.domain.segments.change(params.id, body, query.ifRevision), (held) => ok(shown(held))),
  }),
  agentRoute({
    method: 'delete',
    path: '/api/v1/segments/:id',
    summary: 'Removes a segment that nothing asks for; else refuses and names what does.',
    access: 'settings:write',
    params: one,
    answer: async ({ params, call }) => reply(await call.domain.segments.remove(params.id), done),
  }),
  agentRoute({
    method: 'get',
    path: '/api/v1/lead-score',
    summary: 'What the lead score of a site is made of; `faults` says why the settings cannot be read.',
    access: 'session',
    query: scoreSite,
    async answer({ query, call }) {
      const site = readSite(call.domain, query.site)
      if (!site.ok) return site
      const id = site.value ?? call.domain.sites.list()[0]?.id
      const read = id ? call.domain.leadScores.of(id) : { score: null, faults: [] }
      const told = shown(read.score ?? withoutScore, read.score ?? {})
      return ok({ ...told, ...(read.faults.length ? { faults: read.faults } : {}) })
    },
  }),
  agentRoute({
    method: 'put',
    path: '/api/v1/lead-score',
    summary: 'Replaces what the lead score of a site is made of. Without parts nobody is scored.',
    access: 'settings:write',
    query: { ...scoreSite, ifRevision },
    body: v.strictObject({ ...LeadScore.entries }),
    async answer({ query, body, call }) {
      const site = readSite(call.domain, query.site)
      if (!site.ok) return site
      const id = site.value ?? call.domain.sites.list()[0]?.id
      if (!id) return failure('not_found', 'There is no site.')
      const set = await call.domain.leadScores.set(id, body, query.ifRevision)
      return reply(set, (held) => ok(shown(held)))
    },
  }),
]
