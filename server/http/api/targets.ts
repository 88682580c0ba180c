import * as v from 'valibot'
import { Targets } from '../../../shared/targets.ts'
import { agentRoute, ok, reply } from '../route.ts'

export const targetRoutes = [
  agentRoute({
    method: 'get',
    path: '/api/v1/targets',
    summary: 'Within how much business time, in ms, teams mean to answer and to close.',
    access: 'session',
    answer: async ({ call }) => ok({ targets: call.domain.targets.list() }),
  }),
  agentRoute({
    method: 'put',
    path: '/api/v1/targets',
    summary: 'Replaces them. Reports tell of the past by the new ones as well.',
    access: 'settings:write',
    body: v.strictObject({ targets: Targets }),
    answer: async ({ body, call }) =>
      reply(await call.domain.targets.set(body.targets), (targets) => ok({ targets })),
  }),
]
