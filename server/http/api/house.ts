import type * as v from 'valibot'
import { CalendarDraft, TeamDraft } from '../../../shared/house.ts'
import { failure } from '../../../shared/result.ts'
import { name } from '../../../shared/triggers/kinds/fields.ts'
import type { Domain } from '../../domain/domain.ts'
import type { NamedList } from '../../domain/sorting-domain.ts'
import { agentRoute, created, done, ok, reply } from '../route.ts'
import { pageById, pageFields } from './pages.ts'

interface Listed<Draft, Item extends { id: string }> {
  path: string
  what: string
  body: v.GenericSchema<unknown, Draft>
  list(domain: Domain): NamedList<Draft, Item>
}

export const houseRoutes = [
  ...routesOf({
    path: '/api/v1/teams',
    what: 'team: agents who answer for the same things',
    body: TeamDraft,
    list: ({ teams }) => teams,
  }),
  ...routesOf({
    path: '/api/v1/calendars',
    what: 'calendar: hours and holidays that rules go by',
    body: CalendarDraft,
    list: ({ calendars }) => calendars,
  }),
]

function routesOf<Draft, Item extends { id: string }>({ path, what, body, list }: Listed<Draft, Item>) {
  const one = { path: `${path}/:id`, params: { id: name } }
  return [
    agentRoute({
      ...{ method: 'get', path, access: 'session', query: pageFields },
      summary: `Every ${what}. A page at a time.`,
      answer: async ({ query, call }) => ok(pageById(list(call.domain).list(), query)),
    }),
    agentRoute({
      ...{ method: 'post', path, access: 'settings:write', body },
      summary: `Adds a ${what}. The name given here is its id.`,
      answer: async ({ body: draft, call }) => reply(await list(call.domain).create(draft), created),
    }),
    agentRoute({
      ...{ ...one, method: 'get', access: 'session' },
      summary: `One ${what}.`,
      async answer({ params, call }) {
        const item = list(call.domain).byId(params.id)
        return item ? ok(item) : failure('not_found', 'There is nothing of this name.')
      },
    }),
    agentRoute({
      ...{ ...one, method: 'put', access: 'settings:write', body },
      summary: `Replaces a ${what}; its id stays.`,
      answer: async ({ params, body: draft, call }) =>
        reply(await list(call.domain).change(params.id, draft), ok),
    }),
    agentRoute({
      ...{ ...one, method: 'delete', access: 'settings:write' },
      summary: `Removes a ${what}; refuses while a condition asks for it.`,
      answer: async ({ params, call }) => reply(await list(call.domain).remove(params.id), done),
    }),
  ]
}
