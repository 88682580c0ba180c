import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask, type Client } from '../../support/client.ts'
import { openWorld, type World } from '../../support/world.ts'

let world: World
let sara: Client

beforeAll(async () => {
  world = await openWorld({ requestAllowance: { burst: 100_000, refillMs: 1 } })
  sara = await world.signIn()
})
afterAll(() => world.close())

const raw = (path: string, body: string, headers: Record<string, string>) =>
  ask(world.url + path, { method: 'POST', body, headers: { origin: world.url, ...headers } })

const page = {
  site: 'demo',
  page: 'AAAAAAAAAAAAAAAAAAAAAA',
  consent: 'essential',
  locale: 'en',
  device: 'desktop',
  view: { url: 'https://shop.example/', title: '', referrer: '' },
}
const beacon = (body: unknown, headers: Record<string, string> = {}) =>
  raw('/v1/page-views', typeof body === 'string' ? body : JSON.stringify(body), {
    'content-type': 'text/plain;charset=UTF-8',
    ...headers,
  })

describe('a body', () => {
  it('W1 that is not JSON is refused', async () => {
    const answer = await raw('/api/v1/session', '{"email":', { 'content-type': 'application/json' })
    expect(answer.status).toBe(400)
    expect(answer.json).toMatchObject({ error: { code: 'invalid' } })
    expect((await beacon('{"site"')).json).toMatchObject({ error: { code: 'invalid' } })
  })

  it('W1 over the limit is refused without being read to the end', async () => {
    const big = JSON.stringify({ email: 'x'.repeat(70_000), password: '' })
    const answer = await raw('/api/v1/session', big, { 'content-type': 'application/json' })
    expect(answer.status).toBe(413)
    expect(answer.json).toMatchObject({ error: { code: 'too_large' } })
    expect((await beacon(big)).status).toBe(413)
  })

  it('W1 sent as a form of another page is not taken for JSON', async () => {
    const answer = await raw('/api/v1/session', '{}', { 'content-type': 'text/plain' })
    expect(answer.status).toBe(400)
  })

  it('W1 with an unknown field is refused, with the path of the field', async () => {
    const answer = await sara.send('POST', '/api/v1/session', { email: 'a@b.co', password: 'x', admin: true })
    expect(answer.json).toMatchObject({ error: { code: 'invalid', path: 'admin' } })
    const deep = await beacon({ ...page, view: { ...page.view, cookie: '1' } })
    expect(deep.json).toMatchObject({ error: { code: 'invalid', path: 'view.cookie' } })
  })

  it('W1 with a wrong type deep inside names where', async () => {
    const [site] = world.app.domain.sites.list()
    const when = [
      { kind: 'url', glob: '/x' },
      { kind: 'pageViews', atLeast: 'three' },
    ]
    const rule = { siteId: site?.id, name: 'R', enabled: true, priority: 1, when, say: { en: 'Hi' } }
    const answer = await sara.send('POST', '/api/v1/rules', rule)
    expect(answer.json).toMatchObject({ error: { code: 'invalid', path: 'when.1.atLeast' } })
    expect(world.app.domain.rules.list()).toEqual([])
  })
})

describe('an address', () => {
  it('W1 with an unknown query field is refused, with its path', async () => {
    const answer = await sara.get('/api/v1/conversations?statsu=open')
    expect(answer.json).toMatchObject({ error: { code: 'invalid', path: 'query.statsu' } })
  })

  it.each([
    ['limit=0', 'query.limit'],
    ['limit=-1', 'query.limit'],
    ['limit=1e9', 'query.limit'],
    ['status=half', 'query.status'],
    ['status=open&status=closed', 'query.status'],
    ['site=nowhere', 'query.site'],
    ['assignee=someone', 'query.assignee'],
  ])('W1 refuses ?%s', async (query, path) => {
    const answer = await sara.get(`/api/v1/conversations?${query}`)
    expect(answer.status).toBe(400)
    expect(answer.json).toMatchObject({ error: { path } })
  })

  it('W10 whose id has the wrong form answers as one that does not exist', async () => {
    const formless = await sara.get('/api/v1/rules/1;drop')
    expect(formless.status).toBe(404)
    expect((await sara.get('/api/v1/nothing')).json).toMatchObject({ error: { code: 'not_found' } })
    expect((await sara.get('/api/v1/rules/%E0%A4%A')).status).toBe(400)
  })

  it('cannot climb out of the built files', async () => {
    for (const path of ['/w/../../server/main.js', '/w/%2e%2e/%2e%2e/package.json', '/console/..%5c..%5cx'])
      expect(await rawStatus(path)).toBeGreaterThanOrEqual(400)
  })
})

describe('a page of a customer', () => {
  it('is told what a site shows, in its language', async () => {
    const answer = await ask(`${world.url}/v1/sites/demo?locale=fa`, { headers: { origin: world.url } })
    expect(answer.headers.get('access-control-allow-origin')).toBe(world.url)
    expect(answer.headers.get('vary')).toContain('Origin')
    expect(answer.json).toMatchObject({ site: { key: 'demo', greeting: expect.stringContaining('خوش') } })
  })

  it('with an unknown site key is refused', async () => {
    expect((await ask(`${world.url}/v1/sites/unknown`)).status).toBe(404)
    const answer = await beacon({ ...page, site: 'unknown' })
    expect(answer.status).toBe(400)
    expect(answer.json).toMatchObject({ error: { code: 'invalid', path: 'site' } })
  })

  it('W8 of a foreign origin is refused, and cannot read why', async () => {
    const answer = await beacon(page, { origin: 'https://evil.example' })
    expect(answer.status).toBe(403)
    expect(answer.headers.get('access-control-allow-origin')).toBeNull()
    const site = await ask(`${world.url}/v1/sites/demo`, { headers: { origin: 'https://evil.example' } })
    expect(site.status).toBe(403)
  })
})

it('W11 limits what one network may ask, and leaves others alone', async () => {
  const small = await openWorld({ trustProxyHops: 1, requestAllowance: { burst: 3, refillMs: 60_000 } })
  const from = (address: string) =>
    ask(`${small.url}/v1/sites/demo`, { headers: { 'x-forwarded-for': address } })
  const statuses = []
  for (let i = 0; i < 4; i++) statuses.push((await from('2001:db8::1')).status)
  expect(statuses).toEqual([200, 200, 200, 429])
  expect((await from('2001:db8::2')).status).toBe(429)
  expect((await from('2001:db8:1::1')).status).toBe(200)
  await small.close()
})

it('W11 counts who makes sessions up before anybody looks for them', async () => {
  const small = await openWorld({ requestAllowance: { burst: 3, refillMs: 60_000 } })
  let lookUps = 0
  const { sessions } = small.app.domain
  const { authenticate } = sessions
  sessions.authenticate = (token) => {
    lookUps++
    return authenticate(token)
  }
  const statuses: number[] = []
  for (let i = 0; i < 5; i++) {
    const cookie = `__Host-ahlan=${`${i}`.repeat(43)}`
    statuses.push((await ask(`${small.url}/api/v1/conversations`, { headers: { cookie } })).status)
  }
  expect([statuses, lookUps]).toEqual([[401, 401, 401, 429, 429], 3])
  await small.close()
})

/** `fetch` tidies paths up before it sends them. */
function rawStatus(path: string): Promise<number> {
  const { port } = new URL(world.url)
  return new Promise((resolve, reject) => {
    const sent = request({ port, path, host: '127.0.0.1' }, (answer) => {
      answer.resume()
      resolve(answer.statusCode ?? 0)
    })
    sent.on('error', reject)
    sent.end()
  })
}
