import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { browserOf } from '../../../server/domain/caller.ts'
import { beginVisit } from '../../../server/domain/visits/visit.ts'
import { VisitIndex } from '../../../server/domain/visits/visit-index.ts'
import { systemRandom } from '../../../server/system.ts'
import { makeId } from '../../../shared/ids.ts'
import { day, times } from '../../../shared/limits.ts'
import { type DomainWorld, granted, openDomain, shop } from '../../support/domain-world.ts'
import { aPage, aToken } from '../../support/random.ts'

let world: DomainWorld
beforeAll(async () => {
  world = await openDomain()
})
afterAll(() => world.end())

let networks = 0
/** Somebody at an address nobody else in these tests has. */
const elsewhere = () => ({ caller: { address: `198.51.100.${++networks}`, userAgent: 'Firefox/140.0' } })
const aVisit = (key: string) =>
  beginVisit(
    {
      ...{ id: makeId('t', ++networks, systemRandom.bytes(10)), siteId: world.site.id, key, tokenHash: null },
      ...{ consent: 'essential', locale: 'en', device: 'desktop', browser: 'Firefox 140' },
    },
    0,
  )
const paths = (trail: { url: string }[]) => trail.map(({ url }) => url.slice(shop.length))

describe('a user agent', () => {
  it('W11 of any length is read in no time', () => {
    expect(browserOf('Mozilla/5.0 Version/18.1 Mobile/15E148 Safari/604.1')).toBe('Safari 18')
    expect(browserOf('Version/1 '.repeat(25_000))).toBe('Other')
  }, 2_000)
})

describe('the pages of one visit', () => {
  it('V4 go on from each other, though nothing is kept on the device', async () => {
    const amir = elsewhere()
    const first = await world.opens('/shoes', amir)
    const second = await world.opens('/shoes/43', { ...amir, referrer: '/shoes' })
    expect(second).toBe(first)
    expect(paths(world.visits.trail(first.id))).toEqual(['/shoes', '/shoes/43'])
    expect(second.landing.url).toBe(`${shop}/shoes`)
  })

  it('V4 keep people behind one address apart', async () => {
    const office = elsewhere()
    const amir = await world.opens('/shoes', office)
    const leila = await world.opens('/hats', office)
    const next = await world.opens('/hats/blue', { ...office, referrer: '/hats' })
    const stranger = await world.opens('/', { ...office, referrer: 'https://search.example/shoes' })
    expect(leila).not.toBe(amir)
    expect(next).toBe(leila)
    expect([amir, leila]).not.toContain(stranger)
  })

  it('V4 prefer whom they left just now to whom they left before', async () => {
    const office = elsewhere()
    const amir = await world.opens('/', office)
    const leila = await world.opens('/', office)
    await world.opens('/shoes', { ...office, page: aPage(), referrer: '/' })
    const back = [amir, leila].map((visit) => visit.pageViews)
    expect(back.sort()).toEqual([1, 2])
  })

  it('V4 survive a reload of the page they began with', async () => {
    const amir = elsewhere()
    const referrer = 'https://search.example/'
    const page = aPage()
    const first = await world.opens('/shoes', { ...amir, page, referrer })
    world.visits.left(first, page)
    expect(await world.opens('/shoes', { ...amir, referrer })).toBe(first)
    expect(await world.opens('/shoes', { ...amir, referrer: 'https://other.example/' })).not.toBe(first)
  })

  it('V4 survive a reload that nothing announced but the end of the socket, or long silence', async () => {
    const amir = elsewhere()
    const first = await world.opens('/shoes', amir)
    world.visits.entered(first)
    expect(await world.opens('/shoes', amir)).not.toBe(first)
    world.visits.exited(first)
    expect(await world.opens('/shoes', amir)).toBe(first)
    const silent = await world.opens('/hats', elsewhere())
    world.clock.advance(times.visitorGoneDesktop + 1)
    expect(
      await world.opens('/hats', {
        caller: { address: `198.51.100.${networks}`, userAgent: 'Firefox/140.0' },
      }),
    ).toBe(silent)
  })

  it('V4 of somebody who went on are not taken up by whoever opens the same page', async () => {
    const office = elsewhere()
    const page = aPage()
    const amir = await world.opens('/', { ...office, page })
    world.visits.left(amir, page)
    world.clock.advance(1)
    await world.opens('/shoes', { ...office, referrer: '/' })
    expect(await world.opens('/', office)).not.toBe(amir)
  })

  it('V4 are found among a whole town behind one address, at a bounded cost', async () => {
    const town = elsewhere()
    const first = await world.opens('/', town)
    for (let i = 0; i < 500; i++) await world.opens('/', town)
    const latest = await world.opens('/hats', town)
    const index = Array.from({ length: 200 }, (_, i) =>
      world.opens(`/hats/${i}`, { ...town, referrer: '/hats' }),
    )
    expect(new Set(await Promise.all(index))).toEqual(new Set([latest]))
    expect(latest.pageViews).toBe(201)
    expect(await world.opens('/shoes', { ...town, referrer: '/' })).not.toBe(first)
  })

  it('V4 are not followed into the next day', async () => {
    const amir = elsewhere()
    const today = await world.opens('/shoes', amir)
    world.visits.entered(today)
    world.clock.advance(day)
    expect(await world.opens('/shoes/43', { ...amir, referrer: '/shoes' })).not.toBe(today)
    world.visits.exited(today)
  })

  it('V4 are recognised by their token from any address', async () => {
    const token = aToken()
    const home = await world.opens('/', { ...elsewhere(), token })
    expect(await world.opens('/hats', { ...elsewhere(), token })).toBe(home)
  })

  it('V1 are counted once, whether the beacon or the socket tells first', async () => {
    const page = aPage()
    const visit = await world.opens('/shoes', { ...elsewhere(), page })
    const again = await world.opens('/shoes', { ...elsewhere(), page })
    expect(again).toBe(visit)
    expect(visit.pageViews).toBe(1)
  })

  it('V4 belong to the site they are on', async () => {
    const page = aPage()
    const visit = await world.opens('/', { page })
    const other = await world.sites.create({
      ...{ name: 'Other', origins: [shop], locale: 'en', accent: '#000000', side: 'end' },
      ...{ greeting: {}, replyTime: {} },
    })
    if (!other.ok) throw new Error(other.error.message)
    expect(await world.opens('/', { page, site: other.value })).not.toBe(visit)
  })
})

describe('the visits in memory', () => {
  it('V5 make room by dropping who was seen longest ago, never who is connected', () => {
    const index = new VisitIndex()
    const visits = Array.from({ length: 200 }, (_, i) => aVisit(`${i}`))
    for (const visit of visits) index.add(visit)
    const [first, second] = visits
    for (const visit of visits.slice(2, 40)) visit.sockets = 1
    if (first) index.seen(first)
    expect(index.dropOldest()).toBe(second)
    expect(index.dropOldest()).toBe(visits[40])
    expect(index.size).toBe(198)
    for (const visit of visits) visit.sockets = 1
    expect(index.dropOldest()).toBeNull()
  })

  it('V4 forget the pages of those that were dropped or got a token', () => {
    const index = new VisitIndex()
    const [one, other] = [aVisit('same'), aVisit('same')]
    for (const visit of [one, other]) {
      index.add(visit)
      for (let i = 0; i < 100; i++) index.shows(visit, aPage(), `${shop}/${i}`)
    }
    expect(index.traces.at('same', `${shop}/99?size=43`)).toEqual([one, other])
    expect(index.traces.at('same', `${shop}/0`)).toEqual([])
    index.remove(one)
    index.holds(other, 'hash')
    expect(index.traces.at('same', `${shop}/99`)).toEqual([])
    expect([...index.byToken('hash')]).toEqual([other])
  })
})

describe('somebody on the site', () => {
  it('V5 is gone a minute after the last sign of life, later on a phone', async () => {
    const desktop = await world.opens('/', elsewhere())
    const phone = await world.opens('/', { ...elsewhere(), device: 'phone' })
    world.clock.advance(times.visitorGoneDesktop + 5_000)
    expect(world.visits.find(desktop.id)?.state).toBe('gone')
    expect(world.visits.find(phone.id)?.state).toBe('active')
    expect(world.told).toContainEqual({ what: 'visitGone', about: desktop.id })
    world.clock.advance(times.visitorGonePhone)
    expect(world.told).toContainEqual({ what: 'visitGone', about: phone.id })
    expect(world.visits.live().map((one) => one.visitId)).not.toContain(phone.id)
  })

  it('V5 stays as long as a socket is open, and is idle when nobody touches the page', async () => {
    const visit = await world.opens('/', elsewhere())
    world.visits.entered(visit)
    world.clock.advance(times.visitorIdle + 5_000)
    expect(world.visits.find(visit.id)?.state).toBe('idle')
    world.visits.touched(visit, 'active')
    expect(world.visits.find(visit.id)?.state).toBe('active')
    world.visits.exited(visit)
  })

  it('P8 is described without address and with no more of the browser than its family', async () => {
    const visit = await world.opens('/')
    const described = JSON.stringify(world.visits.find(visit.id))
    expect(described).toContain('"Chrome 156"')
    expect(described).not.toMatch(/192\.0\.2|X11|537/)
  })
})

describe('what is remembered', () => {
  it('P2 with essential consent nothing is stored', async () => {
    const token = aToken()
    const visit = await world.opens('/shoes', { token })
    await world.visits.flush()
    expect(visit.visitorId).toBeNull()
    expect(await world.history.visitors.findByToken(world.site.id, visit.tokenHash ?? '')).toBeNull()
  })

  it('P2 with granted consent every view is stored', async () => {
    const amir = granted()
    const visit = await world.opens('/shoes', amir)
    await world.opens('/shoes/43', { ...amir, referrer: '/shoes' })
    await world.visits.flush()
    if (!visit.visitorId) throw new Error('The visitor was not made.')
    const stored = await world.history.visits.pageViews(visit.visitorId, 10)
    expect(paths(stored)).toEqual(['/shoes/43', '/shoes'])
    expect(paths(await world.visits.pageViews(visit.visitorId, 10))).toEqual(['/shoes/43', '/shoes'])
  })

  it('P2 views gather for a moment and are stored together', async () => {
    const visit = await world.opens('/hats', granted())
    if (!visit.visitorId) throw new Error('The visitor was not made.')
    expect(await world.history.visits.pageViews(visit.visitorId, 10)).toEqual([])
    world.clock.advance(100)
    await world.visits.flush()
    expect(await world.history.visits.pageViews(visit.visitorId, 10)).toHaveLength(1)
  })

  it('P3 with denied consent no view is kept, and nobody is listed', async () => {
    const visit = await world.opens('/shoes', { ...elsewhere(), consent: 'denied' })
    expect(world.visits.trail(visit.id)).toEqual([])
    expect(world.visits.find(visit.id)).toBeNull()
  })

  it('P2 consent given later is for the page shown and those that follow', async () => {
    const amir = elsewhere()
    await world.opens('/secret', amir)
    const visit = await world.opens('/hats', { ...amir, referrer: '/secret' })
    const kept = await world.visits.keep(visit, granted())
    await world.visits.flush()
    expect(kept).toBe(visit)
    if (!kept.visitorId) throw new Error('The visitor was not made.')
    expect(paths(await world.history.visits.pageViews(kept.visitorId, 10))).toEqual(['/hats'])
  })

  it('V4 a second tab that comes to keep the token belongs to the visit of the first', async () => {
    const amir = { token: aToken(), consent: 'essential' as const }
    const first = await world.opens('/shoes', { ...elsewhere(), ...amir })
    const second = await world.opens('/hats', elsewhere())
    expect(await world.visits.keep(second, amir)).toBe(first)
    expect(paths(world.visits.trail(first.id))).toEqual(['/shoes', '/hats'])
    expect(world.visits.find(second.id)).toBeNull()
  })

  it('P2 another token on the same page is another person', async () => {
    const visit = await world.opens('/hats', granted())
    await world.visits.identify(visit, { name: 'Amir' })
    const next = await world.visits.keep(visit, granted())
    expect(next).not.toBe(visit)
    expect(next).toMatchObject({ name: null, conversationId: null, pageViews: 1 })
    expect(next.visitorId).not.toBe(visit.visitorId)
  })
})
