import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Visit } from '../../../server/domain/visits/visit.ts'
import type { PageId } from '../../../shared/ids.ts'
import { times } from '../../../shared/limits.ts'
import { type DomainWorld, must, openDomain } from '../../support/domain-world.ts'
import { aClientId, aPage, aToken } from '../../support/random.ts'

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

it('T123 what happened on a second tab happened when it did: a cart that was emptied since stays empty', async () => {
  const amir = { token: aToken(), consent: 'granted' as const }
  const [here, there] = [elsewhere(), elsewhere()]
  const first = await world.opens('/', { ...here, ...amir })
  const other = await world.opens('/hats', there)
  world.visits.tracked(other, 'cart', { items: 2 })
  world.visits.tracked(other, 'looked', {}, 3)
  world.clock.advance(60_000)
  world.visits.tracked(first, 'cart', { items: 0 })
  await world.visits.keep(other, amir)
  expect(first.latestEvents?.map(({ name, properties }) => [name, properties?.items])).toEqual([
    ['cart', 2],
    ['looked', undefined],
    ['cart', 0],
  ])
  expect(world.visits.events(first.id)).toMatchObject([
    { name: 'cart', count: 2, properties: { items: 0 } },
    { name: 'looked', count: 3 },
  ])
})

it('T50 what was said in a second tab counts for whom it turns out to belong to', async () => {
  const amir = { token: aToken(), consent: 'granted' as const }
  const [here, there] = [elsewhere(), elsewhere()]
  const rule = must(await world.addRule({ version: 2, holdout: 0, limits: { needsSomebody: false } }))
  const asks = (visit: Visit, page: PageId) =>
    world.proactive.ask(visit, { ruleId: rule.id, secondsOnPage: 5, page }).because
  const [page, second] = [aPage(), aPage()]
  const first = await world.opens('/', { ...here, ...amir, page })
  const other = await world.opens('/hats', { ...there, page: second })
  expect(asks(other, second)).toBe('shown')
  expect(await world.visits.keep(other, amir)).toBe(first)
  expect(asks(first, page)).toBe('tooSoon')
  world.clock.advance(times.proactiveSpacing)
  expect(asks(first, page)).toBe('onceASession')
})

it('T50 who wanted quiet in a second tab wants it in all of them', async () => {
  const amir = { token: aToken(), consent: 'granted' as const }
  const [here, there] = [elsewhere(), elsewhere()]
  const first = await world.opens('/', { ...here, ...amir })
  const other = await world.opens('/hats', there)
  await world.visits.quieten(other)
  expect(await world.visits.keep(other, amir)).toBe(first)
  expect(first.quietSince).toBe(world.clock.now())
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

describe('a page that comes with a token it had not before', () => {
  /** A page of somebody whose token it does not hold yet, and one of theirs that does. */
  async function twoPages(consent: 'essential' | 'granted') {
    const amir = { token: aToken(), consent }
    const page = aPage()
    const other = await world.opens('/hats', { ...elsewhere(), page })
    const first = await world.opens('/', { ...elsewhere(), ...amir })
    return { amir, page, other, first }
  }

  it('V66 is of their one visit once it connects again, and brings along what was seen, said and wanted', async () => {
    const { amir, page, other, first } = await twoPages('granted')
    const limits = { needsSomebody: false }
    const rule = must(await world.addRule({ version: 2, holdout: 0, priority: 90, limits }))
    const asked = { ruleId: rule.id, secondsOnPage: 5, page }
    expect(world.proactive.ask(other, asked)).toMatchObject({ because: 'shown' })
    world.visits.tracked(other, 'sized', { size: 9 })
    world.visits.entered(other, page)
    const came = await world.opens('/hats', { ...elsewhere(), ...amir, page, connects: true })
    expect(came).toBe(first)
    expect(world.visits.find(other.id)).toBeNull()
    expect(world.visits.everybody().filter(({ tokenHash }) => tokenHash === first.tokenHash)).toEqual([first])
    expect(paths(world.visits.trail(first.id))).toEqual(['/', '/hats'])
    expect(world.visits.events(first.id)).toMatchObject([{ name: 'sized' }])
    const stands = world.proactive.shownTo(first)
    expect(stands).toMatchObject({ ruleId: rule.id })
    expect(must(await world.proactive.say(first, asked)).invitation).toEqual(stands)
  })

  it('V66 is of it with the next view as well, whether or not it holds a line', async () => {
    const { amir, page, other, first } = await twoPages('essential')
    world.visits.entered(other, page)
    expect(await world.opens('/caps', { ...elsewhere(), ...amir, page })).toBe(first)
    expect(world.visits.find(other.id)).not.toBeNull()
    expect(await world.visits.keep(other, { ...amir, page })).toBe(first)
    expect(world.visits.find(other.id)).toBeNull()
    expect(paths(world.visits.trail(first.id))).toEqual(['/', '/hats', '/caps'])
  })

  it('V66 leaves alone the other pages of its visit, whose sockets speak for nobody yet', async () => {
    const { amir, page, other, first } = await twoPages('essential')
    const beside = aPage()
    expect(await world.opens('/sale', { ...elsewhere(), page: beside })).not.toBe(other)
    world.visits.entered(other, beside)
    expect(await world.opens('/hats', { ...elsewhere(), ...amir, page, connects: true })).toBe(first)
    expect(world.visits.find(other.id)).toMatchObject({ visitId: other.id })
    expect(other.tokenHash).toBeNull()
  })

  it('V66 is not found again by a line of before that has gone dead', async () => {
    const { amir, page, other, first } = await twoPages('essential')
    world.visits.entered(other, page)
    await world.opens('/hats', { ...elsewhere(), ...amir, page, connects: true })
    world.visits.viewed(other, page, { url: 'https://shop.example/late', title: '', referrer: '' })
    world.visits.exited(other, page)
    expect(await world.opens('/hats', { ...elsewhere(), ...amir, page })).toBe(first)
    expect(world.visits.live().filter(({ visitId }) => visitId === other.id)).toEqual([])
  })
})

describe('who leaves in the middle of a chat', () => {
  async function leavesWaiting(consent: 'essential' | 'granted') {
    const who = { ...elsewhere(), token: aToken(), consent }
    await world.opens('/sale', who)
    const visit = await world.opens('/hats', { ...who, referrer: '/sale' })
    const visitorId = must(await world.visits.ensureVisitor(visit))
    const said = { siteId: visit.siteId, visitorId, visitId: visit.id, conversationId: null, text: 'Hello' }
    const asked = must(await world.conversations.postAsVisitor({ ...said, clientId: aClientId() }, {}))
    // Each sweep is a while after the one before.
    for (let i = 0; i < 8; i++) world.clock.advance(5 * 60_000)
    expect(world.visits.byId(visit.id)).toBeNull()
    const seen = async () => paths(await world.visits.pageViews(visitorId, 10))
    return { who, visitorId, seen, conversation: asked.conversation.id }
  }
  const system = { kind: 'system' } as const

  it('V67 P2 has their trail stay with the conversation, in memory alone, until it is closed', async () => {
    const { visitorId, seen, conversation } = await leavesWaiting('essential')
    expect(await seen()).toEqual(['/hats', '/sale'])
    expect(world.visits.heldOf(visitorId)).toMatchObject([{ trail: [{}, {}] }])
    await world.visits.flush()
    expect(await world.history.visits.pageViews(visitorId, 10)).toEqual([])
    must(await world.conversations.close(conversation, system, 'inactive', {}))
    expect(await seen()).toEqual([])
  })

  it('V67 P3 P21 has it go after a day, with consent that is denied, and with an erasure', async () => {
    const [late, denies, erased] = [
      await leavesWaiting('essential'),
      await leavesWaiting('essential'),
      await leavesWaiting('essential'),
    ]
    await world.opens('/', { ...denies.who, consent: 'denied' })
    expect(await denies.seen()).toEqual([])
    must(await world.visitors.erase(erased.visitorId, world.sara))
    expect(await erased.seen()).toEqual([])
    expect(await late.seen()).toEqual(['/hats', '/sale'])
    world.clock.advance(24 * 60 * 60_000)
    expect(await late.seen()).toEqual([])
  })

  it('V67 is told once of where they had been, where that is stored', async () => {
    const { seen } = await leavesWaiting('granted')
    await world.visits.flush()
    expect(await seen()).toEqual(['/hats', '/sale'])
  })
})
