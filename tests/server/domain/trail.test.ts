import { afterAll, beforeAll, expect, it } from 'vitest'
import { type DomainWorld, must, openDomain } from '../../support/domain-world.ts'
import { aToken } from '../../support/random.ts'

let world: DomainWorld
beforeAll(async () => {
  world = await openDomain()
})
afterAll(() => world.end())

let networks = 0
/** Somebody at an address nobody else in these tests has. */
const elsewhere = () => ({ caller: { address: `203.0.113.${++networks}`, userAgent: 'Firefox/140.0' } })
const paths = (views: readonly { url: string }[]) => views.map(({ url }) => new URL(url).pathname)

it('V4 a second tab that comes to keep the token brings along what was seen and told in it', async () => {
  const amir = { token: aToken(), consent: 'granted' as const }
  const [here, there] = [elsewhere(), elsewhere()]
  await world.opens('/sale', there)
  const second = await world.opens('/hats', { ...there, referrer: '/sale' })
  world.visits.tracked(second, 'sized', { size: 9 })
  world.clock.advance(1_000)
  const first = await world.opens('/shoes', { ...here, ...amir })
  const kept = await world.visits.keep(second, amir)
  expect(kept).toBe(first)
  expect(paths(world.visits.trail(first.id))).toEqual(['/sale', '/shoes', '/hats'])
  expect(kept).toMatchObject({ pageViews: 3, landing: { url: expect.stringContaining('/sale') } })
  expect(world.visits.events(first.id)).toMatchObject([{ name: 'sized', count: 1 }])
  await world.visits.flush()
  if (!kept.visitorId) throw new Error('Who consents is known.')
  const stored = await world.history.visits.pageViews(kept.visitorId, 10)
  expect(paths(stored)).toEqual(['/hats', '/shoes'])
})

it('P2 P27 a trail goes with a chat in memory, is stored from consent on, and forgotten with it', async () => {
  const guest = elsewhere()
  await world.opens('/sale', guest)
  const visit = await world.opens('/hats', { ...guest, referrer: '/sale' })
  const token = aToken()
  expect(await world.visits.keep(visit, { token, consent: 'essential' })).toBe(visit)
  const id = must(await world.visits.ensureVisitor(visit))
  const stored = async () => {
    await world.visits.flush()
    return paths(await world.history.visits.pageViews(id, 10))
  }
  expect(paths(await world.visits.pageViews(id, 10))).toEqual(['/hats', '/sale'])
  expect(await stored()).toEqual([])
  expect(await world.visits.keep(visit, { token, consent: 'granted' })).toBe(visit)
  await world.opens('/caps', { ...guest, token, consent: 'granted', referrer: '/hats' })
  expect(await stored()).toEqual(['/caps', '/hats'])
  expect(paths(world.visits.trail(visit.id))).toEqual(['/sale', '/hats', '/caps'])
  await world.visits.keep(visit, { token, consent: 'essential' })
  await expect.poll(stored).toEqual([])
  expect(await world.history.visitors.find(id)).not.toBeNull()
})
