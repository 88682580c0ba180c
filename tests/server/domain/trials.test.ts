import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createTrials } from '../../../server/domain/trials/trials.ts'
import { makeId } from '../../../shared/ids.ts'
import type { RuleDraft } from '../../../shared/triggers/rule.ts'
import { type DomainWorld, granted, must, openDomain } from '../../support/domain-world.ts'
import { aPage } from '../../support/random.ts'

let world: DomainWorld
beforeAll(async () => {
  world = await openDomain()
})
afterAll(() => world.end())
afterEach(async () => {
  for (const { id } of world.rules.list()) await world.rules.remove(id)
  // Whoever was there is gone.
  world.clock.advance(60 * 60_000)
})

const draft = (more: Partial<RuleDraft> = {}): RuleDraft => ({
  ...{ version: 2, siteId: world.site.id, name: '', enabled: false, priority: 5, when: [], say: {} },
  ...{ limits: { needsSomebody: false }, holdout: 0, ...more },
})

const comes = (path: string, from = '192.0.2.1') =>
  world.opens(path, {
    ...{ page: aPage(), ...granted() },
    caller: { address: from, userAgent: 'Mozilla/5.0 (X11) Chrome/156.0.1.2 Safari/537.36' },
  })

describe('a rule that is tried on somebody', () => {
  it('T71 stands among the others, switched on, and leaves no trace', async () => {
    const visit = await comes('/')
    expect(must(world.trials.try({ rule: draft() }, visit.id)).because).toBe('shown')
    must(await world.addRule(draft({ enabled: true, name: 'First', say: { en: 'Hello' } })))
    expect(must(world.trials.try({ rule: draft() }, visit.id)).because).toBe('outranked')
    expect(must(world.trials.try({ rule: draft({ priority: 6 }) }, visit.id)).because).toBe('shown')
    expect(world.proactive.decisions(visit.id)).toEqual([])
    expect(world.proactive.shownTo(visit)).toBeNull()
  })

  it('T71 takes the place of the rule that it changes, and has said what that one said', async () => {
    const page = aPage()
    const visit = await world.opens('/', { page, ...granted() })
    const rule = must(await world.addRule(draft({ enabled: true, name: 'First', say: { en: 'Hello' } })))
    expect(must(world.trials.try({ rule: draft({ priority: 1 }), ruleId: rule.id }, visit.id)).because).toBe(
      'shown',
    )
    world.proactive.ask(visit, { ruleId: rule.id, secondsOnPage: 0, page })
    world.clock.advance(60_000)
    const often: RuleDraft['limits'] = { needsSomebody: false, often: { kind: 'onceEver' } }
    const again = world.trials.try({ rule: draft({ limits: often }), ruleId: rule.id }, visit.id)
    expect(must(again).because).toBe('onceASession')
  })

  it('T71 is not found for a visit that is not there, or is of another site', async () => {
    const visit = await comes('/')
    const elsewhere = draft({ siteId: makeId('s', 1, new Uint8Array(10)) })
    expect(world.trials.try({ rule: elsewhere }, visit.id)).toMatchObject({ error: { code: 'not_found' } })
    const nobody = makeId('t', 1, new Uint8Array(10))
    expect(world.trials.try({ rule: draft() }, nobody)).toMatchObject({ error: { code: 'not_found' } })
  })
})

describe('how many fit a rule now', () => {
  it('T72 counts who is there by the conditions, and apart from them those of whom only their page knows', async () => {
    await comes('/shoes/1')
    await comes('/shoes/2')
    await comes('/hats')
    const url = { kind: 'url', glob: '/shoes*' } as const
    expect(must(await world.trials.matching({ rule: draft({ when: [url] }) }))).toEqual({
      ...{ live: 3, matching: 2, undecided: 0 },
    })
    const leaving = draft({ when: [url, { kind: 'exitIntent' }] })
    expect(must(await world.trials.matching({ rule: leaving }))).toEqual({
      ...{ live: 3, matching: 0, undecided: 2 },
    })
  })

  it('T72 counts anew after a second', async () => {
    const rule = draft()
    await comes('/')
    expect(must(await world.trials.matching({ rule })).live).toBe(1)
    await comes('/')
    expect(must(await world.trials.matching({ rule })).live).toBe(1)
    world.clock.advance(1_000)
    expect(must(await world.trials.matching({ rule })).live).toBe(2)
  })

  it('T72 gives way between slices, however many are there', async () => {
    for (let i = 0; i < 25; i++) await comes('/')
    let [now, longest, since, pauses] = [0, 0, 0, 0]
    const pace = {
      // Each look at the time takes one ms, so each visitor does.
      now: () => now++,
      async pause() {
        longest = Math.max(longest, now - since)
        since = now
        pauses++
      },
    }
    const trials = createTrials({ ...world, pace })
    expect(must(await trials.matching({ rule: draft() })).live).toBe(25)
    expect(pauses).toBeGreaterThan(4)
    expect(longest).toBeLessThan(10)
  })

  it('T72 refuses when too many counts wait, and for a site that is not there', async () => {
    await comes('/')
    const asked = Array.from({ length: 60 }, (_, i) =>
      world.trials.matching({ rule: draft({ when: [{ kind: 'pageViews', atLeast: i }] }) }),
    )
    const codes = (await Promise.all(asked)).map((answer) => (answer.ok ? 'ok' : answer.error.code))
    expect(new Set(codes)).toEqual(new Set(['ok', 'rate_limited']))
    const elsewhere = draft({ siteId: makeId('s', 1, new Uint8Array(10)) })
    expect(await world.trials.matching({ rule: elsewhere })).toMatchObject({
      error: { code: 'invalid', path: 'rule.siteId' },
    })
  })
})
