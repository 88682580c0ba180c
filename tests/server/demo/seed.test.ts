import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { planMonth, type Setting } from '../../../server/demo/seeding/plan.ts'
import { seedDemo } from '../../../server/demo/seeding/seed-demo.ts'
import { type AgentAuthor, minute } from '../../../server/demo/seeding/spoken.ts'
import { fillStore, withEngine } from '../../../server/history/transfer/stores.ts'
import { supplyFrom } from '../../../server/history/transfer/transfer.ts'
import { createLog } from '../../../server/log.ts'
import { systemClock, systemRandom } from '../../../server/system.ts'
import { makeId } from '../../../shared/ids.ts'
import { day } from '../../../shared/limits.ts'
import { openWorld, type World } from '../../support/world.ts'

const sara: AgentAuthor = { kind: 'agent', id: makeId('a', 0, new Uint8Array(10)), name: 'Sara' }
const now = Date.UTC(2026, 4, 20, 16)
const setting: Setting = { seed: 7, now, origin: 'http://shop.example', agents: [sara], conversations: 150 }

describe('a planned month', () => {
  const month = planMonth(setting)

  it('is the same for the same seed, and another for another', () => {
    expect(planMonth(setting)).toEqual(month)
    expect(planMonth({ ...setting, seed: 8 })).not.toEqual(month)
  })

  it('lies within the last days, each conversation in the order it was said', () => {
    expect(month).toHaveLength(150)
    for (const { commands, views, start, end } of month) {
      const times = commands.map(({ at }) => at)
      expect(times).toEqual([...times].sort((a, b) => a - b))
      expect(times.length).toBeGreaterThan(0)
      expect(start).toBeGreaterThan(now - 32 * day)
      expect(end).toBeLessThanOrEqual(now)
      expect(views.every(({ at }) => at < (times[0] ?? 0))).toBe(true)
    }
  })

  it('speaks three languages', () => {
    expect(new Set(month.map(({ locale }) => locale))).toEqual(new Set(['en', 'ar', 'fa']))
  })
})

describe('a seeded house', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld()
    const log = createLog({ level: 'error', clock: systemClock, write: () => undefined })
    const parts = { app: world.app, history: world.history, clock: systemClock, random: systemRandom, log }
    await seedDemo(parts, 60)
    await seedDemo(parts, 60)
  })
  afterAll(() => world.close())

  const month = { from: Date.now() - 40 * day, to: Date.now() + minute }

  it('holds each conversation once, some of them waiting', async () => {
    const { items } = await world.app.domain.conversations.list({ order: 'waiting', limit: 200 })
    expect(items).toHaveLength(60)
    const waiting = items.filter(({ conversation }) => conversation.waitingSince !== null)
    expect(waiting.length).toBeGreaterThanOrEqual(3)
    expect(items.slice(0, waiting.length)).toEqual(waiting)
    expect(items.some(({ unread }) => unread > 0)).toBe(true)
  })

  it('S12 moves into another store, as one from before does whose invented visitors have longer tokens', async () => {
    const tokenHash = Buffer.from(systemRandom.bytes(32)).toString('hex')
    const [site] = world.app.domain.sites.list()
    if (!site) throw new Error('The house has no site.')
    const siteId = site.id
    const newId = makeId('v', 1, systemRandom.bytes(10))
    await world.history.visitors.ensure({ siteId, tokenHash, newId, locale: 'en', at: 1 })
    const elsewhere = await mkdtemp(join(tmpdir(), 'ahlan-'))
    try {
      const moved = await withEngine({ dataDir: world.dataDir, databaseUrl: null }, (queries) =>
        fillStore({ dataDir: elsewhere, databaseUrl: null }, supplyFrom(queries)),
      )
      expect(moved['visitor-credentials']?.lines).toBeGreaterThan(50)
    } finally {
      await rm(elsewhere, { recursive: true, force: true })
    }
  })

  it('has figures worth a look: fast and slow answers, missed ones, ratings of every kind', async () => {
    const { measures } = await world.app.domain.reporting.responseTimes(month)
    expect(measures.response.n).toBeGreaterThan(60)
    expect(measures.response.censored).toBeGreaterThan(0)
    expect(measures.response.withinTarget).toBeGreaterThan(0.5)
    const { csat } = await world.app.domain.reporting.satisfaction(month)
    expect(csat.answered).toBeGreaterThan(15)
    expect(csat.score).toBeGreaterThan(0.5)
    expect(csat.skipped).toBeGreaterThan(0)
  })

  it('has times that run: of those who wait one is late, one presses', async () => {
    const { items } = await world.app.domain.targets.atRisk({ limit: 5 })
    expect(items.map(({ conversation }) => conversation.priority)).toContain('urgent')
    const { breaches } = await world.app.domain.reporting.responseTimes(month)
    expect(new Set(breaches.map(({ aim }) => aim)).size).toBe(3)
  })

  it('tells who was at work, apart what guests they were, and what was made right', async () => {
    const { reporting, followUps, segments } = world.app.domain
    const { hours } = await reporting.staffing(month)
    expect(Math.max(...hours.map(({ online }) => online.max))).toBeGreaterThanOrEqual(2)
    expect(hours.filter(({ online }) => online.max === 0).length).toBeGreaterThan(hours.length / 5)
    const [ofOne, all] = await Promise.all(
      [{ ...month, segment: segments.list()[1]?.id }, month].map((asked) => reporting.volume(asked)),
    )
    expect(ofOne?.totals.episodes).toBeGreaterThan(5)
    expect(ofOne?.totals.episodes).toBeLessThan(all?.totals.episodes ?? 0)
    const { items } = await followUps.list({ state: 'done', limit: 50 })
    expect(items.length).toBeGreaterThan(0)
    expect(items.every(({ cause, ownerId }) => cause !== null && ownerId !== null)).toBe(true)
  })

  it('has colleagues and rules', () => {
    expect(world.app.domain.agents.list()).toHaveLength(4)
    expect(world.app.domain.rules.list()).toHaveLength(3)
  })
})
