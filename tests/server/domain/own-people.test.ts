import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Caller } from '../../../server/domain/domain.ts'
import { createOwnKeys } from '../../../server/domain/visits/own-keys.ts'
import type { Visit } from '../../../server/domain/visits/visit.ts'
import { createLog } from '../../../server/log.ts'
import { systemRandom } from '../../../server/system.ts'
import { makeId } from '../../../shared/ids.ts'
import { day } from '../../../shared/limits.ts'
import type { PageViewReport } from '../../../shared/visitor.ts'
import type { Site } from '../../../shared/workspace.ts'
import { handClock } from '../../support/clock.ts'
import { type DomainWorld, granted, must, openDomain, shop } from '../../support/domain-world.ts'
import { pageOf, visitorOf } from '../../support/of-visit.ts'
import { aPage, aToken } from '../../support/random.ts'

let world: DomainWorld
beforeAll(async () => {
  world = await openDomain()
})
afterAll(() => world.end())

let networks = 0
let caller: Caller
beforeEach(() => {
  caller = { address: `203.0.113.${++networks}`, userAgent: 'Firefox/140.0' }
})
const signedIn = (): Caller => ({ ...caller, isAgent: true })
const isCounted = (visit: Visit): boolean => world.visits.find(visit.id) !== null

const counting = (): Site => ({ ...world.site, countAgents: true })

const told = () => ({ site: world.site.key, consent: 'essential', locale: 'en' }) as const

describe('an agent is signed in', () => {
  it('V68 is not looked at, and neither are the next pages of the visit', async () => {
    const visit = await world.opens('/', { caller: signedIn(), ...granted() })
    world.visits.tracked(visit, 'bought')
    await world.visits.flush()
    expect(isCounted(visit)).toBe(false)
    expect(world.visits.events(visit.id)).toEqual([])
    expect(await world.history.visits.pageViews(visitorOf(visit), 9)).toEqual([])
    expect((await world.history.visitors.find(visitorOf(visit)))?.visits).toBeUndefined()
  })

  it('V68 is counted where the site says so', async () => {
    const visit = await world.opens('/', { site: counting(), caller: signedIn() })
    expect(isCounted(visit)).toBe(true)
  })

  it('V69 what a page told before its session came along is taken back, and nobody sees it any more', async () => {
    const person = granted()
    const visit = await world.opens('/', { caller, ...person })
    world.visits.tracked(visit, 'looked')
    await world.visits.flush()
    expect(isCounted(visit)).toBe(true)
    const same = await world.opens('/', {
      caller: signedIn(),
      ...person,
      page: pageOf(visit),
      connects: true,
    })
    expect(same).toBe(visit)
    expect(isCounted(visit)).toBe(false)
    expect(world.told).toContainEqual({ what: 'visitGone', about: visit.id })
    await expect.poll(() => world.history.visits.pageViews(visitorOf(visit), 9)).toEqual([])
    expect(await world.history.visits.events(visitorOf(visit), 9)).toEqual([])
    expect(world.proactive.rulesFor(visit, pageOf(visit))).toEqual([])
  })

  it('V69 earlier visits of the same browser stay', async () => {
    const person = granted()
    const before = await world.opens('/first', { caller, ...person })
    await world.visits.flush()
    world.clock.advance(31 * 60_000)
    const visit = await world.opens('/second', { caller, ...person })
    expect(visit.id).not.toBe(before.id)
    await world.visits.flush()
    await world.opens('/second', { caller: signedIn(), ...person, page: pageOf(visit) })
    const urls = async () => (await world.history.visits.pageViews(visitorOf(visit), 9)).map(({ url }) => url)
    await expect.poll(urls).toEqual([`${shop}/first`])
  })

  it('V69 a page without a socket is known as it is left', async () => {
    const visit = await world.opens('/', { caller })
    const leaving: PageViewReport = { ...told(), page: pageOf(visit), leaving: true }
    must(await world.visits.report(leaving, signedIn()))
    expect(isCounted(visit)).toBe(false)
  })

  it('V69 a page that was told of with the session is known without it, too', async () => {
    const view = { url: `${shop}/`, title: '', referrer: '' }
    const page = aPage()
    must(await world.visits.report({ ...told(), page, view }, signedIn()))
    const visit = await world.opens('/', { caller, page, connects: true })
    expect(isCounted(visit)).toBe(false)
  })

  it('V69 what the store did not let go of is let go with the next page', async () => {
    const person = granted()
    const visit = await world.opens('/', { caller, ...person })
    await world.visits.flush()
    const { takeBack } = world.history.visits
    world.history.visits.takeBack = () => Promise.reject(new Error('The disk is away.'))
    await world.opens('/', { caller: signedIn(), ...person, page: pageOf(visit) })
    await expect.poll(() => visit.recorded).not.toBeNull()
    world.history.visits.takeBack = takeBack
    await world.opens('/next', { caller: signedIn(), ...person })
    await expect.poll(() => world.history.visits.pageViews(visitorOf(visit), 9)).toEqual([])
  })

  it('V72 each rule says why it says nothing', async () => {
    must(await world.addRule({ name: 'Greets' }))
    const visit = await world.opens('/', { caller: signedIn() })
    expect(world.proactive.why(visit.id, pageOf(visit), {})).toMatchObject([
      { name: 'Greets', because: 'leftOut', findings: [] },
    ])
  })
})

describe('a browser that an agent marks', () => {
  const addressFor = (as: 'own' | 'guest') => `/?${world.ownKeys.issue(world.site.id, as).parameter}`

  it('V70 is not counted on this page and those after it, without anything kept on the device', async () => {
    const marked = addressFor('own')
    const visit = await world.opens(marked, { caller })
    expect(isCounted(visit)).toBe(false)
    const next = await world.opens('/hats', { caller, referrer: marked })
    const afterThat = await world.opens('/caps', { caller, referrer: '/hats' })
    expect(next.id).toBe(visit.id)
    expect(afterThat.id).toBe(visit.id)
    expect(isCounted(visit)).toBe(false)
  })

  it('V70 is not counted where the site sends it on to another page', async () => {
    const visit = await world.opens('/en', { caller, referrer: addressFor('own') })
    expect(isCounted(visit)).toBe(false)
  })

  it('V70 opens it again for a day; nobody else does who was given the address', async () => {
    const marked = addressFor('own')
    await world.opens(marked, { caller })
    world.clock.advance(40 * 60_000)
    expect(isCounted(await world.opens(marked, { caller }))).toBe(false)
    const other = { ...caller, address: '198.51.100.77' }
    expect(isCounted(await world.opens(marked, { caller: other }))).toBe(true)
  })

  it('V70 with a token it is remembered with its visitor, until that is taken back or everything of them is erased', async () => {
    const person = granted()
    const visit = await world.opens(addressFor('own'), { caller, ...person })
    const id = visitorOf(visit)
    await expect.poll(async () => (await world.history.visitors.find(id))?.own).toBe(true)
    const later = world.anew().visits
    const arrival = { ...person, tokenHash: visit.tokenHash, site: world.site, caller, page: aPage() }
    const view = { url: `${shop}/later`, title: '', referrer: '' }
    const again = await later.arrive({ ...arrival, locale: 'en', view })
    expect(later.find(again.id)).toBeNull()
    await later.close()

    const guest = await world.opens(addressFor('guest'), { caller, ...person })
    expect(isCounted(guest)).toBe(true)
    await expect.poll(async () => (await world.history.visitors.find(id))?.own).toBe(false)
    must(await world.visitors.erase(id, world.sara))
    expect(await world.history.visitors.find(id)).toBeNull()
  })

  it('V70 what is remembered holds only as long as the site leaves its people out', async () => {
    const person = granted()
    const visit = await world.opens(addressFor('own'), { caller, ...person })
    await expect.poll(async () => (await world.history.visitors.find(visitorOf(visit)))?.own).toBe(true)
    world.clock.advance(31 * 60_000)
    expect(isCounted(await world.opens('/', { site: counting(), caller, ...person }))).toBe(true)
  })

  it('V70 a mark from before there was a token goes over to who shows one', async () => {
    const visit = await world.opens(addressFor('own'), { caller })
    const kept = await world.visits.keep(visit, { token: aToken(), consent: 'granted', page: pageOf(visit) })
    expect(isCounted(kept)).toBe(false)
    await expect.poll(async () => (await world.history.visitors.find(visitorOf(kept)))?.own).toBe(true)
  })

  it('V70 a visit of their token in another tab is marked with the page that joins it', async () => {
    const person = granted()
    const other = await world.opens('/other', { caller: { ...caller, address: '198.51.100.9' }, ...person })
    const visit = await world.opens(addressFor('own'), { caller })
    const joined = await world.visits.keep(visit, { ...person, page: pageOf(visit) })
    expect(joined).toBe(other)
    expect(isCounted(joined)).toBe(false)
  })
})

describe('the key of it', () => {
  const clock = handClock()
  const logged: string[] = []
  const log = createLog({ level: 'info', clock, write: (line) => void logged.push(line) })
  const keys = createOwnKeys({ clock, random: systemRandom, log })
  const at = 1_700_000_000_000
  const [site, other] = [makeId('s', at, systemRandom.bytes(10)), makeId('s', at, systemRandom.bytes(10))]
  const viewWith = (parameter: string) => ({ url: `${shop}/?a=1&${parameter}&b=2`, title: '', referrer: '' })

  it('V70 is of one site, says one thing, and cannot be made', () => {
    const { parameter } = keys.issue(site, 'own')
    expect(keys.read(viewWith(parameter), other, 'me')).toBeNull()
    expect(keys.read(viewWith(parameter.replace('own', 'guest')), site, 'me')).toBeNull()
    expect(keys.read(viewWith(`${parameter}x`), site, 'me')).toBeNull()
    expect(keys.read(viewWith('utm_content=ahlan-own.zzzzzzzzz.AAAA'), site, 'me')).toBeNull()
    expect(keys.read(viewWith('utm_content=spring'), site, 'me')).toBeNull()
    expect(keys.read(viewWith(parameter), site, 'me')).toBe('own')
  })

  it('V70 is to be opened within half an hour, and for a day by who opened it', () => {
    const { parameter, endsAt } = keys.issue(site, 'own')
    clock.advance(endsAt - clock.now() - 1)
    expect(keys.read(viewWith(parameter), site, 'me')).toBe('own')
    clock.advance(day - 1)
    expect(keys.read(viewWith(parameter), site, 'me')).toBe('own')
    clock.advance(1)
    expect(keys.read(viewWith(parameter), site, 'me')).toBeNull()
    const late = keys.issue(site, 'own')
    clock.advance(late.endsAt - clock.now())
    expect(keys.read(viewWith(late.parameter), site, 'me')).toBeNull()
  })

  it('V71 is made some at a time by each who asks, who is named in the log, and the key is not', () => {
    const [sara, omid] = [
      { id: makeId('a', at, systemRandom.bytes(10)) },
      { id: makeId('a', at, systemRandom.bytes(10)) },
    ]
    const { parameter } = must(keys.issueTo(sara, site, 'guest'))
    expect(keys.read(viewWith(parameter), site, 'me')).toBe('guest')
    expect(JSON.parse(logged[0] ?? '')).toMatchObject({
      ...{ level: 'info', event: 'ownBrowser:addressMade' },
      ...{ agent: sara.id, site, as: 'guest' },
    })
    expect(logged[0]).not.toContain(parameter.split('.').at(-1))
    const more = Array.from({ length: 20 }, () => keys.issueTo(sara, site, 'own'))
    expect(more.filter(({ ok }) => ok)).toHaveLength(19)
    expect(more.at(-1)).toMatchObject({ error: { code: 'rate_limited', retryAfterMs: 60_000 } })
    expect(logged).toHaveLength(20)
    must(keys.issueTo(omid, site, 'own'))
    clock.advance(60_000)
    must(keys.issueTo(sara, site, 'own'))
  })
})
