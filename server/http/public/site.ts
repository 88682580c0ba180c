import * as v from 'valibot'
import { SiteKey } from '../../../shared/ids.ts'
import { NearestLocale } from '../../../shared/locale.ts'
import { MessagesLeft } from '../../../shared/protocol.ts'
import { failure, type Result } from '../../../shared/result.ts'
import { PageViewReport } from '../../../shared/visitor.ts'
import { messagesPath } from '../../../shared/wire.ts'
import type { Site } from '../../../shared/workspace.ts'
import type { Caller } from '../../domain/domain.ts'
import { type Call, ok, publicRoute, type Reply } from '../route.ts'

const pageViewsPath = '/v1/page-views'
/** Their bodies are read as text. */
export const textPaths = [pageViewsPath, messagesPath]

/** What pages of customers ask. Their origin must be one of the site's; programs send none. */
export const siteRoutes = [
  publicRoute({
    method: 'get',
    path: '/v1/sites/:key',
    summary: 'What a site tells every browser.',
    params: { key: SiteKey },
    query: { locale: v.optional(NearestLocale) },
    async answer({ params, query, call }) {
      return forPageOf(call, call.domain.sites.byKey(params.key), 'not_found', async (site) =>
        ok(call.domain.sites.answer(site, query.locale ?? site.locale)),
      )
    },
  }),
  publicRoute({
    method: 'post',
    path: pageViewsPath,
    summary:
      'A page was shown or is being left. The body is JSON sent as text, so that no preflight is needed.',
    body: PageViewReport,
    async answer({ body, call }) {
      return toldBy(call, body.site, (caller) => call.domain.visits.report(body, caller))
    },
  }),
  publicRoute({
    method: 'post',
    path: messagesPath,
    summary:
      'A page that is being left says what its visitor has written and no socket has confirmed. Sent as text, so that no preflight is needed.',
    body: MessagesLeft,
    async answer({ body, call }) {
      return toldBy(call, body.site, (caller) => call.domain.parting.take(body, caller))
    },
  }),
]

/** What a page of the site tells, and what it is answered. */
function toldBy<Told extends object>(
  call: Call,
  site: SiteKey,
  take: (caller: Caller) => Promise<Result<Told>>,
) {
  return forPageOf(call, call.domain.sites.byKey(site), 'invalid', async ({ countAgents }) => {
    const { address, userAgent, language, country } = call
    const isAgent =
      !countAgents && call.token !== null && (await call.domain.sessions.authenticate(call.token)) !== null
    const taken = await take({ address, userAgent, language, country, isAgent })
    return taken.ok ? ok(taken.value) : taken
  })
}

async function forPageOf(
  call: Call,
  site: Site | null,
  missing: 'not_found' | 'invalid',
  answer: (site: Site) => Promise<Result<Reply>>,
): Promise<Result<Reply>> {
  if (!site) return failure(missing, 'There is no such site.', missing === 'invalid' ? { path: 'site' } : {})
  if (call.origin !== null && !call.fromOwnPage && !call.domain.sites.allowsOrigin(call.origin, site))
    return failure('forbidden', 'Pages of this origin may not load this site’s chat.')
  const answered = await answer(site)
  return answered.ok ? { ok: true, value: readableBy(call.origin, answered.value) } : answered
}

const readableBy = (origin: string | null, reply: Reply): Reply => ({
  ...reply,
  headers: {
    ...reply.headers,
    Vary: 'Origin',
    'Cross-Origin-Resource-Policy': 'cross-origin',
    ...(origin === null ? {} : { 'Access-Control-Allow-Origin': origin }),
  },
})
