import { afterEach, beforeEach, expect, it } from 'vitest'
import { times } from '../../../shared/limits.ts'
import type { CalledBy } from '../../../shared/triggers/decide.ts'
import type { RuleDraft } from '../../../shared/triggers/rule.ts'
import { type DomainWorld, granted, must, openDomain } from '../../support/domain-world.ts'
import { aPage } from '../../support/random.ts'
import { shoppers } from '../../support/shoppers.ts'

let world: DomainWorld
beforeEach(async () => {
  world = await openDomain()
})
afterEach(() => world.end())

const { report } = shoppers(() => world)

/** A page that calls for rules by name; its conditions never hold. */
async function calls(consent: 'granted' | 'denied' = 'granted') {
  const page = aPage()
  const visit = await world.opens('/', { page, ...granted(), consent })
  const rule = async (more: Partial<RuleDraft> = {}) =>
    must(await world.addRule({ when: [{ kind: 'url', glob: '/never' }], ...more }))
  const call = ({ id: ruleId }: { id: Parameters<DomainWorld['rules']['byId']>[0] }, called: CalledBy) =>
    world.proactive.ask(visit, { ruleId, secondsOnPage: 3, page, called })
  return { visit, page, rule, call }
}

it('T31 a rule that the site calls for speaks whatever its conditions say, and whatever ranks higher', async () => {
  const { visit, page, rule, call } = await calls()
  await world.addRule({ priority: 100 })
  const called = await rule()
  const plain = world.proactive.ask(visit, { ruleId: called.id, secondsOnPage: 3, page })
  expect(plain.because).toBe('conditions')
  expect(call(called, 'page')).toMatchObject({ because: 'shown', invitation: { ruleId: called.id } })
})

it('T31 by code alone it keeps to what one visitor is to bear, and to the lot', async () => {
  const { rule, call } = await calls()
  const often = await rule({ limits: { needsSomebody: false, often: { kind: 'onceEver' } } })
  expect(call(often, 'page').because).toBe('shown')
  world.clock.advance(times.proactiveSpacing)
  expect(call(await rule(), 'page').because).toBe('onceASession')
  const half = await rule({ holdout: 0.5 })
  const others = await Promise.all(Array.from({ length: 24 }, () => calls()))
  const heard = new Set(others.map((other) => other.call(half, 'page').because))
  expect(heard).toEqual(new Set(['shown', 'heldOut']))
})

it('T31 by a click of the visitor it is an answer to them: said again, in quiet times, and to everybody', async () => {
  const { visit, rule, call } = await calls()
  const asked = await rule({ holdout: 0.5, limits: { needsSomebody: false, often: { kind: 'onceEver' } } })
  for (let i = 0; i < 3; i++) {
    const { invitation, because } = call(asked, 'visitor')
    expect(because).toBe('shown')
    if (invitation) await world.proactive.dismiss(visit, invitation.inviteId, {})
  }
  // It says nothing of what the rule does by itself.
  expect((await report(asked)).shown).toBe(0)
})

it('T82 by a click it is on record with its rule: for what may be said once ever, also after a restart, and for why', async () => {
  const { visit, page, rule, call } = await calls()
  const limits = { needsSomebody: false, often: { kind: 'onceEver' as const } }
  const asked = await rule({ limits, when: [] })
  const at = world.clock.now()
  const { invitation } = call(asked, 'visitor')
  if (invitation) await world.proactive.dismiss(visit, invitation.inviteId, {})
  expect(world.proactive.why(visit.id)).toMatchObject([{ ruleId: asked.id, spokeAt: at }])
  await world.proactive.recorded(visit)
  world.clock.advance(times.proactiveQuiet + 1)
  const later = world.anew()
  const arriving = {
    tokenHash: visit.tokenHash,
    consent: 'granted',
    locale: 'en',
    device: 'desktop',
  } as const
  const caller = { address: '192.0.2.7', userAgent: '' }
  const view = { url: 'https://shop.example/', title: '', referrer: '' }
  const again = await later.visits.arrive({ ...arriving, site: world.site, page, caller, view })
  const told = await later.proactive.say(again, { ruleId: asked.id, secondsOnPage: 3, page })
  expect(must(told).because).toBe('ruleOnceEver')
  expect(later.proactive.why(again.id)).toMatchObject([{ because: 'ruleOnceEver', spokeAt: at }])
  await later.visits.close()
})

it('T82 called for and dismissed for ever, it fills no record', async () => {
  const { visit, rule, call } = await calls()
  const [asked, told] = [await rule(), await rule({ action: { kind: 'event', name: 'guide' } })]
  for (let i = 0; i < 40; i++) {
    const { invitation } = call(asked, 'visitor')
    if (invitation) await world.proactive.dismiss(visit, invitation.inviteId, {})
    expect(call(told, 'visitor').because).toBe('shown')
  }
  await world.proactive.recorded(visit)
  if (!visit.visitorId) throw new Error('Nobody is remembered.')
  const kept = await world.history.exposures.ofVisitor(visit.visitorId, 1_000)
  expect(kept.filter(({ ruleId }) => ruleId === asked.id)).toHaveLength(10)
  expect(kept).toHaveLength(20)
  expect([(await report(asked)).shown, (await report(told)).shown]).toEqual([0, 0])
})

it('T31 called for again while it stands there, it is the same one, and counts once', async () => {
  const { visit, rule, call } = await calls()
  const asked = await rule()
  const first = call(asked, 'visitor').invitation
  for (let i = 0; i < 3; i++) expect(call(asked, 'visitor')).toEqual({ invitation: first, because: 'shown' })
  expect(world.proactive.standingOf(visit)?.standing.history.shownThisVisit).toBe(1)
})

it.each(['page', 'visitor'] as const)(
  'T31 called by the %s it says nothing without consent, with nobody there, or when it is off',
  async (by) => {
    const denied = await calls('denied')
    expect(denied.call(await denied.rule(), by).because).toBe('consent')
    const { rule, call } = await calls()
    expect(call(await rule({ enabled: false }), by).because).toBe('unknown')
    world.agents.disconnected(world.sara.id)
    world.clock.advance(times.agentOffline)
    expect(call(await rule({ version: 2, limits: { needsSomebody: true } }), by).because).toBe('nobodyOnline')
  },
)
