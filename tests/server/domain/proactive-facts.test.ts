import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Visit } from '../../../server/domain/visits/visit.ts'
import { limits, times } from '../../../shared/limits.ts'
import type { RuleDraft, RuleNode } from '../../../shared/triggers/rule.ts'
import {
  aFirstPage,
  anArrival,
  type DomainWorld,
  granted,
  must,
  openDomain,
} from '../../support/domain-world.ts'
import { aClientId, aPage } from '../../support/random.ts'

let world: DomainWorld
let page = aPage()
beforeAll(async () => {
  world = await openDomain()
})
beforeEach(() => {
  page = aPage()
})
afterEach(() => silence())
afterAll(() => world.end())

/** No rule is left, and nobody is there. */
async function silence() {
  for (const { id } of world.rules.list()) must(await world.rules.remove(id))
  if (!world.agents.somebodyCanAnswer()) return
  world.agents.disconnected(world.sara.id)
  world.clock.advance(times.agentOffline)
}

const came = (path = '/', more: Parameters<DomainWorld['opens']>[1] = {}) =>
  world.opens(path, { page, ...granted(), ...more })

/** What is left of a rule for the page of this visit: null when it is not told of it. */
async function left(visit: Visit, when: RuleNode[], more: Partial<RuleDraft> = {}) {
  const rule = must(await world.addRule({ when, ...more }))
  const told = world.proactive.rulesFor(visit, page).find(({ id }) => id === rule.id)
  await world.rules.remove(rule.id)
  return told?.when ?? null
}
const decides = async (visit: Visit, yes: RuleNode, no: RuleNode) => {
  expect(await left(visit, [yes])).toEqual([])
  expect(await left(visit, [no])).toBeNull()
}

describe('the server knows of a visit', () => {
  it('T18 its page, its title, where it came from and by which campaign', async () => {
    const visit = await came('/shoes?utm_source=newsletter', { referrer: 'https://search.example/' })
    await decides(visit, { kind: 'url', glob: '/shoes*' }, { kind: 'url', glob: '/hats*' })
    await decides(visit, { kind: 'title', glob: '/shoes*' }, { kind: 'title', glob: 'Hats' })
    await decides(visit, { kind: 'referrer', glob: '*search*' }, { kind: 'referrer', glob: '' })
    await decides(
      visit,
      { kind: 'utm', field: 'source', glob: 'news*' },
      { kind: 'utm', field: 'term', glob: '?*' },
    )
  })

  it('T18 language, device, pages seen, and that it is the first', async () => {
    const visit = await came('/', { locale: 'fa', device: 'phone' })
    await decides(visit, { kind: 'language', anyOf: ['fa'] }, { kind: 'language', anyOf: ['en'] })
    await decides(visit, { kind: 'device', is: 'phone' }, { kind: 'device', is: 'desktop' })
    await decides(visit, { kind: 'pageViews', atLeast: 1 }, { kind: 'pageViews', atLeast: 2 })
    await decides(visit, { kind: 'returning', is: false }, { kind: 'returning', is: true })
    await decides(visit, { kind: 'visits', atLeast: 1 }, { kind: 'visits', atLeast: 2 })
  })

  it('T18 what its pages say had happened, how often, how lately, and with what', async () => {
    const visit = await came()
    world.visits.tracked(visit, 'bought', { price: 12 })
    world.clock.advance(60_000)
    world.visits.tracked(visit, 'bought', { price: 5 })
    const bought = (more: object): RuleNode => ({ kind: 'event', name: 'bought', atLeast: 1, ...more })
    await decides(visit, bought({ atLeast: 2 }), bought({ atLeast: 3 }))
    await decides(visit, bought({ withinSeconds: 30 }), bought({ atLeast: 2, withinSeconds: 30 }))
    const price = (value: number) => bought({ where: { property: 'price', that: { op: 'atLeast', value } } })
    await decides(visit, price(12), price(13))
  })

  it('V9 T18 keeps of events only the latest, and of large ones only that they happened', async () => {
    const visit = await came()
    world.visits.tracked(visit, 'large', { text: 'x'.repeat(500) })
    const told = { property: 'text', that: { op: 'exists' } } as const
    expect(await left(visit, [{ kind: 'event', name: 'large', atLeast: 1, where: told }])).toBeNull()
    for (let i = 0; i < 3 * limits.eventTimes; i++) world.visits.tracked(visit, 'small')
    expect(visit.latestEvents).toHaveLength(limits.eventTimes)
    expect(await left(visit, [{ kind: 'event', name: 'large', atLeast: 1 }])).toEqual([])
  })

  it('T18 T10 a cart that was left alone, and when it will have been', async () => {
    const visit = await came()
    world.visits.tracked(visit, 'cart', { items: 2, value: 80 })
    const abandoned: RuleNode = { kind: 'cartAbandoned', seconds: 90, worth: 50 }
    expect(await left(visit, [abandoned])).toEqual([{ kind: 'secondsOnPage', atLeast: 90 }])
    world.clock.advance(90_000)
    await decides(visit, abandoned, { kind: 'cartAbandoned', seconds: 90, worth: 81 })
    world.visits.tracked(visit, 'order')
    expect(await left(visit, [abandoned])).toBeNull()
  })

  it('T123 a cart stays known however much else the page tells', async () => {
    const visit = await came()
    world.visits.tracked(visit, 'cart', { items: 2, value: 80 })
    for (let i = 0; i < 2 * limits.eventTimes; i++) world.visits.tracked(visit, 'looked at', { piece: i })
    world.clock.advance(90_000)
    const abandoned: RuleNode = { kind: 'cartAbandoned', seconds: 90 }
    await decides(visit, abandoned, { kind: 'cartAbandoned', seconds: 90, worth: 81 })
  })

  it('T123 counts within a time as many as were told together', async () => {
    const visit = await came()
    const added = (atLeast: number): RuleNode => ({
      kind: 'event',
      name: 'added',
      atLeast,
      withinSeconds: 60,
    })
    world.visits.tracked(visit, 'added', { piece: 1 })
    world.visits.tracked(visit, 'added', { piece: 7 }, 6)
    await decides(visit, added(7), added(8))
    const where = { property: 'piece', that: { op: 'atLeast', value: 7 } } as const
    const told = (atLeast: number): RuleNode => ({ kind: 'event', name: 'added', atLeast, where })
    await decides(visit, told(1), told(2))
  })

  it('T18 what is remembered of them, from this visit and from earlier ones', async () => {
    const amir = granted()
    const first = await came('/', amir)
    await world.visits.identify(first, { attributes: { plan: 'gold' } })
    await decides(first, plan('gold'), plan('silver'))
    world.clock.advance(3_600_000)
    const view = { url: 'https://shop.example/', title: '', referrer: '' }
    const second = await world
      .anew()
      .visits.arrive(anArrival({ ...aFirstPage(world.site), page, view }, amir))
    await decides(second, plan('gold'), plan('silver'))
    await decides(second, { kind: 'returning', is: true }, { kind: 'returning', is: false })
    const seen = { kind: 'lastSeen', seconds: 3_600 } as const
    await decides(second, { ...seen, ago: 'atLeast' }, { ...seen, ago: 'atMost', seconds: 60 })
    await decides(second, { kind: 'visits', atLeast: 2 }, { kind: 'visits', atLeast: 3 })
  })

  it('T18 their tags, and the country a header told', async () => {
    const visit = await came('/', { caller: { address: '192.0.2.8', userAgent: '', country: 'IR' } })
    await world.visits.tag(visit, ['vip'])
    await decides(visit, { kind: 'tag', tag: 'vip' }, { kind: 'tag', tag: 'rude' })
    await decides(visit, { kind: 'country', anyOf: ['IR', 'IQ'] }, { kind: 'country', anyOf: ['DE'] })
  })

  it('T18 when they last chatted', async () => {
    const visit = await came()
    const chatted = { kind: 'lastChat', ago: 'atMost', seconds: 60 } as const
    const { visitorId, siteId, id: visitId } = visit
    if (!visitorId) throw new Error('Nobody came.')
    const said = {
      ...{ siteId, visitorId, visitId, conversationId: null },
      clientId: aClientId(),
      text: 'Hello',
    }
    must(await world.conversations.postAsVisitor(said, {}))
    expect(await left(visit, [chatted])).toEqual([])
    world.clock.advance(61_000)
    expect(await left(visit, [chatted])).toBeNull()
  })

  it('T18 who is there to answer, and how many wait', async () => {
    const visit = await came()
    const [online, calm]: RuleNode[] = [
      { kind: 'agentsOnline', atLeast: 1 },
      { kind: 'queueBelow', below: 9 },
    ]
    if (!online || !calm) throw new Error('There are two.')
    expect(await left(visit, [online])).toBeNull()
    world.agents.connected(world.sara.id)
    expect(await left(visit, [online])).toEqual([])
    // Not known until it was counted, which nobody waits for.
    expect(await left(visit, [calm])).toBeNull()
    await expect.poll(() => left(visit, [calm])).toEqual([])
  })

  it('T10 does not tell a page what is decided, and tells it the rest', async () => {
    const visit = await came('/shoes')
    const page: RuleNode = { kind: 'any', of: [{ kind: 'scroll', atLeast: 60 }, { kind: 'exitIntent' }] }
    expect(await left(visit, [{ kind: 'url', glob: '/shoes*' }, page])).toEqual([page])
    expect(await left(visit, [{ kind: 'secondsOnSite', atLeast: 30 }])).toEqual([
      { kind: 'secondsOnPage', atLeast: 30 },
    ])
    expect(await left(visit, [{ kind: 'tag', tag: 'vip' }])).toBeNull()
  })
})

const plan = (value: string): RuleNode => ({ kind: 'attribute', name: 'plan', that: { op: 'is', value } })

describe('a rule of the present version', () => {
  const said = async (draft: Partial<RuleDraft>, ...visitors: Visit[]) => {
    const rule = must(
      await world.addRule({ version: 2, holdout: 0, limits: { needsSomebody: false }, ...draft }),
    )
    return visitors.map((visit) => {
      const [tab] = visit.tabs
      return tab && world.proactive.ask(visit, { ruleId: rule.id, secondsOnPage: 60, page: tab.page })
    })
  }

  it('T10 T6 fits by the page’s word in what only the page sees, at the second the page was told', async () => {
    const visit = await came()
    world.clock.advance(29_500)
    const when: RuleNode[] = [{ kind: 'secondsOnSite', atLeast: 30 }, { kind: 'exitIntent' }]
    const rule = must(await world.addRule({ when }))
    const ask = (secondsOnPage: number) =>
      world.proactive.ask(visit, { ruleId: rule.id, secondsOnPage, page })
    expect(ask(29).because).toBe('conditions')
    expect(ask(30).because).toBe('shown')
  })

  it('T15 is silent while nobody is there', async () => {
    expect(await said({ limits: {} }, await came())).toMatchObject([{ because: 'nobodyOnline' }])
  })

  it('T14 is not shown to who is held out, and speaks in its variants', async () => {
    expect(await said({ holdout: 0.5 }, ...(await crowd(20))).then(reasons)).toEqual(
      new Set(['heldOut', 'shown']),
    )
    await silence()
    const variants = [{ id: 'B', say: { en: 'Or {{visitor.name|you}}?' } }]
    const texts = await said({ variants, say: { en: 'Hello {{visitor.name|friend}}' } }, ...(await crowd(20)))
    expect(new Set(texts.map((one) => one?.invitation?.text))).toEqual(new Set(['Hello friend', 'Or you?']))
  })

  it('T17 calls a visitor by their name, as text', async () => {
    const visit = await came()
    await world.visits.identify(visit, { name: '{{visitor.email}}' })
    const [answer] = await said({ say: { en: 'Hello {{visitor.name|friend}}' } }, visit)
    expect(answer?.invitation?.text).toBe('Hello {{visitor.email}}')
  })
})

const reasons = (answers: ({ because: string } | undefined)[]) => new Set(answers.map((one) => one?.because))

const crowd = (size: number): Promise<Visit[]> =>
  Promise.all(Array.from({ length: size }, () => came('/', { page: aPage(), ...granted() })))
