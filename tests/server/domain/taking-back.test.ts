import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Visit } from '../../../server/domain/visits/visit.ts'
import { type DomainWorld, granted, openDomain, shop } from '../../support/domain-world.ts'
import { pageOf, visitorOf } from '../../support/of-visit.ts'

let world: DomainWorld
beforeEach(async () => {
  world = await openDomain()
})
afterEach(() => world.end())

const caller = { address: '203.0.113.9', userAgent: 'Firefox/140.0' }
const signedIn = { ...caller, isAgent: true }

async function seen() {
  const person = granted()
  const visit = await world.opens('/', { caller, ...person })
  await world.visits.flush()
  return { person, visit }
}

/** Its taking back has failed once. */
async function leftOutWhileAway() {
  const { person, visit } = await seen()
  const { visits } = world.history
  const takeBack = visits.takeBack.bind(visits)
  visits.takeBack = () => Promise.reject(new Error('The disk is away.'))
  await world.opens('/', { caller: signedIn, ...person, page: pageOf(visit) })
  await expect.poll(() => visit.recorded).not.toBeNull()
  return { visit, takeBack }
}

const stored = async (visit: Visit) => ({
  views: (await world.history.visits.pageViews(visitorOf(visit), 9)).map(({ url }) => url),
  events: (await world.history.visits.events(visitorOf(visit), 9)).map(({ name }) => name),
})

/** Something that lasts until the test ends it. */
function held() {
  const ends: (() => void)[] = []
  const over = new Promise<void>((resolve) => ends.push(resolve))
  const end = () => {
    for (const one of ends) one()
  }
  return { over, end }
}

it('V69 what the store did not let go of is let go later, also once the visit has ended', async () => {
  const { visit, takeBack } = await leftOutWhileAway()
  world.clock.advance(31 * 60_000)
  expect(await world.history.visits.pageViews(visitorOf(visit), 9)).toHaveLength(1)
  world.history.visits.takeBack = takeBack
  world.clock.advance(10 * 60_000)
  await expect.poll(() => world.history.visits.pageViews(visitorOf(visit), 9)).toEqual([])
})

it('V69 a stop asks once more for what the store did not let go of', async () => {
  const { visit, takeBack } = await leftOutWhileAway()
  world.history.visits.takeBack = takeBack
  await world.visits.close()
  expect(await world.history.visits.pageViews(visitorOf(visit), 9)).toEqual([])
})

it('V69 a stop waits for what is being taken back', async () => {
  const { person, visit } = await seen()
  await world.opens('/', { caller: signedIn, ...person, page: pageOf(visit) })
  await world.visits.close()
  expect(await world.history.visits.pageViews(visitorOf(visit), 9)).toEqual([])
})

it('V69 V70 whoever is a guest again while it is taken back keeps what they see since', async () => {
  const { person, visit } = await seen()
  const takingBack = held()
  const { takeBack } = world.history.visits
  world.history.visits.takeBack = async (...whose) => {
    await takingBack.over
    await takeBack.call(world.history.visits, ...whose)
  }
  await world.opens('/', { caller: signedIn, ...person, page: pageOf(visit) })
  const address = `/again?${world.ownKeys.issue(world.site.id, 'guest').parameter}`
  expect(await world.opens(address, { caller, ...person })).toBe(visit)
  world.visits.tracked(visit, 'bought')
  await world.visits.flush()
  takingBack.end()
  world.history.visits.takeBack = takeBack
  await expect.poll(() => stored(visit)).toEqual({ views: [], events: [] })
  await world.visits.close()
  expect(await stored(visit)).toEqual({ views: [shop + address], events: ['bought'] })
})
