import { randomBytes } from 'node:crypto'
import * as v from 'valibot'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { ExposureRecord } from '../../../server/history/exposures.ts'
import { routeTable } from '../../../server/http/table.ts'
import { makeId, RuleId } from '../../../shared/ids.ts'
import { newcombe } from '../../../shared/metrics/lift.ts'
import { ask, type Client } from '../../support/client.ts'
import { newSiteId, noon, scene, taken } from '../../support/history-cast.ts'
import { openWorld, type World } from '../../support/world.ts'

let world: World
let sara: Client
beforeAll(async () => {
  world = await openWorld()
  sara = await world.signIn()
})
afterAll(() => world.close())

describe('for machines', () => {
  it('says that it lives and that the store answers', async () => {
    expect((await ask(`${world.url}/healthz`)).status).toBe(200)
    expect((await ask(`${world.url}/readyz`)).json).toEqual({ ok: true })
  })

  it('shows figures to this machine only', async () => {
    expect((await ask(`${world.url}/metrics`)).text).toContain('ahlan_visitors_live 0')
    const proxied = await ask(`${world.url}/metrics`, { headers: { 'x-forwarded-for': '203.0.113.1' } })
    expect(proxied.status).toBe(404)
  })

  it('describes every route by the schema that checks it', async () => {
    const { json } = await ask(`${world.url}/api/v1/openapi.json`)
    expect(json).toMatchObject({
      openapi: '3.1.0',
      paths: {
        '/api/v1/conversations/{id}/messages': {
          post: {
            requestBody: {
              content: {
                'application/json': {
                  schema: {
                    type: 'object',
                    required: ['clientId', 'text'],
                    properties: { clientId: { type: 'string', pattern: expect.stringContaining('0-9a-f') } },
                    additionalProperties: false,
                  },
                },
              },
            },
          },
        },
        '/api/v1/conversations': { get: { 'x-access': 'conversations:read' } },
      },
    })
    const described = Object.values(Object(json).paths).flatMap((path) => Object.keys(Object(path)))
    expect(described).toHaveLength(routeTable.length)
  })
})

describe('reports', () => {
  it('echo what they were asked for, in ISO 8601', async () => {
    const answer = await sara.get('/api/v1/reports/response-times?from=2026-03-01&to=2026-03-08&site=demo')
    const [site] = world.app.domain.sites.list()
    expect(answer.json).toMatchObject({
      from: '2026-03-01T00:00:00.000Z',
      to: '2026-03-08T00:00:00.000Z',
      timeZone: 'UTC',
      clock: 'wall',
      filters: { site: site?.id, agent: null, segment: null },
      unit: 'ms',
      measures: { 'firstResponse.customer': { n: 0, p50: null } },
    })
    expect(Object(answer.json).series).toHaveLength(7)
  })

  it.each([
    ...['response-times', 'satisfaction', 'turns', 'proactive', 'volume', 'agents', 'overview', 'staffing'],
  ])('give %s as a file for spreadsheets', async (name) => {
    const answer = await sara.get(`/api/v1/reports/${name}?format=csv`)
    expect(answer.headers.get('content-type')).toContain('text/csv')
    expect(answer.headers.get('content-disposition')).toContain(`${name}.csv`)
    expect(answer.text).toMatch(/^.?\w+,.*\r\n/)
  })

  it('M16 T116 can be of one segment, which they say, and of no other there is', async () => {
    const [site] = world.app.domain.sites.list()
    const made = await sara.send('POST', '/api/v1/segments', { siteId: site?.id, name: 'Buyers', when: [] })
    expect(made.status).toBe(201)
    const facts = { language: 'fa', page: null, device: 'phone', proactive: false } as const
    const [mina, omar] = [scene(world.history), scene(world.history)]
    const { conversation } = taken(await mina.begins('Hello', { ...facts, segments: ['Buyers'] }))
    taken(await omar.begins('Hello', { ...facts, segments: [] }))
    const asked = 'from=2026-05-04&to=2026-05-05&segment=Buyers'
    const turns = await sara.get(`/api/v1/reports/turns?${asked}`)
    expect(turns.json).toMatchObject({ total: 1, items: [{ conversationId: conversation.id }] })
    for (const name of ['response-times', 'satisfaction', 'turns', 'proactive']) {
      const answer = await sara.get(`/api/v1/reports/${name}?${asked}`)
      expect(answer.json).toMatchObject({ filters: { segment: 'Buyers' } })
      const wrong = await sara.get(`/api/v1/reports/${name}?segment=Sellers`)
      expect(wrong.status).toBe(400)
      expect(wrong.json).toMatchObject({
        error: { code: 'invalid', message: 'There is no such segment.', path: 'query.segment' },
      })
    }
  })

  it('M10 carry comments, and a comment that is a formula stays a text in the file', async () => {
    const { says, answers, closes, does, sara: agent } = scene(world.history)
    const { conversation } = taken(await says('Hello', noon))
    await answers(conversation.id, 'Hi', noon + 1)
    await says('Thanks', noon + 2)
    await closes(conversation.id, noon + 3)
    await does(conversation.id, { type: 'rate', rating: 5, comment: '=1+1, warm' }, noon + 4)
    const report = '/api/v1/reports/satisfaction?from=2026-05-04&to=2026-05-05'
    const at = new Date(noon + 4).toISOString()
    expect((await sara.get(report)).json).toMatchObject({
      comments: [
        { conversationId: conversation.id, rating: 5, comment: '=1+1, warm', at, agentId: agent.id },
      ],
    })
    const { text } = await sara.get(`${report}&format=csv`)
    expect(text).toContain(`\r\ncomment,5,"'=1+1, warm",${at},${agent.id},${conversation.id},wall,UTC,`)
  })

  it('M13 M14 M124 M127 M138 M139 tell what a rule did, by variant and with its lift, and say what was asked', async () => {
    const [site] = world.app.domain.sites.list()
    const draft = {
      siteId: site?.id,
      name: '=Greet',
      enabled: false,
      priority: 1,
      when: [],
      say: { en: 'Hi' },
    }
    const { json: rule } = await sara.send('POST', '/api/v1/rules', { ...draft, version: 2 })
    const ruleId = v.parse(RuleId, Object(rule).id)
    const shown = (n: number, heldOut: boolean, variant: string | null): ExposureRecord => ({
      ...{
        id: makeId('i', noon + n, randomBytes(10)),
        siteId: site?.id ?? newSiteId(),
        at: noon,
        by: 'rule',
      },
      ...{ visitorId: null, visitId: null, ruleId, heldOut, silent: false, variant },
      goal: { kind: 'chat', withinSeconds: 60 },
    })
    const exposures = Array.from({ length: 300 }, (_, n) => shown(n, n < 100, n < 200 ? null : 'B'))
    const goals = exposures.filter((_, n) => n % 100 < Math.ceil((n + 1) / 100) * 10)
    const aftermaths = goals.map(({ id }) => ({ id, goalAt: noon + 1 }))
    await world.history.exposures.store({ exposures, aftermaths })
    const asked = `/api/v1/reports/proactive?from=2026-05-04&to=2026-05-05&site=demo&rule=${ruleId}`
    const over = (n: number, reached: number) => ({ n, reached, open: 0 })
    const { json } = await sara.get(asked)
    expect(json).toMatchObject({
      ...{ from: '2026-05-04T00:00:00.000Z', to: '2026-05-05T00:00:00.000Z', timeZone: 'UTC', clock: 'wall' },
      filters: { site: site?.id, rule: ruleId, segment: null },
      rules: [
        {
          ...{ rule: { id: ruleId, name: '=Greet', enabled: false, goal: null }, eligible: 300, shown: 200 },
          ...{ heldOut: { n: 100, goal: over(100, 10) }, goal: over(200, 50) },
          lift: newcombe({ n: 200, reached: 50 }, { n: 100, reached: 10 }),
          variants: [
            { variant: null, goal: over(100, 20) },
            { variant: 'B', goal: over(100, 30) },
          ],
        },
      ],
    })
    const { text } = await sara.get(`${asked}&format=csv`)
    expect(text).toContain(
      `\r\n${ruleId},"'=Greet",all,,300,100,100,10,0,200,0,0,0,200,50,0,0.15,0.057554,0.228385,wall,UTC,2026-05-04T00:00:00.000Z,2026-05-05T00:00:00.000Z\r\n`,
    )
    expect(text).toContain(`\r\n${ruleId},"'=Greet",variant,B,,,,,,100,0,0,0,100,30,0,0.2,`)
    const list = asked.replace('proactive?', 'proactive/visitors?')
    const opened = await sara.get(`${list}&figure=reached&variant=B&limit=20`)
    expect(opened.json).toMatchObject({ total: 30, nextCursor: expect.any(String), timeZone: 'UTC' })
    expect(Object(opened.json).items).toHaveLength(20)
    const whole = Object((await sara.get(`${list}&figure=shown&format=json-file`)).json)
    expect([whole.items.length, whole.nextCursor, whole.total]).toEqual([200, null, 200])
    const { exposures: kept } = world.history
    const { tallies } = kept
    kept.tallies = () => Promise.reject(new Error('They were counted for the first part.'))
    onTestFinished(() => void Object.assign(kept, { tallies }))
    const next = `${list}&figure=reached&variant=B&cursor=${Object(opened.json).nextCursor}`
    const rest = await sara.get(next)
    expect(rest.json).toMatchObject({ total: 30, nextCursor: null })
    expect(Object(rest.json).items).toHaveLength(10)
    const file = await sara.get(`${list}&figure=heldOutReached&format=csv`)
    const lines = file.text.trim().split('\r\n')
    expect(lines).toHaveLength(1 + 10)
    expect(file.headers.get('content-disposition')).toContain(`visitors-heldOutReached-${ruleId}.csv`)
    const stated = ',wall,UTC,2026-05-04T00:00:00.000Z,2026-05-05T00:00:00.000Z'
    for (const line of lines.slice(1))
      expect([line.split(',')[0], line.endsWith(stated)]).toEqual([ruleId, true])
    const texts = (await sara.get(`${list}&figure=shown&format=csv`)).text.trim().split('\r\n')
    const told = texts.slice(1).map((line) => line.split(',').slice(4, 7).join())
    expect(new Set(told)).toEqual(new Set(['shown,own,', 'shown,variant,B']))
    expect(whole.filters).toEqual({ site: site?.id, segment: null, rule: ruleId })
    expect((await sara.get(`${list}&figure=heldOut&variant=B`)).json).toMatchObject({
      error: { path: 'query.variant' },
    })
  })

  it.each([
    ['from=2026-03-08&to=2026-03-01', 'query.from'],
    ['from=2020-01-01&to=2026-01-01', 'query.from'],
    ['from=yesterday', 'query.from'],
    ['from=2026-02-31T99:00:00Z', 'query.from'],
    ['clock=moon', 'query.clock'],
    ['timeZone=Moon', 'query.timeZone'],
    ['team=nobody', 'query.team'],
    ['page=pricing', 'query.page'],
    ['device=watch', 'query.device'],
    ['proactive=maybe', 'query.proactive'],
    ['bucket=7', 'query.bucket'],
    ['measure=handle', 'query.measure'],
    ['hour=24', 'query.hour'],
  ])('W1 refuse ?%s', async (query, path) => {
    const answer = await sara.get(`/api/v1/reports/turns?${query}`)
    expect(answer.status).toBe(400)
    expect(answer.json).toMatchObject({ error: { path } })
  })
})
