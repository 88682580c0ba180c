import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seedDemo } from '../../../server/demo/seeding/seed-demo.ts'
import type { JourneyAnswer } from '../../../server/domain/reporting-journeys.ts'
import { createLog } from '../../../server/log.ts'
import { systemRandom } from '../../../server/system.ts'
import { day } from '../../../shared/limits.ts'
import { usualStages } from '../../../shared/metrics/journeys/stages.ts'
import { type Client, textAt } from '../../support/client.ts'
import { handClock } from '../../support/clock.ts'
import { openWorld, type World } from '../../support/world.ts'

const now = Date.UTC(2026, 4, 20, 16)
const from = new Date(now - 28 * day).toISOString()
const to = new Date(now).toISOString()
let world: World
let sara: Client

beforeAll(async () => {
  const clock = handClock(now)
  world = await openWorld({ clock })
  const log = createLog({ level: 'error', clock, write: () => undefined })
  await seedDemo({ app: world.app, history: world.history, clock, random: systemRandom, log }, 20)
  sara = await world.signIn()
}, 60_000)
afterAll(() => world.close())

const ask = async (query = '') => {
  const answer = await sara.get(`/api/v1/reports/journeys?from=${from}&to=${to}${query}`)
  expect(answer.status).toBe(200)
  return answer
}
const report = async (query = ''): Promise<JourneyAnswer> => JSON.parse((await ask(query)).text)

/** All that a line of the file can say of the JSON: numbers, by where they stand. */
const numbersIn = (value: unknown): number[] => {
  if (typeof value === 'number') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : []
}

describe('GET /api/v1/reports/journeys', () => {
  it('M88 says what it was asked for, and what narrows nothing', async () => {
    const made = await report('&timeZone=Asia/Tehran&device=phone&clock=business&proactive=no')
    expect(made).toMatchObject({
      ...{ from, to, timeZone: 'Asia/Tehran', clock: 'wall' },
      filters: { device: 'phone', team: null, proactive: null },
      notApplied: ['proactive', 'clock'],
    })
    const unknown = await sara.get('/api/v1/reports/journeys?segment=nobody')
    expect(unknown.status).toBe(400)
    expect(unknown.json).toMatchObject({ error: { path: 'query.segment' } })
  })

  it('M85 M88 counts no more of a part than of the whole', async () => {
    const all = await report()
    expect(all.totals.visitors).toBeGreaterThan(50)
    const counts = all.stages.map(({ visitors }) => visitors)
    expect(counts).toEqual([...counts].sort((a, b) => b - a))
    const [phones, desktops] = [await report('&device=phone'), await report('&device=desktop')]
    const some = phones.totals.pageViews + desktops.totals.pageViews
    expect(some).toBeGreaterThan(0)
    expect(some).toBeLessThanOrEqual(all.totals.pageViews)
    const begun = await report('&page=/demo/collection')
    expect(begun.totals.visits).toBeGreaterThan(0)
    expect(begun.totals.visits).toBeLessThan(all.totals.visits)
  })

  it('M58 carries the period before', async () => {
    const { before } = await report('&compare=previous')
    expect(before).toMatchObject({ to: from, totals: { visitors: expect.any(Number) } })
    expect(before?.totals.visitors).toBeGreaterThan(0)
  })

  it('M94 has the same figures in the file, with the place they stand in', async () => {
    const { from: _, to: __, timeZone: ___, clock: ____, filters, notApplied, ...figures } = await report()
    const { text: file } = await ask('&format=csv')
    const lines = file.trim().split('\r\n').slice(1)
    const values = lines.map((line) => line.split(',')[3]).filter((value) => value !== '')
    // A bound of the distribution is told in words.
    const told = numbersIn({ ...figures, beforeChat: { ...figures.beforeChat, distribution: [] } })
    const buckets = figures.beforeChat.distribution.map(({ n }) => n)
    expect(values.map(Number).sort()).toEqual([...told, ...buckets].sort())
    expect(lines.every((line) => line.includes(from) && line.includes('UTC'))).toBe(true)
  })

  it('M93 stages are the site’s own where it has set them', async () => {
    const [site] = world.app.domain.sites.list()
    if (!site) throw new Error('There is no site.')
    const { id, key: _, createdAt: __, ...draft } = site
    const own = { ...usualStages, buy: [{ by: 'page', glob: '/demo/*' }] }
    const put = (journey: object) => sara.send('PUT', `/api/v1/sites/${id}`, { ...draft, journey })
    expect((await put({ stages: own })).status).toBe(200)
    const { totals, stages } = await report()
    expect(stages[3]).toMatchObject({ stage: 'buy', visitors: totals.visitors, reached: totals.visitors })
    const refused = await put({ stages: { ...own, stay: [{ by: 'page', glob: 'thanks' }] } })
    expect(refused.status).toBe(400)
    expect(textAt(refused, 'error', 'path')).toContain('journey.stages.stay')
  })

  describe('M93 the segments of its settings', () => {
    const draftOf = () => {
      const [site] = world.app.domain.sites.list()
      if (!site) throw new Error('There is no site.')
      const { id, key: _, createdAt: __, journey: ___, ...draft } = site
      return { id, draft }
    }
    const put = (more: object) => {
      const { id, draft } = draftOf()
      return sara.send('PUT', `/api/v1/sites/${id}`, { ...draft, ...more })
    }
    const bySegment = (segment: string, churnDays: object = {}) => ({
      journey: { stages: { ...usualStages, buy: [{ by: 'segment', segment }] }, churnDays },
    })
    const addSegment = (siteId: string, name: string) =>
      sara.send('POST', '/api/v1/segments', { siteId, name, when: [{ kind: 'url', glob: '/prices*' }] })

    it('are there and of the site itself, when it is made and when it is changed', async () => {
      const { draft } = draftOf()
      const early = await sara.send('POST', '/api/v1/sites', { ...draft, ...bySegment('Patrons') })
      expect([early.status, textAt(early, 'error', 'path')]).toEqual([400, 'journey.stages.buy.0.segment'])
      const other = textAt(await sara.send('POST', '/api/v1/sites', draft), 'id')
      expect((await addSegment(other, 'Patrons')).status).toBe(201)
      const foreign = await put(bySegment('Patrons'))
      expect([foreign.status, textAt(foreign, 'error', 'path')]).toEqual([
        400,
        'journey.stages.buy.0.segment',
      ])
      const timed = await put({ journey: { stages: usualStages, churnDays: { Patrons: 5 } } })
      expect(timed.json).toMatchObject({
        error: { path: 'journey.churnDays.Patrons', refusal: { is: 'unknown', name: 'Patrons' } },
      })
      expect((await sara.send('DELETE', `/api/v1/sites/${other}`)).status).toBe(204)
    })

    it('stay while a stage names them, and take their days with them', async () => {
      const { id, draft } = draftOf()
      await addSegment(id, 'Regulars')
      expect((await put(bySegment('Regulars', { Regulars: 5 }))).status).toBe(200)
      const kept = await sara.send('DELETE', '/api/v1/segments/Regulars')
      expect([kept.status, kept.json]).toMatchObject([
        409,
        { error: { refusal: { is: 'inUse', by: [{ what: 'site', name: draft.name }] } } },
      ])
      await put({ journey: { stages: usualStages, churnDays: { Regulars: 5 } } })
      expect((await sara.send('DELETE', '/api/v1/segments/Regulars')).status).toBe(204)
      expect((await sara.get(`/api/v1/sites/${id}`)).json).toMatchObject({ journey: { churnDays: {} } })
    })

    it('stay with the site where it is changed without them, and go where it says so', async () => {
      const own = { stages: { ...usualStages, buy: [{ by: 'chat' }] } }
      await put({ journey: own })
      expect((await put({ name: 'Renamed' })).json).toMatchObject({ name: 'Renamed', journey: own })
      expect((await put({ journey: null })).json).not.toHaveProperty('journey')
    })
  })
})
