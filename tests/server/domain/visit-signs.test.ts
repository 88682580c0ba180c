import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Exposures } from '../../../server/domain/proactive/exposures.ts'
import { createVisits } from '../../../server/domain/visits/visits.ts'
import type { VisitorHistory } from '../../../server/history/history.ts'
import { View } from '../../../server/live/roster/view.ts'
import { systemRandom } from '../../../server/system.ts'
import type { VisitorId } from '../../../shared/ids.ts'
import { limits } from '../../../shared/limits.ts'
import { everybody } from '../../../shared/roster-query.ts'
import { aFirstPage, anArrival, type DomainWorld, granted, openDomain } from '../../support/domain-world.ts'
import { aToken } from '../../support/random.ts'

let world: DomainWorld
beforeAll(async () => {
  world = await openDomain()
})
afterAll(() => world.end())

let networks = 0
/** Somebody at an address nobody else in these tests has. */
const elsewhere = () => ({ caller: { address: `203.0.113.${++networks}`, userAgent: 'Firefox/140.0' } })

describe('what a page tells of its visitor', () => {
  it('V11 is bounded before there is anybody to store it for, and the first stay', async () => {
    const visit = await world.opens('/hats', elsewhere())
    for (let round = 0; round < 3; round++) {
      const pairs = Array.from({ length: limits.attributeCount }, (_, i) => [
        `${round}-${i}`,
        'x'.repeat(500),
      ])
      await world.visits.identify(visit, { attributes: Object.fromEntries(pairs) })
    }
    const held = Object.keys(visit.identity?.attributes ?? {})
    expect(held).toHaveLength(limits.attributeCount)
    expect(held.every((key) => key.startsWith('0-'))).toBe(true)
  })
})

describe('the events of a visit', () => {
  it('V73 are all asked for, and the labels and attributes, though the list carries the beginning of them', async () => {
    const visit = await world.opens('/shoes', elsewhere())
    const names = Array.from({ length: 12 }, (_, i) => `n${i}`)
    for (const name of names) world.visits.tracked(visit, name)
    await world.visits.tag(visit, names)
    await world.visits.identify(visit, { attributes: Object.fromEntries(names.map((name) => [name, name])) })
    const listed = world.visits.find(visit.id)
    if (!listed) throw new Error('They are there.')
    expect(listed.events).toHaveLength(limits.eventsInRoster)
    const finds = (query: object) =>
      new View({ ...everybody, ...query }, [listed], (one) => world.visits.sought(one)).slice(0, 5)
    expect(finds({ event: 'n0' })).toEqual([listed])
    expect(finds({ tag: 'n11' })).toEqual([listed])
    expect(finds({ search: 'n11' })).toEqual([listed])
    expect(finds({ event: 'n12' })).toEqual([])
    const whole = world.visits.whole(visit.id)
    expect(
      [whole?.events, whole?.tags, Object.keys(whole?.attributes ?? {})].map((all) => all?.length),
    ).toEqual([12, 12, 12])
  })

  it('V9 are counted by name, the latest first', async () => {
    const visit = await world.opens('/shoes', elsewhere())
    expect(world.visits.find(visit.id)).not.toHaveProperty('events')
    for (const name of ['size chosen', 'added to cart', 'size chosen']) {
      world.clock.advance(1_000)
      world.visits.tracked(visit, name)
    }
    const now = world.clock.now()
    const events = [
      { name: 'size chosen', count: 2, at: now },
      { name: 'added to cart', count: 1, at: now - 1_000 },
    ]
    expect(world.visits.events(visit.id)).toEqual(events)
    expect(world.visits.find(visit.id)).toMatchObject({ events })
    expect(world.told.at(-1)).toEqual({ what: 'visitChanged', about: visit.id })
  })

  it('V9 are bounded, in memory and more so in the list of who is there', async () => {
    const visit = await world.opens('/shoes', elsewhere())
    for (let i = 0; i <= limits.eventNames; i++) world.visits.tracked(visit, `event ${i}`)
    world.visits.tracked(visit, 'event 1')
    const kept = world.visits.events(visit.id).map(({ name }) => name)
    expect(kept).toHaveLength(limits.eventNames)
    expect(kept.slice(0, 2)).toEqual(['event 1', `event ${limits.eventNames}`])
    expect(kept).not.toContain('event 0')
    expect(world.visits.find(visit.id)?.events).toHaveLength(limits.eventsInRoster)
  })

  it('P3 are not kept with denied consent', async () => {
    const visit = await world.opens('/shoes', { ...elsewhere(), consent: 'denied' })
    world.visits.tracked(visit, 'added to cart')
    expect(world.visits.events(visit.id)).toEqual([])
  })
})

describe('when somebody was last seen', () => {
  const stored = async (id: VisitorId | null) => (id ? await world.history.visitors.find(id) : null)?.seenAt
  it('V10 is stored when they come back, once an hour at most', async () => {
    const leila = granted()
    const { visitorId, id } = await world.opens('/', leila)
    const first = world.clock.now()
    expect(await stored(visitorId)).toBe(first)
    world.clock.advance(59 * 60_000)
    await world.opens('/tea', leila)
    expect(await stored(visitorId)).toBe(first)
    world.clock.advance(2 * 60_000)
    const again = await world.opens('/tea', leila)
    expect(again.id).not.toBe(id)
    await expect.poll(() => stored(visitorId)).toBe(world.clock.now())
  })

  it('V10 of somebody unknown is stored nowhere, and a store that fails keeps nobody waiting', async () => {
    const { visits, warnings } = visitsThatCannotBeUpdated()
    const arrive = (more: Parameters<typeof anArrival>[1]) =>
      visits.arrive(anArrival(aFirstPage(world.site), more))
    const amir = granted()
    const { visitorId } = await arrive(amir)
    await arrive({ token: aToken() })
    world.clock.advance(2 * 60 * 60_000)
    expect((await arrive(amir)).visitorId).toBe(visitorId)
    // Once for each of the two visits, which are counted as well.
    await expect.poll(() => warnings).toEqual(['visitor:seenUnstored', 'visitor:seenUnstored'])
    await visits.close()
  })

  function visitsThatCannotBeUpdated() {
    const warnings: string[] = []
    const { history, sites, clock } = world
    const visitors: VisitorHistory = {
      find: (id) => history.visitors.find(id),
      findByToken: (siteId, hash) => history.visitors.findByToken(siteId, hash),
      ensure: (visitor) => history.visitors.ensure(visitor),
      update: () => Promise.reject(new Error('The disk is full.')),
      letGo: (siteId, most) => history.visitors.letGo(siteId, most),
    }
    const mute = () => undefined
    const needs = {
      ...{ sites, clock, random: systemRandom, history: { ...history, visitors } },
      audience: { visitChanged: mute, visitGone: mute, visitorRefused: mute },
      log: { debug: mute, info: mute, warn: (event: string) => void warnings.push(event), error: mute },
    }
    const exposures = new Exposures({ ...needs, rules: world.rules, sorter: world.sorter })
    const visits = createVisits({ ...needs, exposures, ownKeys: world.ownKeys })
    return { visits, warnings }
  }
})
