import * as v from 'valibot'
import { JobId, type JobRow, JobState } from '../../../shared/job.ts'
import { cursor, limit } from '../fields.ts'
import { agentRoute, done, ok, reply } from '../route.ts'

const one = { id: JobId }

const shown = ({ id, kind, conversationId, state, ...rest }: JobRow): object => {
  const { attempts, createdAt, dueAt, lastError } = rest
  return { id, kind, conversationId, state, attempts, createdAt, dueAt, lastError }
}

export const jobRoutes = [
  agentRoute({
    method: 'get',
    path: '/api/v1/jobs',
    summary:
      'What follows from entries and is not done yet, the oldest first, and how many there are of each state.',
    access: 'settings:write',
    query: { state: v.optional(JobState), cursor, limit: limit(200, 50) },
    async answer({ query: { state, cursor, limit }, call }) {
      const { jobs } = call.domain
      const query = { limit, ...(state ? { state } : {}), ...(cursor === undefined ? {} : { cursor }) }
      const [{ items, nextCursor }, counts] = await Promise.all([jobs.list(query), jobs.count()])
      return ok({ items: items.map(shown), nextCursor, counts })
    },
  }),
  agentRoute({
    method: 'post',
    path: '/api/v1/jobs/:id/retry',
    summary: 'Does it now, as if it had never been tried.',
    access: 'settings:write',
    params: one,
    answer: async ({ params, call }) => reply(await call.domain.jobs.retry(params.id), done),
  }),
  agentRoute({
    method: 'delete',
    path: '/api/v1/jobs/:id',
    summary: 'Gives it up for good.',
    access: 'settings:write',
    params: one,
    answer: async ({ params, call }) => reply(await call.domain.jobs.discard(params.id), done),
  }),
]
