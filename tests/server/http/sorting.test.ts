import * as v from 'valibot'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { limits } from '../../../shared/limits.ts'
import { success } from '../../../shared/result.ts'
import { jsonBytes } from '../../../shared/text/bytes.ts'
import { ask, type Client, textAt } from '../../support/client.ts'
import { aPage } from '../../support/random.ts'
import { siteOf } from '../../support/visitor.ts'
import { openWorld, type World } from '../../support/world.ts'

const anyRecord = v.record(v.string(), v.unknown())
let world: World
let sara: Client
let site = ''
beforeAll(async () => {
  world = await openWorld({ trustProxyHops: 1, countryHeader: 'CF-IPCountry' })
  sara = await world.signIn()
  site = textAt(await sara.get('/api/v1/sites'), 'items', 0, 'id')
})
afterAll(() => world.close())

async function comes(path: string, headers: Record<string, string> = {}) {
  const page = aPage()
  const body = JSON.stringify({
    ...{ site: 'demo', page, consent: 'essential', locale: 'en', device: 'desktop' },
    view: { url: `https://shop.example${path}`, title: '', referrer: '' },
  })
  const told = { 'content-type': 'text/plain', 'user-agent': page, ...headers }
  expect((await ask(`${world.url}/v1/page-views`, { method: 'POST', body, headers: told })).status).toBe(200)
}
const live = async (query: string) => (await sara.get(`/api/v1/visitors/live?${query}`)).json

describe('over REST', () => {
  it('V40 V43 segments and scores are set, and ask who is there', async () => {
    const when = [{ kind: 'url', glob: '/prices*' }]
    const segment = await sara.send('POST', '/api/v1/segments', { siteId: site, name: 'Buyers', when })
    expect(segment.status).toBe(201)
    const parts = [{ id: 'prices', name: 'saw the prices', points: 20, when }]
    await sara.send('PUT', `/api/v1/lead-score?site=${site}`, { halfLifeSeconds: 3_600, parts })
    expect((await sara.get('/api/v1/lead-score')).json).toMatchObject({ halfLifeSeconds: 3_600, parts })
    await comes('/prices')
    await comes('/')
    const found = {
      items: [{ segments: ['Buyers'], score: { points: 20, reasons: [{ name: 'saw the prices' }] } }],
    }
    expect(await live('segment=Buyers')).toMatchObject(found)
    expect(await live('scoreAtLeast=20')).toMatchObject(found)
    expect(await live('scoreAtLeast=21')).toMatchObject({ items: [] })
    expect(await live('page=/prices&device=desktop')).toMatchObject(found)
    expect((await sara.get('/api/v1/visitors/live?order=sideways')).status).toBe(400)
  })

  it('T126 a segment or a score that somebody else has changed meanwhile is not overwritten unseen', async () => {
    const made = await sara.send('POST', '/api/v1/segments', { siteId: site, name: 'Often', when: [] })
    const seen = textAt(made, 'revision')
    expect(textAt(await sara.get('/api/v1/segments/Often'), 'revision')).toBe(seen)
    const put = (name: string, of: string) =>
      sara.send('PUT', `/api/v1/segments/Often?ifRevision=${of}`, { siteId: site, name, when: [] })
    const first = await put('Very often', seen)
    expect(first.status).toBe(200)
    const late = await put('Now and then', seen)
    expect([late.status, textAt(late, 'error', 'path')]).toEqual([409, 'ifRevision'])
    expect(textAt(await sara.get('/api/v1/segments/Often'), 'name')).toBe('Very often')
    expect((await put('Now and then', textAt(first, 'revision'))).status).toBe(200)

    const of = textAt(await sara.get('/api/v1/lead-score'), 'revision')
    const score = (points: number, revision: string) =>
      sara.send('PUT', `/api/v1/lead-score?site=${site}&ifRevision=${revision}`, {
        halfLifeSeconds: 3_600,
        parts: [{ id: 'prices', name: 'saw the prices', points, when: [{ kind: 'url', glob: '/prices*' }] }],
      })
    const scored = await score(30, of)
    expect(scored.status).toBe(200)
    expect((await score(40, of)).status).toBe(409)
    expect(textAt(await sara.get('/api/v1/lead-score'), 'revision')).toBe(textAt(scored, 'revision'))
  })

  it('T22 teams and calendars are kept, and refused with the place of the fault', async () => {
    const wrong = await sara.send('POST', '/api/v1/calendars', {
      name: 'Office',
      timeZone: 'Mars',
      weekly: [],
    })
    expect([wrong.status, textAt(wrong, 'error', 'path')]).toEqual([400, 'timeZone'])
    const right = { name: 'Office', timeZone: 'Asia/Tehran', weekly: [] }
    expect((await sara.send('POST', '/api/v1/calendars', right)).status).toBe(201)
    expect((await sara.get('/api/v1/calendars/Office')).json).toEqual({ ...right, id: 'Office' })
    const nobody = { name: 'Sales', agents: ['a_00000000000000000000000000'] }
    const refused = await sara.send('POST', '/api/v1/teams', nobody)
    expect([refused.status, textAt(refused, 'error', 'path')]).toEqual([400, 'agents.0'])
    expect((await sara.send('DELETE', '/api/v1/calendars/Office')).status).toBe(204)
  })

  it('T94 segments, teams and calendars are told a page at a time, bounded in bytes, each once', async () => {
    const many = Array.from({ length: 100 }, (_, n) => `${'سپید'.repeat(12)} ${n}`)
    const glob = '*'.repeat(limits.globCharacters)
    const when = Array.from({ length: limits.conditionsPerRule }, () => ({ kind: 'url', glob }))
    const put = (names: string[]) =>
      world.workspace.change((document) => {
        document.segments = names.map((name) => ({ id: name, siteId: siteOf(world).id, name, when }))
        document.teams = names.map((name) => ({ id: name, name, agents: [] }))
        document.calendars = names.map((name) => ({ id: name, name, timeZone: 'UTC', weekly: [] }))
        return success(undefined)
      })
    await put(many)
    for (const noun of ['segments', 'teams', 'calendars']) {
      const found: string[] = []
      for (let cursor: string | null = ''; cursor !== null; ) {
        const query = cursor && `&cursor=${encodeURIComponent(cursor)}`
        const page = await sara.get(`/api/v1/${noun}?limit=70${query}`)
        expect(jsonBytes(page.json)).toBeLessThan(limits.answerBytes + 1_000)
        const { items, nextCursor }: { items: { id: string }[]; nextCursor: string | null } = Object(
          page.json,
        )
        found.push(...items.map(({ id }) => id))
        cursor = nextCursor
      }
      expect([...found].sort()).toEqual([...many].sort())
    }
    await put([])
  })

  it('K9 K10 V65 a calendar that a team or a site works by is there, and stays', async () => {
    const weekly = [{ days: [6, 7], from: '09:00', to: '17:00' }]
    const days = { name: 'Days', timeZone: 'Asia/Tehran', weekly, weekStart: 6 }
    const holiday = { on: 'jalali', name: 'Nowruz', month: 7, day: 31 }
    const wrong = await sara.send('POST', '/api/v1/calendars', { ...days, holidays: [holiday] })
    expect([wrong.status, textAt(wrong, 'error', 'path')]).toEqual([400, 'holidays.0.day'])
    const team = { name: 'Day team', agents: [], calendar: 'Days' }
    const early = await sara.send('POST', '/api/v1/teams', team)
    expect([early.status, textAt(early, 'error', 'path')]).toEqual([400, 'calendar'])

    await sara.send('POST', '/api/v1/calendars', { ...days, holidays: [{ ...holiday, month: 1 }] })
    expect((await sara.send('POST', '/api/v1/teams', team)).status).toBe(201)
    const held = (await sara.get(`/api/v1/sites/${site}`)).json
    const { id: _id, key: _key, createdAt: _at, ...draft } = v.parse(anyRecord, held)
    const put = (more: object) => sara.send('PUT', `/api/v1/sites/${site}`, { ...draft, ...more })
    expect(textAt(await put({ calendar: 'Nights' }), 'error', 'path')).toBe('calendar')
    expect((await put({ calendar: 'Days' })).json).toMatchObject({ calendar: 'Days' })
    const kept = await sara.send('DELETE', '/api/v1/calendars/Days')
    expect(kept.json).toMatchObject({
      error: { refusal: { is: 'inUse', by: [{ what: 'team' }, { what: 'site' }] } },
    })
    expect([kept.status, textAt(kept, 'error', 'message')]).toEqual([
      409,
      expect.stringMatching(/“Day team”, the site/),
    ])
    expect((await put({})).json).not.toHaveProperty('calendar')
    expect((await sara.send('DELETE', '/api/v1/teams/Day team')).status).toBe(204)
    expect((await sara.send('DELETE', '/api/v1/calendars/Days')).status).toBe(204)
  })

  it('V42 the country is what the proxy says, where one is trusted', async () => {
    await comes('/from-afar', { 'cf-ipcountry': 'ir', 'x-forwarded-for': '192.0.2.1' })
    await comes('/from-nowhere', { 'cf-ipcountry': 'XX', 'x-forwarded-for': '192.0.2.1' })
    expect(await live('page=/from-afar')).toMatchObject({ items: [{ country: 'IR' }] })
    const unknown = await live('page=/from-nowhere')
    expect(unknown).toMatchObject({ items: [{ device: 'desktop' }] })
    expect(JSON.stringify(unknown)).not.toContain('country')
  })

  it('V43 tells one by one what happened in a visit', async () => {
    await comes('/events')
    const visit = textAt(await sara.get('/api/v1/visitors/live?page=/events'), 'items', 0, 'visitId')
    const { visits } = world.app.domain
    const held = visits.everybody().find(({ id }) => id === visit)
    if (!held) throw new Error('nobody is there')
    visits.tracked(held, 'cart', { items: 1 })
    visits.tracked(held, 'order')
    expect((await sara.get(`/api/v1/visitors/${visit}/events`)).json).toMatchObject({
      items: [{ name: 'order' }, { name: 'cart', properties: { items: 1 } }],
    })
  })
})
