import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { resortInTurn } from '../../../server/domain/resorting.ts'
import type { Visit } from '../../../server/domain/visits/visit.ts'
import { failure } from '../../../shared/result.ts'
import type { RuleNode } from '../../../shared/triggers/rule.ts'
import type { Segment } from '../../../shared/triggers/segments.ts'
import {
  aFirstPage,
  anArrival,
  type DomainWorld,
  granted,
  must,
  openDomain,
  shop,
} from '../../support/domain-world.ts'
import { aPage } from '../../support/random.ts'

let world: DomainWorld
beforeAll(async () => {
  world = await openDomain()
})
beforeEach(async () => {
  for (const { id } of world.rules.list()) must(await world.rules.remove(id))
  await scoring([])
  for (const { id } of world.segments.list().toReversed()) must(await world.segments.remove(id))
})
afterAll(() => world.end())

const onPrices: RuleNode = { kind: 'url', glob: '/prices*' }
const segment = (name: string, when: RuleNode[]) =>
  world.segments.create({ siteId: world.site.id, name, when })
const scoring = (parts: { id: string; points: number; when: RuleNode[] }[], halfLifeSeconds = 3_600) =>
  world.leadScores.set(world.site.id, {
    halfLifeSeconds,
    parts: parts.map((part) => ({ ...part, name: part.id })),
  })
const live = (visit: Visit) => world.visits.find(visit.id)
const told = async (visit: Visit, page: Visit['tabs'][number]['page'], when: RuleNode[]) => {
  const rule = must(await world.addRule({ when, limits: { needsSomebody: false } }))
  const found = world.proactive.rulesFor(visit, page).some(({ id }) => id === rule.id)
  must(await world.rules.remove(rule.id))
  return found
}

describe('segments', () => {
  it('V40 T21 hold who fits, in the list and for rules, and follow what the visitor does', async () => {
    must(await segment('Buyers', [onPrices]))
    const page = aPage()
    const visit = await world.opens('/', { page, ...granted() })
    expect(live(visit)?.segments).toBeUndefined()
    expect(await told(visit, page, [{ kind: 'segment', segment: 'Buyers' }])).toBe(false)
    world.visits.viewed(visit, page, { url: 'https://shop.example/prices', title: '', referrer: '' })
    expect(live(visit)?.segments).toEqual(['Buyers'])
    expect(await told(visit, page, [{ kind: 'segment', segment: 'Buyers' }])).toBe(true)
  })

  it('V40 follow what time alone changes, in turn', async () => {
    must(await segment('Staying', [{ kind: 'secondsOnSite', atLeast: 60 }]))
    const visit = await world.opens('/', granted())
    const stop = resortInTurn({ ...world, audience: world.announcer })
    world.clock.advance(30_000)
    expect(live(visit)?.segments).toBeUndefined()
    world.visits.entered(visit)
    world.told.length = 0
    world.clock.advance(45_000)
    expect(live(visit)?.segments).toEqual(['Staying'])
    expect(world.told).toContainEqual({ what: 'visitChanged', about: visit.id })
    stop()
  })

  it('V40 are worked out anew for no more visitors at a time than everybody else can wait for', async () => {
    must(await segment('Staying', [{ kind: 'secondsOnSite', atLeast: 60 }]))
    const visits = await Promise.all(Array.from({ length: 4 }, () => world.opens('/', granted())))
    for (const visit of visits) world.visits.entered(visit)
    let ms = 0
    const stop = resortInTurn({ ...world, audience: world.announcer, pace: { now: () => (ms += 10) } })
    world.clock.advance(59_800)
    world.told.length = 0
    world.clock.advance(500)
    const changed = () => world.told.filter(({ what }) => what === 'visitChanged').length
    expect(changed()).toBe(1)
    world.clock.advance(60_000)
    expect(visits.map((visit) => live(visit)?.segments)).toEqual(visits.map(() => ['Staying']))
    stop()
  })

  it('V40 are nothing to whoever visits a site that has none', async () => {
    expect((await world.opens('/prices')).standing).toBeUndefined()
  })

  it('T19 whose name is a step in an address can be asked for and removed all the same', async () => {
    for (const name of ['.', '..']) {
      const { id } = must(await segment(name, [onPrices]))
      expect(new URL(`https://chat.example/segments/${encodeURIComponent(id)}`).pathname).toBe(
        `/segments/${encodeURIComponent(id)}`,
      )
    }
  })

  it('T19 T22 that ask for each other, or for what is not there, are refused', async () => {
    const first = must(await segment('First', [onPrices]))
    must(await segment('Second', [{ kind: 'segment', segment: 'First' }]))
    const ring = await world.segments.change(first.id, {
      ...draftOf(first),
      when: [{ kind: 'segment', segment: 'Second' }],
    })
    expect(ring).toMatchObject({ ok: false, error: { message: expect.stringContaining('“Second”') } })
    expect(await segment('Third', [{ kind: 'not', of: [{ kind: 'teamOnline', team: 'Nobody' }] }])).toEqual(
      failure('invalid', 'There is no team “Nobody”.', {
        path: 'when.0.of.0.team',
        refusal: { is: 'unknown', name: 'Nobody' },
      }),
    )
  })

  it('T22 stay while something asks for them, and say what', async () => {
    const buyers = must(await segment('Buyers', [onPrices]))
    const asks: RuleNode[] = [{ kind: 'segment', segment: buyers.id }]
    must(await segment('Keen', asks))
    must(await world.addRule({ name: 'Welcome', when: asks }))
    must(await scoring([{ id: 'keen', points: 5, when: asks }]))
    const refused = await world.segments.remove(buyers.id)
    const message = expect.stringMatching(/rule “Welcome”.*segment “Keen”.*lead score/)
    expect(refused).toMatchObject({ ok: false, error: { code: 'conflict', message } })
  })

  it('T22 of one name are told apart', async () => {
    expect(must(await segment('Buyers', [onPrices])).id).toBe('Buyers')
    expect(must(await segment('Buyers', [onPrices])).id).toBe('Buyers 2')
  })
})

const draftOf = ({ siteId, name, when }: Segment) => ({ siteId, name, when })

describe('the lead score', () => {
  it('V40 T20 is in the list with its reasons, fades, and decides rules', async () => {
    must(await scoring([{ id: 'prices', points: 20, when: [onPrices] }], 1_200))
    const page = aPage()
    const visit = await world.opens('/prices', { page, ...granted() })
    const at = world.clock.now()
    expect(live(visit)?.score).toEqual({
      points: 20,
      reasons: [{ name: 'prices', points: 20, left: 20, at }],
    })
    expect(await told(visit, page, [{ kind: 'leadScore', atLeast: 15 }])).toBe(true)
    world.clock.advance(1_200_000)
    world.visits.viewed(visit, page, { url: 'https://shop.example/', title: '', referrer: '' })
    expect(live(visit)?.score?.points).toBe(10)
    expect(await told(visit, page, [{ kind: 'leadScore', atLeast: 15 }])).toBe(false)
  })

  it('V41 is remembered with consent, and goes with it', async () => {
    must(await scoring([{ id: 'prices', points: 20, when: [onPrices] }]))
    const amir = granted()
    const { visitorId } = await world.opens('/prices', amir)
    if (!visitorId) throw new Error('nobody is remembered')
    const held = async () => (await world.history.visitors.find(visitorId))?.scoreHeld
    await expect.poll(held).toEqual({ prices: world.clock.now() })
    world.clock.advance(3_600_000)
    const again = await world.anew().visits.arrive(arrivalOf('/', amir))
    expect(again.standing?.score?.points).toBe(10)
    await world.opens('/', { ...amir, consent: 'essential' })
    await expect.poll(held).toBeUndefined()
  })

  it('V61 of a part that is no more nothing is remembered', async () => {
    must(await scoring([{ id: 'prices', points: 20, when: [onPrices] }]))
    const visit = await world.opens('/prices', granted())
    const { visitorId } = visit
    if (!visitorId) throw new Error('nobody is remembered')
    const held = async () => (await world.history.visitors.find(visitorId))?.scoreHeld
    await expect.poll(held).toHaveProperty('prices')
    must(await scoring([{ id: 'any', points: 5, when: [{ kind: 'url', glob: '*' }] }]))
    world.visits.touched(visit, 'active')
    await expect.poll(held).toEqual({ any: world.clock.now() })
  })

  it('T20 takes no part that nobody could ever count', async () => {
    const refused = await scoring([{ id: 'leaving', points: 5, when: [{ kind: 'exitIntent' }] }])
    expect(refused).toMatchObject({ ok: false, error: { path: 'parts.0.when.0' } })
  })
})

const arrivalOf = (path: string, who: ReturnType<typeof granted>) =>
  anArrival({ ...aFirstPage(world.site), view: { url: shop + path, title: '', referrer: '' } }, who)

describe('the house', () => {
  it('T18 T22 its teams are online when one of them is, and stay while a rule asks', async () => {
    const team = must(await world.teams.create({ name: 'Sales', agents: [world.sara.id] }))
    const page = aPage()
    const visit = await world.opens('/', { page, ...granted() })
    const asks: RuleNode[] = [{ kind: 'teamOnline', team: team.id }]
    expect(await told(visit, page, asks)).toBe(false)
    world.agents.connected(world.sara.id)
    expect(await told(visit, page, asks)).toBe(true)
    world.agents.disconnected(world.sara.id)
    const rule = must(await world.addRule({ when: asks }))
    expect(await world.teams.remove(team.id)).toMatchObject({ ok: false, error: { code: 'conflict' } })
    must(await world.rules.remove(rule.id))
    must(await world.teams.remove(team.id))
  })

  it('T21 its calendars are the hours of rules that name them; one that is missing decides nothing', async () => {
    const always = { name: 'Always', timeZone: 'UTC', weekly: [] }
    const calendar = must(await world.calendars.create(always))
    const page = aPage()
    const visit = await world.opens('/', { page, ...granted() })
    const asks: RuleNode = { kind: 'schedule', timeZone: 'UTC', weekly: [], calendar: calendar.id }
    expect(await told(visit, page, [asks])).toBe(true)
    must(await world.calendars.change(calendar.id, { ...always, last: '2001-01-01' }))
    expect(await told(visit, page, [asks])).toBe(false)
    must(await world.calendars.remove(calendar.id))
    expect(await world.addRule({ when: [asks] })).toMatchObject({
      ok: false,
      error: { path: 'when.0.calendar' },
    })
    const facts = world.proactive.watching({ when: [asks] })(visit)
    expect(facts?.calendars?.size).toBe(0)
  })

  it('T23 pages hear of a queue that comes to decide their rule, from the first count on', async () => {
    const news: unknown[] = []
    const stop = world.proactive.onNews((of) => news.push(of))
    must(await world.addRule({ when: [{ kind: 'queueBelow', below: 2 }] }))
    const visit = await world.opens('/', { page: aPage() })
    world.proactive.standingOf(visit)
    await expect.poll(() => news).toEqual([null])
    world.clock.advance(60_000)
    world.proactive.standingOf(visit)
    await world.history.conversations.count()
    expect(news).toEqual([null])
    stop()
  })

  it('T23 and a visitor’s pages of a segment that comes to hold them', async () => {
    must(await segment('Buyers', [onPrices]))
    expect(world.proactive.listensFor('url', world.site.id)).toBe(false)
    must(await world.addRule({ when: [{ kind: 'segment', segment: 'Buyers' }] }))
    expect(world.proactive.listensFor('url', world.site.id)).toBe(true)
    const page = aPage()
    const visit = await world.opens('/', { page, ...granted() })
    const news: unknown[] = []
    const stop = world.proactive.onNews((of) => news.push(of))
    world.visits.viewed(visit, page, { url: 'https://shop.example/prices', title: '', referrer: '' })
    expect(news).toEqual([visit.id])
    stop()
  })
})
