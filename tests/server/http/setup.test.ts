import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { clientOf, cookieOf } from '../../support/client.ts'
import { openWorld, type World } from '../../support/world.ts'

let world: World
beforeEach(async () => {
  world = await openWorld({ firstOwner: null })
})
afterEach(() => world.close())

const person = { email: 'Sara@Example.com', name: 'Sara', password: 'long enough for it' }
const secretOf = (address: string | null) => address?.split('#/setup/')[1] ?? ''

describe('the first run', () => {
  it('has no account, and one address that creates the owner and signs them in', async () => {
    const secret = secretOf(world.app.setupAddress())
    const anyone = clientOf(world.url)
    const made = await anyone.send('POST', '/api/v1/setup', { ...person, secret })
    expect(made.status).toBe(201)
    expect(made.json).toMatchObject({ agent: { email: 'sara@example.com', role: 'owner' } })
    expect((await clientOf(world.url, cookieOf(made)).get('/api/v1/agents')).status).toBe(200)
    expect(world.app.setupAddress()).toBeNull()
  })

  it('opens that address once', async () => {
    const secret = secretOf(world.app.setupAddress())
    const anyone = clientOf(world.url)
    const both = await Promise.all([
      anyone.send('POST', '/api/v1/setup', { ...person, secret }),
      anyone.send('POST', '/api/v1/setup', { ...person, email: 'other@example.com', secret }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
    expect(world.app.domain.agents.list()).toHaveLength(1)
  })

  it('refuses a guessed secret and a short password', async () => {
    const anyone = clientOf(world.url)
    const guessed = await anyone.send('POST', '/api/v1/setup', { ...person, secret: 'guess' })
    expect(guessed.status).toBe(403)
    const secret = secretOf(world.app.setupAddress())
    const short = await anyone.send('POST', '/api/v1/setup', { ...person, secret, password: 'short' })
    expect(short.json).toMatchObject({ error: { code: 'invalid', path: 'password' } })
  })
})

it('makes the demo shop’s site, reachable from its own origin', () => {
  const { sites } = world.app.domain
  expect(sites.list().map(({ key }) => key)).toEqual(['demo'])
  expect(sites.allowsOrigin(world.app.url())).toBe(true)
  expect(sites.allowsOrigin('https://shop.example')).toBe(false)
})
