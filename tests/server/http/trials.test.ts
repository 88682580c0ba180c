import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeId } from '../../../shared/ids.ts'
import { ask, type Client, clientOf, textAt } from '../../support/client.ts'
import { aPage, aToken } from '../../support/random.ts'
import { openWorld, type World } from '../../support/world.ts'

let world: World
let sara: Client
beforeAll(async () => {
  world = await openWorld()
  sara = await world.signIn()
})
afterAll(() => world.close())

const site = () => world.app.domain.sites.list()[0]?.id
const rule = (when: object[] = []) => ({
  ...{ version: 2, siteId: site(), name: '', enabled: true, priority: 1, when, say: {} },
})
const nobody = { visitId: makeId('t', 1, new Uint8Array(10)), visitorId: makeId('v', 1, new Uint8Array(10)) }
const routes = [
  { path: '/rules/matching', more: {} },
  { path: '/rules/try', more: { visitId: nobody.visitId } },
  { path: '/rules/backtest', more: {} },
  { path: '/rules/backtest/visits', more: {} },
  { path: '/rules/backtest/steps', more: nobody },
]

interface Refused {
  path: string
  asked: { elsewhere?: string } & Record<string, unknown>
}

const send = (path: string, body: object, who = sara) => who.send('POST', `/api/v1${path}`, body)

describe('the routes that try a rule', () => {
  it.each(routes)('T73 $path is for whoever is signed in', async ({ path, more }) => {
    expect((await send(path, { rule: rule(), ...more }, clientOf(world.url))).status).toBe(401)
  })

  it.each(routes)('T12 $path names the condition that is wrong', async ({ path, more }) => {
    const when = [
      { kind: 'url', glob: '/a' },
      { kind: 'any', of: [{ kind: 'scroll', atLeast: 300 }] },
    ]
    const { status, json } = await send(path, { rule: rule(when), ...more })
    expect(status).toBe(400)
    expect(json).toMatchObject({ error: { code: 'invalid', path: 'rule.when.1.of.0.atLeast' } })
  })

  it('T72 counts who fits, and takes a rule that says nothing yet', async () => {
    const { status, json } = await send('/rules/matching', { rule: rule() })
    expect([status, json]).toEqual([200, { live: 0, matching: 0, undecided: 0 }])
  })

  it('T71 finds nobody who is not there', async () => {
    expect((await send('/rules/try', { rule: rule(), visitId: nobody.visitId })).status).toBe(404)
    expect((await send('/rules/backtest/steps', { rule: rule(), ...nobody })).status).toBe(404)
    expect((await sara.get(`/api/v1/visitors/live/${nobody.visitId}/why`)).status).toBe(404)
  })

  it('T73 answers what was asked for, with times as everywhere', async () => {
    const asked = { rule: rule(), from: '2026-03-01', to: '2026-03-08T12:00:00Z', timeZone: 'Asia/Tehran' }
    const { status, json } = await send('/rules/backtest', asked)
    expect(status).toBe(200)
    expect(json).toMatchObject({
      ...{ from: '2026-03-01T00:00:00.000Z', to: '2026-03-08T12:00:00.000Z', timeZone: 'Asia/Tehran' },
      ...{ views: 0, visits: 0, visitors: 0, reached: { visits: 0, visitors: 0 }, sample: [], lostTo: [] },
      filters: { site: site() },
    })
  })

  it('T81 tells of somebody who has left by the record, and says so', async () => {
    const siteId = world.app.domain.sites.list()[0]?.id ?? makeId('s', 1, new Uint8Array(10))
    const made = await sara.send('POST', '/api/v1/rules', {
      ...{ ...rule([{ kind: 'url', glob: '/shoes' }]), name: 'Shoes', say: { en: 'Hello' } },
    })
    const { id } = await world.history.visitors.ensure({
      ...{ siteId, tokenHash: 'a'.repeat(43), newId: nobody.visitorId, locale: 'en', at: Date.now() },
    })
    await world.history.visits.record([
      {
        ...{ siteId, visitorId: id, visitId: nobody.visitId, at: Date.now() - 60_000 },
        ...{ url: 'https://shop.example/hats', title: '', referrer: '' },
      },
    ])
    const { json } = await sara.get(`/api/v1/visitors/${id}/why`)
    expect(json).toMatchObject({
      ...{ basis: 'record', nextCursor: null },
      items: [{ ruleId: textAt(made, 'id'), because: 'conditions', record: { shown: 0, last: null } }],
    })
    expect(textAt(await sara.get(`/api/v1/visitors/${id}/why`), 'at')).toMatch(/^\d{4}-.*Z$/)
    const stranger = makeId('v', 2, new Uint8Array(10))
    expect((await sara.get(`/api/v1/visitors/${stranger}/why`)).status).toBe(404)
    await sara.send('DELETE', `/api/v1/rules/${textAt(made, 'id')}`)
  })

  it('T81 tells of somebody who is there as things stand now', async () => {
    const body = JSON.stringify({
      ...{
        site: 'demo',
        page: aPage(),
        token: aToken(),
        consent: 'granted',
        locale: 'en',
        device: 'desktop',
      },
      view: { url: 'https://shop.example/hats', title: '', referrer: '' },
    })
    await ask(`${world.url}/v1/page-views`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'text/plain' },
    })
    const visitId = textAt(await sara.get('/api/v1/visitors/live'), 'items', 0, 'visitId')
    const { json } = await sara.get(`/api/v1/visitors/${visitId}/why`)
    expect(json).toMatchObject({ basis: 'live', items: [], nextCursor: null })
  })

  it('T84 tells by what names pages have told, now and on record', async () => {
    const [one] = world.app.domain.sites.list()
    const live = world.app.domain.visits.everybody()[0]
    if (!one || !live) throw new Error('Nobody is there.')
    world.app.domain.visits.tracked(live, 'cart')
    await world.history.visits.tell({
      readings: [],
      events: [{ siteId: one.id, ...nobody, at: Date.now(), name: 'order', count: 1 }],
    })
    const { json } = await sara.get(`/api/v1/sites/${one.id}/told`)
    expect(json).toMatchObject({
      here: { events: ['cart'] },
      recorded: { events: expect.arrayContaining(['order']) },
    })
    const none = makeId('s', 2, new Uint8Array(10))
    expect((await sara.get(`/api/v1/sites/${none}/told`)).status).toBe(404)
  })

  it('T80 lists visits, and refuses a place that is in no list', async () => {
    const list = (more: object) => send('/rules/backtest/visits', { rule: rule(), ...more })
    expect((await list({ outcome: 'heldOut' })).json).toEqual({ items: [], nextCursor: null })
    for (const [path, more] of [
      ['cursor', { cursor: '1.2.3' }],
      ['outcome', { outcome: 'untouched' }],
      ['limit', { limit: 201 }],
    ] as const)
      expect((await list(more)).json).toMatchObject({ error: { code: 'invalid', path } })
  })

  it.each([
    { path: 'from', asked: { from: '2026-03-08', to: '2026-03-01' } },
    { path: 'from', asked: { from: '2020-03-08' } },
    { path: 'to', asked: { to: 'yesterday' } },
    { path: 'timeZone', asked: { timeZone: 'Mars/Phobos' } },
    { path: 'assume.agentsOnline', asked: { assume: { agentsOnline: -1 } } },
    { path: 'rule.siteId', asked: { elsewhere: makeId('s', 1, new Uint8Array(10)) } },
  ] satisfies Refused[])('T73 refuses $asked', async ({ path, asked: { elsewhere, ...asked } }) => {
    const tried = { ...rule(), ...(elsewhere ? { siteId: elsewhere } : {}) }
    const { status, json } = await send('/rules/backtest', { rule: tried, ...asked })
    expect(status).toBe(400)
    expect(json).toMatchObject({ error: { code: 'invalid', path } })
  })
})
