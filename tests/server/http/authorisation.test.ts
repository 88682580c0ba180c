import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Access, Route } from '../../../server/http/route.ts'
import { routeTable } from '../../../server/http/table.ts'
import { may, type Role } from '../../../shared/agent.ts'
import { makeId } from '../../../shared/ids.ts'
import { validBodies } from '../../protocol/valid.ts'
import { type Client, clientOf } from '../../support/client.ts'
import { openWorld, type World } from '../../support/world.ts'

let world: World
const clients = new Map<Role, Client>()
const roles: Role[] = ['owner', 'admin', 'agent', 'viewer']

beforeAll(async () => {
  world = await openWorld()
  clients.set('owner', await world.signIn())
  for (const role of roles.slice(1)) clients.set(role, await world.signInAs(role))
})
afterAll(() => world.close())

const id = (letter: 'c' | 'v' | 's' | 'a' | 'r') => makeId(letter, 1, new Uint8Array(10))
const jobId = `${id('c')}.1.1.test:told`
const clientId = '00000000-0000-4000-8000-000000000000'

const idOf = (path: string): string | undefined =>
  path.includes('/jobs/') ? jobId : path.includes('/follow-ups/') ? `${id('c')}.1` : undefined

const letters = { conversations: 'c', visitors: 'v', sites: 's', agents: 'a', rules: 'r' } as const

/** Each has figures of its own. */
const figures: Record<string, string> = {
  '/api/v1/reports/follow-ups': 'opened',
  '/api/v1/reports/proactive/visitors': 'shown',
}

function request(client: Client, route: Route) {
  const noun = Object.keys(letters).find((one) => route.path.includes(`/${one}/`))
  const letter = Object.entries(letters).find(([one]) => one === noun)?.[1] ?? 'c'
  const needed = {
    ...('clientId' in route.query && { conversation: id('c'), clientId }),
    ...('figure' in route.query && { figure: figures[route.path] ?? 'wait' }),
    ...('rule' in route.query && { rule: id('r') }),
  }
  const query = `?${new URLSearchParams(needed)}`
  const path = route.path.replace(':id', idOf(route.path) ?? id(letter)).replace(':version', '1') + query
  return client.send(route.method.toUpperCase(), path, validBodies[`${route.method} ${route.path}`])
}

const guarded = routeTable.filter((route) => route.access !== 'public')
const allowed = (role: Role, access: Access): boolean =>
  access === 'public' || access === 'session' || may(role, access)

describe.each(guarded.map((route) => [`${route.method} ${route.path}`, route] as const))('%s', (_, route) => {
  it('answers nobody who is not signed in', async () => {
    const answer = await request(clientOf(world.url), route)
    expect(answer.status).toBe(401)
  })

  it.each(roles)('lets %s do what the role allows, and no more', async (role) => {
    const client = clients.get(role) ?? clientOf(world.url)
    const { status } = await request(client, route)
    if (allowed(role, route.access)) expect([200, 201, 204, 400, 404, 409, 503]).toContain(status)
    else expect(status).toBe(403)
  })
})

describe('accounts', () => {
  it('lets only an owner make owners, or touch one', async () => {
    const admin = clients.get('admin') ?? clientOf(world.url)
    const person = { email: 'new@example.com', name: 'New', password: 'long enough for it' }
    expect((await admin.send('POST', '/api/v1/agents', { ...person, role: 'owner' })).status).toBe(403)
    const boss = world.app.domain.agents.list().find(({ role }) => role === 'owner')
    expect((await admin.send('PATCH', `/api/v1/agents/${boss?.id}`, { active: false })).status).toBe(403)
    expect((await admin.send('DELETE', `/api/v1/agents/${boss?.id}`)).status).toBe(403)
  })

  it('keeps the last owner', async () => {
    const owner = clients.get('owner') ?? clientOf(world.url)
    const boss = world.app.domain.agents.list().find(({ role }) => role === 'owner')
    expect((await owner.send('PATCH', `/api/v1/agents/${boss?.id}`, { role: 'agent' })).status).toBe(409)
  })

  it('never shows a password’s hash', async () => {
    const list = await (clients.get('owner') ?? clientOf(world.url)).get('/api/v1/agents')
    expect(list.text).toContain('sara@example.com')
    expect(list.text).not.toContain('scrypt')
  })
})
