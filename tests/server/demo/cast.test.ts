import { afterAll, beforeAll, expect, it } from 'vitest'
import { play } from '../../../server/demo/cast/actor.ts'
import { castPart, type Part } from '../../../server/demo/cast/part.ts'
import { Chance } from '../../../server/demo/seeding/chance.ts'
import type { Clock } from '../../../server/domain/ports.ts'
import { openWorld, type World } from '../../support/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

/** Nobody dwells: every pause is over in the next turn. */
const hasty: Clock = {
  now: () => Date.now(),
  after(_, run) {
    const timer = setImmediate(run)
    return () => clearImmediate(timer)
  },
}

it('a played visitor browses, writes, and ends the chat that nobody answers', async () => {
  const origin = world.app.url()
  const view = (path: string) => ({ url: `${origin}/demo/fa/${path}`, title: path, referrer: '' })
  const trail: Part['trail'] = [view(''), view('collection/'), view('pricing/')]
  const part: Part = { locale: 'fa', device: 'phone', name: 'نگار', trail, lines: ['سلام، موجود است؟'] }
  const faults: unknown[] = []
  const door = { server: world.url, origin, userAgent: 'Mozilla/5.0 Firefox/142.0' }
  await play(part, { clock: hasty, chance: new Chance(1), door, onFault: (fault) => faults.push(fault) })

  expect(faults).toEqual([])
  expect(world.app.domain.visits.live()).toMatchObject([
    { pageViews: 3, device: 'phone', locale: 'fa', browser: 'Firefox 142' },
  ])
  const { items } = await world.app.domain.conversations.list({ order: 'recent', limit: 9 })
  expect(items).toMatchObject([
    { visitorName: 'نگار', conversation: { status: 'closed', lastMessage: { text: 'سلام، موجود است؟' } } },
  ])
})

it('the parts are many: three languages, some who write, trails of the shop’s own pages', () => {
  const chance = new Chance(3)
  const parts = Array.from({ length: 60 }, () => castPart(chance, 'http://shop.example'))
  expect(new Set(parts.map(({ locale }) => locale)).size).toBe(3)
  const writing = parts.filter(({ lines }) => lines.length > 0).length
  expect(writing).toBeGreaterThan(5)
  expect(writing).toBeLessThan(30)
  for (const { trail } of parts)
    expect(trail.every(({ url }) => url.startsWith('http://shop.example/demo/'))).toBe(true)
})
