import * as v from 'valibot'
import { SiteKey } from '../../../shared/ids.ts'
import { NearestLocale } from '../../../shared/locale.ts'
import { failure, type Result } from '../../../shared/result.ts'
import { PageViewReport } from '../../../shared/visitor.ts'
import type { Site } from '../../../shared/workspace.ts'
import { type Call, ok, publicRoute, type Reply } from '../route.ts'

/** The path stands here alone: the page-view route reads its body as text. */
export const pageViewsPath = '/v1/page-views'

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
      return forPageOf(call, call.domain.sites.byKey(body.site), 'invalid', async () => {
        const { address, userAgent } = call
        const reported = await call.domain.visits.report(body, { address, userAgent })
        return reported.ok ? ok(reported.value) : reported
      })
    },
  }),
]

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
