import * as v from 'valibot'
import { Credentials, Password } from '../../../shared/agent.ts'
import { limits } from '../../../shared/limits.ts'
import type { Result } from '../../../shared/result.ts'
import { email, line } from '../../../shared/text/fields.ts'
import { agentRoute, created, done, ok, publicRoute, type Reply } from '../route.ts'

const opened = (result: Result<{ token: string; agent: object }>): Result<Reply> => {
  if (!result.ok) return result
  const answer = created({ agent: result.value.agent })
  return answer.ok ? { ok: true, value: { ...answer.value, session: result.value.token } } : answer
}

const Setup = v.strictObject({
  secret: v.pipe(v.string(), v.maxLength(100)),
  email,
  name: line(limits.nameCharacters),
  password: Password,
})

export const sessionRoutes = [
  publicRoute({
    method: 'post',
    path: '/api/v1/session',
    summary: 'Signs in and keeps the session in a cookie.',
    body: Credentials,
    answer: async ({ body, call }) => opened(await call.domain.sessions.signIn(body, call.address)),
  }),
  agentRoute({
    method: 'get',
    path: '/api/v1/session',
    summary: 'Who is signed in.',
    access: 'session',
    answer: async ({ agent }) => ok({ agent }),
  }),
  publicRoute({
    method: 'delete',
    path: '/api/v1/session',
    summary: 'Signs out. Without a session it changes nothing.',
    async answer({ call }) {
      if (call.token !== null) await call.domain.sessions.signOut(call.token)
      const answer = done()
      return answer.ok ? { ok: true, value: { ...answer.value, session: null } } : answer
    },
  }),
  publicRoute({
    method: 'post',
    path: '/api/v1/setup',
    summary: 'Creates the owner, once, with the secret the server printed at its first start.',
    body: Setup,
    async answer({ body: { secret, ...owner }, call }) {
      return opened(await call.domain.sessions.setUp(secret, owner))
    },
  }),
]
