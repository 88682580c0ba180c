import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { languageOf } from '../../../server/domain/caller.ts'
import { isProgram } from '../../../server/domain/visits/left-out.ts'
import type { Visit } from '../../../server/domain/visits/visit.ts'
import { createVisitRecorder } from '../../../server/domain/visits/visit-recorder.ts'
import { sweepVisits } from '../../../server/domain/visits/visits-retention.ts'
import { makeId, type PageId } from '../../../shared/ids.ts'
import { day, limits } from '../../../shared/limits.ts'
import { handClock } from '../../support/clock.ts'
import { type DomainWorld, granted, must, openDomain } from '../../support/domain-world.ts'
import { startStopwatch } from '../../support/stopwatch.ts'

const anId = <Letter extends 't' | 'v'>(letter: Letter) =>
  makeId(letter, 1_700_000_000_000, new Uint8Array(10))

let world: DomainWorld
beforeAll(async () => {
  world = await openDomain()
})
afterAll(() => world.end())

let networks = 0
const elsewhere = () => ({ caller: { address: `203.0.113.${++networks}`, userAgent: 'Firefox/140.0' } })
const mute = () => undefined
const quiet = { debug: mute, info: mute, warn: mute, error: mute }

function pageOf({ tabs }: Visit): PageId {
  const tab = tabs.at(-1)
  if (!tab) throw new Error('The visit has no page.')
  return tab.page
}

describe('how a page is used', () => {
  it('V12 adds up over the pages of a visit, and a number that goes back is an older frame', async () => {
    const visit = await world.opens('/hats', elsewhere())
    world.visits.read(visit, pageOf(visit), { engagedMs: 9_000, scroll: 40 })
    world.visits.read(visit, pageOf(visit), { engagedMs: 5_000, scroll: 80 })
    world.visits.viewed(visit, pageOf(visit), { url: 'https://shop.example/caps', title: '', referrer: '' })
    world.visits.read(visit, pageOf(visit), { engagedMs: 1_000, scroll: 10 })
    expect(world.visits.find(visit.id)).toMatchObject({ engagedMs: 10_000, scroll: 10 })
    expect(world.visits.trail(visit.id)).toMatchObject([
      { engagedMs: 9_000, scroll: 80 },
      { engagedMs: 1_000, scroll: 10 },
    ])
  })

  it('V12 V14 is stored with consent, and so are events with what was told of them', async () => {
    const visit = await world.opens('/?utm_source=mail&utm_term=a+b', { ...elsewhere(), ...granted() })
    world.visits.read(visit, pageOf(visit), { engagedMs: 9_000, scroll: 40 })
    world.visits.tracked(visit, 'bought', { value: 3 }, 2)
    await world.visits.flush()
    const { visitorId } = visit
    if (!visitorId) throw new Error('Who consents is known.')
    const [view] = await world.history.visits.pageViews(visitorId, 9)
    expect(view).toMatchObject({ engagedMs: 9_000, scroll: 40 })
    expect(await world.history.visits.events(visitorId, 9)).toMatchObject([
      { name: 'bought', count: 2, properties: { value: 3 }, visitId: visit.id },
    ])
    expect(world.visits.find(visit.id)).toMatchObject({ utm: { source: 'mail', term: 'a b' } })
  })

  it('V13 says nothing of what there is nothing to say', async () => {
    const visit = await world.opens('/plain', elsewhere())
    for (const name of [
      'engagedMs',
      'scroll',
      'visits',
      'firstSeenAt',
      'utm',
      'attributes',
      'tags',
      'events',
    ])
      expect(world.visits.find(visit.id)).not.toHaveProperty(name)
  })

  it('V17 out of the back-forward cache is a new view of the same visit; a moment later it is not', async () => {
    const visit = await world.opens('/hats', elsewhere())
    const page = pageOf(visit)
    const view = { url: 'https://shop.example/hats', title: '', referrer: '' }
    world.visits.left(visit, page)
    world.clock.advance(500)
    world.visits.viewed(visit, page, view)
    expect(visit.pageViews).toBe(1)
    world.visits.left(visit, page)
    world.clock.advance(5_000)
    world.visits.viewed(visit, page, view)
    expect(visit.pageViews).toBe(2)
    expect(world.visits.trail(visit.id).map(({ leftAt }) => leftAt === null)).toEqual([false, true])
  })
})

describe('labels and visits', () => {
  it('V15 labels are bounded, and remembered of who consented', async () => {
    const leila = granted()
    const visit = await world.opens('/', leila)
    await world.visits.tag(visit, ['vip', 'vip', 'trade'])
    await world.visits.tag(
      visit,
      Array.from({ length: limits.tagCount }, (_, n) => `label ${n}`),
    )
    expect(visit.tags).toHaveLength(limits.tagCount)
    world.clock.advance(2 * 60 * 60_000)
    const again = await world.opens('/', leila)
    expect(world.visits.find(again.id)).toMatchObject({ visits: 2, tags: expect.arrayContaining(['vip']) })
    expect(world.visits.find(again.id)?.firstSeenAt).toBe(visit.startedAt)
  })
})

describe('consent that is withdrawn', () => {
  it('P27 deletes what tracking stored; who they are stays, and conversations', async () => {
    const amir = granted()
    const visit = await world.opens('/hats', amir)
    await world.visits.identify(visit, { name: 'Amir', attributes: { plan: 'gold' } })
    await world.visits.tag(visit, ['vip'])
    world.visits.tracked(visit, 'bought')
    await world.visits.flush()
    const id = visit.visitorId
    if (!id) throw new Error('Who consents is known.')
    await world.visits.keep(visit, { token: amir.token, consent: 'essential' })
    await expect.poll(() => world.history.visits.pageViews(id, 9)).toEqual([])
    expect(await world.history.visits.events(id, 9)).toEqual([])
    const stored = await world.history.visitors.find(id)
    expect(stored).toMatchObject({ name: 'Amir', attributes: {} })
    expect(stored).not.toHaveProperty('tags')
    expect(stored).not.toHaveProperty('visits')
  })

  it('P27 is made good at the next visit where the store was away, and denial ends what is seen at once', async () => {
    const { withdraw } = world.history.visits
    const leila = granted()
    const visit = await world.opens('/hats', leila)
    await world.visits.flush()
    const id = visit.visitorId
    if (!id) throw new Error('Who consents is known.')
    world.history.visits.withdraw = () => Promise.reject(new Error('away'))
    await world.visits.keep(visit, { token: leila.token, consent: 'denied' })
    expect(world.visits.find(visit.id)).toBeNull()
    await expect.poll(() => visit.kept).toBe(true)
    world.history.visits.withdraw = withdraw
    await world.opens('/hats', { ...leila, consent: 'denied' })
    await expect.poll(() => world.history.visits.pageViews(id, 9)).toEqual([])
  })
})

describe('what a browser prefers', () => {
  it.each([
    ['fa-IR,fa;q=0.9,en;q=0.8', 'fa-IR'],
    ['de', 'de'],
    ['*', undefined],
    [`${'a'.repeat(5_000)}-`, undefined],
    [undefined, undefined],
  ])('V13 is of %s: %s', (accepted, language) => {
    expect(languageOf(accepted)).toBe(language)
  })
})

describe('who is left out', () => {
  it.each([
    ['Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)', true],
    ['Mozilla/5.0 (compatible; bingbot/2.0)', true],
    ['facebookexternalhit/1.1', true],
    ['curl/8.5.0', true],
    ['Mozilla/5.0 (Linux; Android 9; CUBOT X20) Chrome/120.0.0.0 Mobile Safari/537.36', false],
    ['Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0.0.0 Safari/537.36', false],
    ['', false],
  ])('V16 %s: %s', (userAgent, left) => {
    expect(isProgram(userAgent)).toBe(left)
  })

  it('V16 looks at no more of a name than a browser has, in no time', () => {
    const name = 'a-'.repeat(5_000_000)
    const watch = startStopwatch()
    expect(isProgram(name)).toBe(false)
    watch.stop()
    expect(watch.read()).toBeLessThan(200)
  })

  it('V16 the networks a site ignores are served and not looked at', async () => {
    const { id, key: _, createdAt: __, ...draft } = world.site
    const ignore = ['198.51.100.0/24', '2001:db8::/32']
    const site = must(await world.sites.change(id, { ...draft, ignore }))
    for (const address of ['198.51.100.7', '::ffff:198.51.100.8', '2001:db8::9']) {
      const visit = await world.opens('/own', { site, caller: { address, userAgent: 'Firefox/140.0' } })
      world.visits.tracked(visit, 'bought')
      expect(world.visits.find(visit.id)).toBeNull()
      expect(world.visits.events(visit.id)).toEqual([])
    }
    const guest = await world.opens('/own', { site, ...elsewhere() })
    expect(world.visits.find(guest.id)).not.toBeNull()
  })
})

describe('what is kept long enough', () => {
  it('P28 is deleted by age, a few rows at a time, by each site’s own time', async () => {
    const { history, site } = world
    const clock = handClock()
    const visitor = (await world.opens('/', granted())).visitorId
    if (!visitor) throw new Error('Who consents is known.')
    const place = { visitId: anId('t'), visitorId: visitor, siteId: site.id }
    const at = (n: number) => clock.now() - 80 * day + n
    const views = Array.from({ length: 450 }, (_, n) => ({
      ...place,
      url: 'x',
      title: '',
      referrer: '',
      at: at(n),
    }))
    await history.visits.record(views)
    await history.visits.tell({ readings: [], events: [{ ...place, name: 'old', count: 1, at: at(0) }] })
    const deleted: number[] = []
    const expire: typeof history.visits.expire = async (...asked) => {
      const rows = await history.visits.expire(...asked)
      deleted.push(rows)
      return rows
    }
    const visits = { expire, nextSite: history.visits.nextSite }
    const stop = sweepVisits({ ...history, visits, settings: () => ({ sites: [site] }), clock, log: quiet })
    await expect.poll(() => deleted).toEqual([0])
    clock.advance(11 * day)
    await expect
      .poll(() => {
        clock.advance(100)
        return deleted.at(-1) === 0 && deleted.length > 3
      })
      .toBe(true)
    stop()
    expect(Math.max(...deleted)).toBeLessThanOrEqual(200)
    const left = await history.visits.pageViews(visitor, 500)
    expect(left.filter((view) => view.url === 'x')).toEqual([])
    expect(await history.visits.events(visitor, 9)).toEqual([])
  })
})

describe('what a view is stored with', () => {
  it('M90 has the segments as they stand once the view has been looked at', async () => {
    const stored: unknown[] = []
    const clock = handClock()
    const visit: { standing: Visit['standing'] } = { standing: undefined }
    const recorder = createVisitRecorder({
      ...{ clock, log: quiet, index: { byId: () => visit } },
      visits: { record: async (views) => void stored.push(...views), tell: async () => undefined },
    })
    const view = { visitId: anId('t'), visitorId: anId('v'), siteId: world.site.id, url: '', title: '' }
    recorder.record({ ...view, referrer: '', at: 1 })
    visit.standing = { by: { segments: [], score: null }, segments: ['buyers'], score: null }
    await recorder.flush()
    expect(stored).toMatchObject([{ at: 1, segments: ['buyers'] }])
  })
})

describe('a store that is slow', () => {
  it('S40 has so much waiting and no more; what is given up is counted in the log', () => {
    const warned: object[] = []
    const log = { ...quiet, warn: (_: string, more = {}) => void warned.push(more) }
    const never = () => new Promise<void>(() => undefined)
    const recorder = createVisitRecorder({ visits: { record: never, tell: never }, clock: handClock(), log })
    const view = { visitId: anId('t'), visitorId: anId('v'), siteId: world.site.id, url: '', title: '' }
    for (let at = 0; at < 22_200; at++) recorder.record({ ...view, referrer: '', at })
    expect(warned).toEqual([{ before: 0 }, { before: 1_000 }, { before: 2_000 }])
  })
})
