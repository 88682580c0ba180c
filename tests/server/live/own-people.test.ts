import { afterAll, beforeAll, expect, it } from 'vitest'
import { ask, type Client, textAt } from '../../support/client.ts'
import { aPage, aToken } from '../../support/random.ts'
import { type VisitorOptions, visit } from '../../support/visitor.ts'
import { openWorld, type World } from '../../support/world.ts'

let world: World
let owner: Client
let site = { id: '', key: '' }
/** On the same host as the server, as browsers see it: they ask for no more to send the session along. */
const shop = 'http://127.0.0.1:8080'

beforeAll(async () => {
  world = await openWorld()
  owner = await world.signIn()
  const {
    id: _,
    key: __,
    createdAt: ___,
    countAgents,
    ...draft
  } = Object((await owner.get('/api/v1/sites')).json).items[0]
  expect(countAgents).toBe(true)
  const made = await owner.send('POST', '/api/v1/sites', { ...draft, origins: [shop] })
  site = { id: textAt(made, 'id'), key: textAt(made, 'key') }
  const rule = {
    version: 2,
    siteId: site.id,
    name: 'Greets',
    enabled: true,
    priority: 1,
    when: [],
    holdout: 0,
  }
  expect(
    (
      await owner.send('POST', '/api/v1/rules', {
        ...rule,
        say: { en: 'Hi' },
        limits: { needsSomebody: false },
      })
    ).status,
  ).toBe(201)
})
afterAll(() => world.close())

const comes = ({ cookie, ...options }: VisitorOptions & { cookie?: string } = {}) =>
  visit(world, {
    ...{ site: site.key, at: `${shop}/`, ...options },
    wire: { extraHeaders: { origin: shop, ...(cookie ? { cookie } : {}) } },
  })
const tells = (told: object, cookie?: string) =>
  ask(`${world.url}/v1/page-views`, {
    method: 'POST',
    headers: { origin: shop, ...(cookie ? { cookie } : {}) },
    body: JSON.stringify({ site: site.key, consent: 'essential', locale: 'en', ...told }),
  })
const live = async () => (await owner.get(`/api/v1/visitors/live?site=${site.id}`)).json
const shown = (title: string) => ({ view: { url: `${shop}/`, title, referrer: '' } })
const nobody = { items: [] }

it('V68 the socket of a browser in which an agent is signed in is left out, and its chat works', async () => {
  const own = await comes({ cookie: (await world.signInAs('viewer')).cookie, token: aToken() })
  expect(await live()).toMatchObject(nobody)
  expect(own.snapshot.rules).toEqual([])
  const { id } = (await own.says('Does it work?')).conversation
  expect((await owner.get(`/api/v1/conversations/${id}`)).status).toBe(200)
  expect(await own.wire.ask('rules:why', { seen: {} })).toMatchObject({ items: [{ because: 'leftOut' }] })
  own.wire.close()
})

it.each([
  ['no session', async () => undefined],
  [
    'a session that is over',
    async () => {
      const { cookie } = await world.signIn()
      await ask(`${world.url}/api/v1/session`, { method: 'DELETE', headers: { cookie, origin: world.url } })
      return cookie
    },
  ],
  ['one that was made up', async () => owner.cookie.replace(/=.*/, `=${'A'.repeat(43)}`)],
  [
    'that of an agent who was let go',
    async () => {
      const { id, email } = await world.addAgent('agent')
      const { cookie } = await world.signIn({ email, password: 'correct horse battery' })
      expect((await owner.send('PATCH', `/api/v1/agents/${id}`, { active: false })).status).toBe(200)
      return cookie
    },
  ],
])('V68 counts who comes with %s', async (_, cookie) => {
  const guest = await comes({ cookie: await cookie() })
  expect(await live()).toMatchObject({ items: [{ siteId: site.id }] })
  expect(guest.snapshot.rules).toMatchObject([{ id: expect.any(String) }])
  guest.wire.close()
})

it('V68 V69 a page view is left out with the session, and taken back when it comes later', async () => {
  const before = Object(await live()).items.length
  const [one, other] = [aPage(), aPage()]
  expect((await tells({ page: one, ...shown('one') }, owner.cookie)).status).toBe(200)
  expect((await tells({ page: other, ...shown('other') })).status).toBe(200)
  expect(Object(await live()).items).toHaveLength(before + 1)
  const own = await comes({ page: other, cookie: owner.cookie })
  expect(Object(await live()).items).toHaveLength(before)
  own.wire.close()
})

it('V69 a page without a socket is taken back as it is left', async () => {
  const before = Object(await live()).items.length
  const page = aPage()
  await tells({ page, ...shown('left') })
  expect(Object(await live()).items).toHaveLength(before + 1)
  expect((await tells({ page, leaving: true }, owner.cookie)).status).toBe(200)
  expect(Object(await live()).items).toHaveLength(before)
})

it('V69 a message that stands there is taken away with the visit', async () => {
  const page = aPage()
  const guest = await comes({ page })
  const { items } = Object((await owner.get('/api/v1/rules')).json)
  const asked = await guest.wire.ask('invite:ask', { ruleId: items[0].id, secondsOnPage: 1 })
  expect(asked).toMatchObject({ ok: true, because: 'shown' })
  expect((await comes({ page })).snapshot.invitation).not.toBeNull()
  guest.wire.close()
  const own = await comes({ page, cookie: owner.cookie })
  expect(own.snapshot.invitation).toBeNull()
  own.wire.close()
})

it('V70 a key from the console works from a page of any other site, for any agent', async () => {
  const viewer = await world.signIn({ email: 'viewer@example.com', password: 'correct horse battery' })
  const made = await viewer.send('POST', `/api/v1/sites/${site.id}/own-keys`, {})
  expect(made).toMatchObject({ status: 201, json: { endsAt: expect.stringContaining('T') } })
  const before = Object(await live()).items.length
  const own = await comes({ at: `${shop}/?${textAt(made, 'parameter')}` })
  expect(Object(await live()).items).toHaveLength(before)
  own.wire.close()
  const nowhere = await owner.send('POST', '/api/v1/sites/s_00000000000000000000000000/own-keys', {})
  expect(nowhere.status).toBe(404)
})

it('V68 the demo shop counts who tries it', async () => {
  const cookie = owner.cookie
  const guest = await visit(world, { wire: { extraHeaders: { cookie, origin: world.url } } })
  expect(Object((await owner.get('/api/v1/visitors/live')).json).items).not.toEqual([])
  guest.wire.close()
})
