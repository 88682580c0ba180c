import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { times } from '../../../shared/limits.ts'
import { type DomainWorld, granted, must, openDomain } from '../../support/domain-world.ts'
import { aPage } from '../../support/random.ts'
import { never, shoppers } from '../../support/shoppers.ts'

let world: DomainWorld
beforeEach(async () => {
  world = await openDomain()
})
afterEach(() => world.end())

const hour = 3_600_000
const { rule, looksAt, somebody, report, chats } = shoppers(() => world)

describe('the limits of a rule', () => {
  it('T50 outlast the visit and the process, each for its time', async () => {
    const outcomes = [
      [{ kind: 'onceEver' }, 6 * hour, 'ruleOnceEver'],
      [{ kind: 'every', seconds: 10_800 }, 2 * hour, 'ruleTooSoon'],
      [{ kind: 'every', seconds: 10_800 }, 4 * hour, 'shown'],
      [{ kind: 'times', times: 1 }, hour, 'ruleOften'],
      [{ kind: 'times', times: 2 }, hour, 'shown'],
      [{ kind: 'onceASession' }, hour, 'shown'],
      [{ kind: 'onceASession' }, 60_000, 'onceASession'],
    ] as const
    for (const [often, later, because] of outcomes) {
      const greet = await rule({ limits: { often } })
      const amir = granted()
      const first = await looksAt('/', amir)
      expect(first.ask(greet).because).toBe('shown')
      await world.proactive.recorded(first.visit)
      world.clock.advance(later)
      expect((await looksAt('/', amir, world.anew())).ask(greet).because).toBe(because)
      must(await world.rules.remove(greet.id))
    }
  })

  it('T50 hold for the next visit without a restart too, and for nobody else', async () => {
    const greet = await rule({ limits: { often: { kind: 'onceEver' } } })
    const amir = granted()
    const first = await looksAt('/', amir)
    first.ask(greet)
    world.clock.advance(hour)
    const next = await looksAt('/', amir)
    expect(next.visit).not.toBe(first.visit)
    expect(next.ask(greet).because).toBe('ruleOnceEver')
    expect((await looksAt('/', granted())).ask(greet).because).toBe('shown')
  })

  it('T50 nobody is asked who may have been, while the record cannot be read', async () => {
    const greet = await rule({ limits: { often: { kind: 'onceEver' } } })
    const amir = granted()
    await looksAt('/', amir)
    world.clock.advance(hour)
    const past = world.history.exposures.past
    world.history.exposures.past = () => Promise.reject(new Error('away'))
    const { ask, visit } = await looksAt('/', amir)
    expect(ask(greet).because).toBe('undecided')
    world.history.exposures.past = past
    world.proactive.rulesFor(visit, visit.tabs[0]?.page ?? aPage())
    await expect.poll(() => ask(greet).because).toBe('shown')
  })

  it('T4 quiet after a dismissal outlasts a restart', async () => {
    const greet = await rule()
    const amir = granted()
    const { visit, ask } = await looksAt('/', amir)
    const { invitation } = ask(greet)
    if (invitation) await world.proactive.dismiss(visit, invitation.inviteId, {})
    world.clock.advance(times.proactiveQuiet - 1)
    expect((await looksAt('/', amir, world.anew())).ask(greet).because).toBe('quiet')
    world.clock.advance(1)
    expect((await looksAt('/', amir, world.anew())).ask(greet).because).toBe('shown')
  })

  it('P2 T50 of who is not remembered nothing is kept that leads to them', async () => {
    const greet = await rule()
    const { visit, ask } = await looksAt('/', { consent: 'essential' })
    expect(ask(greet).because).toBe('shown')
    expect(ask(greet).because).toBe('tooSoon')
    expect((await report(greet)).shown).toBe(1)
    const kept = granted()
    world.clock.advance(hour)
    await world.visits.keep(visit, kept)
    expect(visit.visitorId && (await world.history.erasures.held(visit.visitorId))?.exposures).toEqual([])
  })
})

describe('one budget', () => {
  it('T15 T50 a survey that was shown takes of it, also after a restart', async () => {
    const greet = await rule()
    const amir = granted()
    const { visit } = await looksAt('/', amir)
    const conversationId = await chats(visit)
    world.clock.advance(times.proactiveQuiet)
    const next = await looksAt('/', amir)
    const own = { conversationId, visitorId: next.visit.visitorId ?? never() }
    must(await world.conversations.survey(own, { type: 'showSurvey' }, {}))
    expect(next.ask(greet).because).toBe('tooSoon')
    world.clock.advance(times.proactiveSpacing)
    expect(next.ask(greet).because).toBe('onceASession')
    await world.visits.flush()
    expect((await looksAt('/', amir, world.anew())).ask(greet).because).toBe('onceASession')
  })

  it('T15 T50 an announcement takes of it, also after a restart', async () => {
    const greet = await rule()
    const amir = granted()
    const { visit } = await looksAt('/', amir)
    world.visits.entered(visit)
    const { id, name, email, role } = world.sara
    must(await world.proactive.writeToPage({ page: '*' }, 'Sale', { id, name, email, role }))
    await world.visits.flush()
    world.clock.advance(60_000)
    expect((await looksAt('/', amir, world.anew())).ask(greet).because).toBe('onceASession')
  })
})

describe('who is held out', () => {
  it('T51 is held out as often as they would be shown it, and hears the next rule meanwhile', async () => {
    const first = await rule({ holdout: 0.5, priority: 20, limits: { often: { kind: 'times', times: 2 } } })
    const second = await rule({ priority: 10 })
    const { ask, person, visit } = await somebody(true, first)
    await world.visits.flush()
    const before = (await report(first)).heldOut.n
    expect(ask(second).because).toBe('shown')
    world.clock.advance(times.proactiveSpacing)
    expect(ask(first).because).not.toBe('shown')
    const heldOutSoFar = async () => {
      await world.visits.flush()
      const { said } = await world.history.exposures.past(visit.visitorId ?? never(), { since: 0, now: 0 })
      return said.find(({ heldOut }) => heldOut)?.ever
    }
    expect(await heldOutSoFar()).toBe(1)
    for (const moments of [2, 2]) {
      world.clock.advance(hour)
      expect((await looksAt('/', person)).ask(first).because).toBe('heldOut')
      expect(await heldOutSoFar()).toBe(moments)
    }
    // A visitor counts once.
    expect((await report(first)).heldOut.n).toBe(before)
  })

  it('T51 stays so for the visit when they become known in the middle of it', async () => {
    const one = await rule({ holdout: 0.5 })
    for (let i = 0; i < 12; i++) {
      const { visit, ask } = await looksAt('/', { consent: 'essential' })
      const { because } = ask(one)
      world.clock.advance(times.proactiveSpacing)
      await world.visits.keep(visit, granted())
      expect(ask(one).because).toBe(because === 'heldOut' ? 'heldOut' : 'onceASession')
    }
  })
})
