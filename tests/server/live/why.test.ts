import { afterAll, beforeAll, expect, it } from 'vitest'
import { isLoopback, isLoopbackPage } from '../../../server/domain/caller.ts'
import { createWhyKeys } from '../../../server/domain/proactive/why-keys.ts'
import { makeId } from '../../../shared/ids.ts'
import { limits } from '../../../shared/limits.ts'
import { type Client, textAt } from '../../support/client.ts'
import { handClock } from '../../support/clock.ts'
import { pageAt, siteOf, type VisitorOptions, visit } from '../../support/visitor.ts'
import { openWorld, type World } from '../../support/world.ts'

let world: World
let owner: Client
let ruleId = ''
const shop = 'https://shop.example'

beforeAll(async () => {
  world = await openWorld()
  owner = await world.signIn()
  const { id, key: _key, createdAt: _createdAt, ...draft } = siteOf(world)
  await owner.send('PUT', `/api/v1/sites/${id}`, { ...draft, origins: [...draft.origins, shop] })
  const rule = { version: 2, siteId: id, name: 'Half way', enabled: true, priority: 1, say: { en: 'Hello' } }
  const made = await owner.send('POST', '/api/v1/rules', { ...rule, when: [{ kind: 'scroll', atLeast: 50 }] })
  ruleId = textAt(made, 'id')
})
afterAll(() => world.close())

async function asks(more: { key?: string; seen?: object }, options: VisitorOptions) {
  const { wire } = await visit(world, options)
  return wire.ask('rules:why', { seen: {}, ...more })
}
const there = { origin: shop, at: `${shop}/vases` }
const keyOf = async () => {
  const made = await owner.send('POST', `/api/v1/sites/${siteOf(world).id}/why-keys`)
  expect(made.status).toBe(201)
  return textAt(made, 'key')
}

it('T33 a visitor’s page is not told what rules ask for', async () => {
  expect(await asks({}, there)).toMatchObject({ ok: false, error: { code: 'forbidden' } })
  expect(await asks({ key: 'guessed' }, there)).toMatchObject({ ok: false, error: { code: 'forbidden' } })
  const relayed = { extraHeaders: { origin: world.url, 'x-forwarded-for': '203.0.113.9' } }
  expect(await asks({}, { wire: relayed })).toMatchObject({ ok: false, error: { code: 'forbidden' } })
})

it('T33 with a key from the console a page is told of each rule why, and what it sees itself counts', async () => {
  const key = await keyOf()
  const why = { ruleId, name: 'Half way', because: 'conditions' }
  expect(await asks({ key, seen: { scroll: 30 } }, there)).toMatchObject({
    ok: true,
    items: [{ ...why, findings: [{ kind: 'scroll', holds: false, seen: 30 }] }],
  })
  expect(await asks({ key, seen: { scroll: 80 } }, there)).toMatchObject({
    items: [{ because: 'nobodyOnline', findings: [{ holds: true }] }],
  })
})

it('T33 on the machine that the server runs on, a page needs no key', async () => {
  const answer = await asks({}, { origin: world.url, at: pageAt(world, `${world.url}/demo/`) })
  expect(answer).toMatchObject({ ok: true, items: [{ ruleId }] })
})

it('T33 T70 of many rules an answer holds no more than answers do, and the console goes on from there', async () => {
  const glob = `/${'x'.repeat(limits.globCharacters - 1)}`
  const when = Array.from({ length: limits.conditionsPerRule }, () => ({ kind: 'url' as const, glob }))
  const say = { en: 'Hello' }
  for (let priority = 2; priority < 32; priority++) {
    const rule = { siteId: siteOf(world).id, name: `Rule ${priority}`, enabled: true, priority, say, when }
    await world.app.domain.rules.create(rule)
  }
  const told = await asks({ key: await keyOf() }, there)
  expect(JSON.stringify(told).length).toBeLessThan(limits.answerBytes * 1.05)
  const [somebody] = world.app.domain.visits.live()
  const path = `/api/v1/visitors/live/${somebody?.visitId}/why`
  const seen: string[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const answer = await owner.get(path + (cursor && `?cursor=${cursor}`))
    expect(answer.text.length).toBeLessThan(limits.answerBytes * 1.05)
    const page: { items: { ruleId: string }[]; nextCursor: string | null } = Object(answer.json)
    seen.push(...page.items.map((one) => one.ruleId))
    cursor = page.nextCursor
  }
  const all = world.app.domain.rules.list(siteOf(world).id).map(({ id }) => id)
  expect(seen.toSorted()).toEqual(all.toSorted())
})

it('T33 only those who may change settings are given a key', async () => {
  const agent = await world.signInAs('agent')
  const refused = await agent.send('POST', `/api/v1/sites/${siteOf(world).id}/why-keys`)
  expect(refused.status).toBe(403)
})

it('T33 a key is of one site and of half an hour', () => {
  const clock = handClock()
  const bytes = (length: number) => new Uint8Array(length).fill(5)
  const keys = createWhyKeys({ clock, random: { bytes } })
  const [ours, others] = [makeId('s', 1, bytes(10)), makeId('s', 2, bytes(10))]
  const { key, until } = keys.issue(ours)
  expect(keys.holds(key, ours)).toBe(true)
  expect(keys.holds(key, others)).toBe(false)
  expect(keys.holds(key.replace(/^\w+/, 'zzzzzzzzz'), ours)).toBe(false)
  clock.advance(until - clock.now())
  expect(keys.holds(key, ours)).toBe(false)
})

it.each([
  ['http://localhost:5173', true],
  ['https://shop.localhost', true],
  ['http://127.0.0.1:8080', true],
  ['http://[::1]:3000', true],
  ['https://localhost.evil.example', false],
  ['https://127.0.0.1.evil.example', false],
  ['null', false],
])('T33 %s is a page of this machine: %s', (origin, is) => {
  expect(isLoopbackPage(origin)).toBe(is)
})

it.each([
  ['127.0.0.1', true],
  ['::ffff:127.9.0.1', true],
  ['::1', true],
  ['203.0.113.9', false],
  ['127.0.0.1.evil', false],
])('T33 %s is this machine: %s', (address, is) => {
  expect(isLoopback(address)).toBe(is)
})
