import * as v from 'valibot'
import { may } from '../../../shared/agent.ts'
import { filesPath } from '../../../shared/file-paths.ts'
import { ClientId, FileId, SiteKey, type VisitorToken } from '../../../shared/ids.ts'
import { NearestLocale } from '../../../shared/locale.ts'
import { failure } from '../../../shared/result.ts'
import { type Call, created, publicRoute, reply } from '../route.ts'

/** What visitors upload from a page of the site, and what they and agents download. */
export const fileRoutes = [
  publicRoute({
    method: 'post',
    path: filesPath,
    summary:
      'A visitor’s file, to be named by a message after it. The body is the file (application/octet-stream), its name stands in X-File-Name, the visitor’s token in Authorization.',
    query: { site: SiteKey, clientId: ClientId, locale: v.optional(NearestLocale) },
    async answer({ query: { site: key, clientId, locale }, call }) {
      const { domain, bearer: token, incoming, address } = call
      const site = domain.sites.byKey(key)
      if (!site) return failure('invalid', 'There is no such site.', { path: 'query.site' })
      if (call.origin !== null && !call.fromOwnPage && !domain.sites.allowsOrigin(call.origin, site))
        return failure('forbidden', 'Pages of this origin may not load this site’s chat.')
      if (!token) return failure('unauthenticated', 'A visitor’s token is missing.')
      if (!incoming) return notAFile()
      const from = { site, token, clientId, address, locale: locale ?? site.locale }
      return reply(await domain.files.takeFromVisitor(from, incoming), created)
    },
  }),
  publicRoute({
    method: 'get',
    path: `${filesPath}/:id`,
    summary: 'A file, for agents who are signed in and for the visitor whose token stands in Authorization.',
    params: { id: FileId },
    async answer({ params: { id }, call }) {
      const reader = await readerOf(call)
      if (!reader) return failure('not_found', 'There is no such file.')
      const opened = await call.domain.files.open(id, reader)
      return reply(opened, ({ file: { name, type }, content }) => ({
        ok: true,
        value: { status: 200, file: { name, type, content } },
      }))
    },
  }),
]

export const notAFile = () =>
  failure('invalid', 'The body must be a file: application/octet-stream, with its length.', { path: 'body' })

async function readerOf({ domain, bearer, token }: Call): Promise<'agent' | VisitorToken | null> {
  if (bearer) return bearer
  const agent = token === null ? null : await domain.sessions.authenticate(token)
  return agent && may(agent.role, 'conversations:read') ? 'agent' : null
}
