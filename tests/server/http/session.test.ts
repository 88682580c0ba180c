import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { times } from '../../../shared/limits.ts'
import { ask, clientOf, cookieOf } from '../../support/client.ts'
import { handClock } from '../../support/clock.ts'
import { openWorld, owner, type World } from '../../support/world.ts'

let world: World
const clock = handClock()

beforeAll(async () => {
  world = await openWorld({ clock })
})
afterAll(() => world.close())

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  ask(world.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })

describe('signing in', () => {
  it('opens a session in a cookie that scripts and neighbours cannot touch', async () => {
    const answer = await post('/api/v1/session', owner)
    expect(answer.status).toBe(201)
    expect(answer.json).toMatchObject({ agent: { email: owner.email, role: 'owner' } })
    const cookie = answer.headers.get('set-cookie') ?? ''
    for (const part of ['__Host-ahlan=', 'HttpOnly', 'Secure', 'SameSite=Strict', 'Path=/'])
      expect(cookie).toContain(part)
    const me = await clientOf(world.url, cookieOf(answer)).get('/api/v1/session')
    expect(me.json).toMatchObject({ agent: { email: owner.email } })
  })

  it('leaves the console a hint that opens nothing, and takes it back with the session', async () => {
    const [session = '', hint = ''] = (await post('/api/v1/session', owner)).headers.getSetCookie()
    expect(hint).toMatch(/^ahlan_signed_in=1; Path=\/console; SameSite=Strict; Max-Age=\d+/)
    expect(hint).not.toContain('HttpOnly')
    expect((await clientOf(world.url, hint.split(';')[0]).get('/api/v1/session')).status).toBe(401)
    const out = await clientOf(world.url, session.split(';')[0]).send('DELETE', '/api/v1/session')
    expect(out.headers.getSetCookie()[1]).toMatch(/^ahlan_signed_in=; .*Max-Age=0/)
  })

  it('W56 lets browsers in that keep no secure cookie of this machine over http, and out again', async () => {
    const set = (await post('/api/v1/session', owner)).headers.getSetCookie()
    const kept = set.filter((one) => !one.includes('Secure')).map((one) => one.split(';')[0])
    const safari = clientOf(world.url, kept.join('; '))
    expect((await safari.get('/api/v1/session')).json).toMatchObject({ agent: { email: owner.email } })
    expect(kept).toContain('ahlan_signed_in=1')
    const out = (await safari.send('DELETE', '/api/v1/session')).headers.getSetCookie()
    expect(out.filter((one) => one.includes('Max-Age=0'))).toHaveLength(set.length)
    expect((await safari.get('/api/v1/session')).status).toBe(401)
  })

  it('takes the e-mail in any case', async () => {
    expect((await post('/api/v1/session', { ...owner, email: 'SARA@Example.com' })).status).toBe(201)
  })

  it('P5 answers a wrong password and an unknown account alike', async () => {
    const wrong = await post('/api/v1/session', { ...owner, password: 'not the password' })
    const unknown = await post('/api/v1/session', { ...owner, email: 'nobody@example.com' })
    expect(wrong.status).toBe(401)
    expect(unknown.status).toBe(401)
    expect(unknown.json).toEqual(wrong.json)
  })

  it('P5 slows guessing down, says how long to wait, and lets the honest in again after it', async () => {
    const email = (await world.addAgent('agent', 'guessed@example.com')).email
    const guess = () => post('/api/v1/session', { email, password: 'a guess' })
    const answers = []
    for (let i = 0; i < 6; i++) answers.push(await guess())
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 429])
    expect(answers[5]?.json).toMatchObject({ error: { code: 'rate_limited', retryAfterMs: 30_000 } })
    expect(answers[5]?.headers.get('retry-after')).toBe('30')
    clock.advance(30_000)
    expect((await post('/api/v1/session', { email, password: owner.password })).status).toBe(201)
  })

  it('P5 slows many accounts from one address down', async () => {
    const statuses = []
    for (let i = 0; i < 40; i++)
      statuses.push((await post('/api/v1/session', { email: `n${i}@example.com`, password: 'x' })).status)
    expect(statuses.at(-1)).toBe(429)
    clock.advance(10 * 60_000)
  })
})

describe('sessions', () => {
  it('P4 keeps only a hash of the token on disk', async () => {
    const client = await world.signIn()
    const token = client.cookie.split('=')[1] ?? ''
    expect(token).toHaveLength(43)
    for (const name of await readdir(world.dataDir))
      expect((await readFile(join(world.dataDir, name))).includes(token), name).toBe(false)
  })

  it('are over after their time', async () => {
    const client = await world.signIn()
    clock.advance(times.agentSession - 1)
    expect((await client.get('/api/v1/session')).status).toBe(200)
    clock.advance(2)
    const over = await client.get('/api/v1/session')
    expect(over.status).toBe(401)
    expect(over.json).toMatchObject({ error: { code: 'unauthenticated' } })
  })

  it('end with the sign-out, and clear the cookie', async () => {
    const client = await world.signIn()
    const out = await client.send('DELETE', '/api/v1/session')
    expect(out.status).toBe(204)
    expect(out.headers.get('set-cookie')).toContain('Max-Age=0')
    expect((await client.get('/api/v1/session')).status).toBe(401)
  })

  it.each([
    ['password', { password: 'another password' }],
    ['role', { role: 'viewer' }],
    ['standing', { active: false }],
  ])('W12 end everywhere with a changed %s, and whoever listens is told', async (what, change) => {
    const agent = await world.addAgent('agent', `${what}@example.com`)
    const theirs = await world.signIn({ email: agent.email, password: owner.password })
    const ended: unknown[] = []
    const stop = world.app.domain.sessions.onEnded((one) => ended.push(one))
    const boss = await world.signIn()
    expect((await boss.send('PATCH', `/api/v1/agents/${agent.id}`, change)).status).toBe(200)
    stop()
    expect(ended).toEqual([{ agentId: agent.id }])
    expect((await theirs.get('/api/v1/session')).status).toBe(401)
  })
})

describe('where a request comes from', () => {
  const rule = { sec: { 'sec-fetch-site': 'cross-site' }, foreign: { origin: 'https://evil.example' } }

  it.each([
    ['a foreign origin', rule.foreign],
    ['no origin but another site by the browser’s word', rule.sec],
    ['a sandboxed page', { origin: 'null' }],
  ])('P6 refuses %s, even without a session', async (_, headers) => {
    const answer = await post('/api/v1/session', owner, headers)
    expect(answer.status).toBe(403)
    expect(answer.json).toMatchObject({ error: { code: 'forbidden' } })
  })

  it('P6 refuses a change with a cookie and nothing that names the page', async () => {
    const { cookie } = await world.signIn()
    expect((await post('/api/v1/sites', {}, { cookie })).status).toBe(400)
    const site = await world.app.domain.sites.list()[0]
    const { id, key, createdAt, ...draft } = site ?? {}
    expect((await post('/api/v1/sites', draft, { cookie })).status).toBe(403)
    expect((await post('/api/v1/sites', draft, { cookie, 'sec-fetch-site': 'same-origin' })).status).toBe(201)
    expect((await post('/api/v1/sites', draft, { cookie, origin: world.url })).status).toBe(201)
  })

  it('P6 takes both names of this machine for its own, and no stranger’s name that points here', async () => {
    const { port } = new URL(world.url)
    const localhost = `http://localhost:${port}`
    expect((await post('/api/v1/session', owner, { origin: world.app.url() })).status).toBe(201)
    const answer = await ask(`${localhost}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: `http://rebound.example:${port}` },
      body: JSON.stringify(owner),
    })
    expect(answer.status).toBe(403)
  })
})

describe('what is logged', () => {
  it('P7 holds no secret and nothing that people wrote', async () => {
    const client = await world.signIn()
    const secret = 'a very private sentence'
    await client.send('POST', '/api/v1/session', { email: owner.email, password: secret })
    await client.send('POST', '/api/v1/setup', { secret, email: owner.email, name: 'x', password: secret })
    const lines = world.log.join('')
    for (const word of [secret, owner.password, client.cookie.split('=')[1] ?? '?'])
      expect(lines).not.toContain(word)
  })
})
