import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { HistoryUnavailable } from '../../../server/history/history.ts'
import { day } from '../../../shared/limits.ts'
import { type DomainWorld, granted, must, openDomain } from '../../support/domain-world.ts'
import { type Looks, never, shoppers } from '../../support/shoppers.ts'

let world: DomainWorld
beforeEach(async () => {
  world = await openDomain()
})
afterEach(() => world.end())

const hour = 3_600_000
const { rule, looksAt, somebody, report, says, chats } = shoppers(() => world)

describe('a goal', () => {
  const bought = { kind: 'event', name: 'bought', withinSeconds: 3_600 } as const

  it.each([
    [
      'a page',
      { kind: 'url', glob: '/thanks*', withinSeconds: 60 },
      async (one: Looks) => one.goesTo('/thanks'),
    ],
    ['an event', bought, (one: Looks) => world.visits.tracked(one.visit, 'bought')],
    ['a chat', { kind: 'chat', withinSeconds: 60 }, (one: Looks) => says(one.visit, 'Hi')],
  ] as const)('T52 T53 %s, is reached by who is shown it and by who is held out', async (_, goal, does) => {
    const one = await rule({ holdout: 0.5, goal })
    for (const heldOut of [true, false]) await does(await somebody(heldOut, one))
    for (const heldOut of [true, false]) await somebody(heldOut, one)
    world.clock.advance(2 * hour)
    const { heldOut, ...shown } = await report(one)
    expect([heldOut.goal.reached, shown.goal.reached]).toEqual([1, 1])
    expect(heldOut.goal.n + shown.goal.n).toBe(heldOut.n + shown.shown)
  })

  it('T53 is reached on a later visit, after a restart, and once', async () => {
    const one = await rule({ goal: { ...bought, withinSeconds: 7 * 86_400 } })
    const amir = granted()
    const { ask, visit } = await looksAt('/', amir)
    ask(one)
    world.visits.tracked(visit, 'looked')
    await world.visits.flush()
    world.clock.advance(2 * day)
    const again = world.anew()
    const next = await looksAt('/', amir, again)
    again.visits.tracked(next.visit, 'bought')
    expect((await report(one, again)).goal).toEqual({ n: 0, reached: 0, open: 1 })
    world.clock.advance(6 * day)
    expect((await report(one)).goal).toEqual({ n: 1, reached: 1, open: 0 })
  })

  it('T53 counts only within its time, and not for what was so before', async () => {
    const one = await rule({ goal: { kind: 'url', glob: '/*', withinSeconds: 60 } })
    const { ask, goesTo } = await looksAt('/', granted())
    ask(one)
    world.clock.advance(61_000)
    goesTo('/late')
    expect((await report(one)).goal).toEqual({ n: 1, reached: 0, open: 0 })
  })

  it('T53 a rating counts when it is good enough', async () => {
    const one = await rule({ goal: { kind: 'rating', atLeast: 4, withinSeconds: 3_600 } })
    const { ask, visit } = await looksAt('/', granted())
    ask(one)
    const conversationId = await chats(visit)
    const own = { conversationId, visitorId: visit.visitorId ?? never() }
    const rate = (rating: 3 | 4) => world.conversations.survey(own, { type: 'rate', rating, comment: '' }, {})
    must(await rate(3))
    await world.visits.flush()
    world.clock.advance(60_000)
    must(await rate(4))
    world.clock.advance(2 * hour)
    expect((await report(one)).goal.reached).toBe(1)
  })
})

describe('what came of it', () => {
  it('T52 is told from shown over seen and opened to replied, with the conversation', async () => {
    const one = await rule()
    const { ask, visit } = await looksAt('/', granted())
    const { invitation } = ask(one)
    if (!invitation) return never()
    expect(await report(one)).toMatchObject({ shown: 1, seen: 0, opened: 0, replied: 0 })
    world.proactive.seen(visit, invitation.inviteId)
    world.proactive.opened(visit, invitation.inviteId, {}, {})
    expect(await report(one)).toMatchObject({ seen: 1, opened: 1, replied: 0 })
    const { conversation } = await says(visit, 'Yes')
    expect(await report(one)).toMatchObject({ replied: 1 })
    const held = visit.visitorId && (await world.history.erasures.held(visit.visitorId))
    expect(held?.exposures).toMatchObject([{ conversationId: conversation.id, variant: null, by: 'rule' }])
  })

  it('P27 P21 is of nobody any more once consent is withdrawn, and is still counted', async () => {
    const one = await rule()
    const amir = granted()
    const { ask, visit } = await looksAt('/', amir)
    ask(one)
    await world.visits.flush()
    const { visitorId } = visit
    await looksAt('/', { ...amir, consent: 'essential' })
    await expect
      .poll(async () => visitorId && (await world.history.erasures.held(visitorId))?.exposures)
      .toEqual([])
    expect((await report(one)).shown).toBe(1)
  })

  it('P27 is not stored after consent is withdrawn, where the store was away meanwhile', async () => {
    const one = await rule()
    const amir = granted()
    const store = world.history.exposures.store
    const { ask, visit } = await looksAt('/', amir)
    ask(one)
    const { visitorId } = visit
    world.history.exposures.store = () => Promise.reject(new HistoryUnavailable('away'))
    const underWay = world.visits.flush()
    const withdrawn = vi.spyOn(world.history.visits, 'withdraw')
    await Promise.all([underWay, looksAt('/', { ...amir, consent: 'essential' })])
    await expect.poll(() => withdrawn.mock.settledResults[0]?.type).toBe('fulfilled')
    world.history.exposures.store = store
    await world.visits.flush()
    expect(visitorId && (await world.history.erasures.held(visitorId))?.exposures).toEqual([])
  })

  it('T52 is noted of each of the many who were told at the same time', async () => {
    const one = await rule()
    const people = await Promise.all(Array.from({ length: 101 }, () => looksAt('/', granted())))
    const told = people.map(({ ask, visit }) => ({ visit, invitation: ask(one).invitation }))
    const { visit, invitation } = told.at(-1) ?? never()
    world.proactive.seen(visit, invitation?.inviteId ?? never())
    expect(await report(one)).toMatchObject({ shown: 101, seen: 1 })
  })

  it('S40 waits for a store that is away, and is stored when it is back', async () => {
    const one = await rule()
    const store = world.history.exposures.store
    world.history.exposures.store = () => Promise.reject(new HistoryUnavailable('away'))
    const { ask, visit } = await looksAt('/', granted())
    expect(ask(one).because).toBe('shown')
    await world.proactive.recorded(visit)
    expect((await report(one)).shown).toBe(0)
    world.history.exposures.store = store
    expect((await report(one)).shown).toBe(1)
  })
})

describe('a segment', () => {
  it('T116 is noted with each moment of a rule, of who hears it and of who is held out, as it was then', async () => {
    const when = [{ kind: 'url' as const, glob: '/sale*' }]
    const { id } = must(await world.segments.create({ siteId: world.site.id, name: 'Bargains', when }))
    const one = await rule({ holdout: 0.5 })
    const at = async (path: string) => {
      const { ask, goesTo } = await looksAt(path, granted())
      ask(one)
      goesTo('/elsewhere')
    }
    for (let n = 0; n < 12; n++) await at(n < 8 ? '/sale' : '/about')
    await world.visits.flush()
    const period = { from: 0, to: world.clock.now() + 1, ruleId: one.id }
    const eligible = async (segment?: string) => {
      const { rules } = await world.reporting.proactive({ ...period, segment })
      const [{ eligible: all = 0, heldOut, shown = 0 } = never()] = rules
      expect(heldOut.n + shown).toBe(all)
      return all
    }
    expect(await eligible()).toBe(12)
    expect(await eligible(id)).toBe(8)
  })
})
