import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { BackTestAsked } from '../../../server/domain/trials/trial.ts'
import { createTrials } from '../../../server/domain/trials/trials.ts'
import { makeId } from '../../../shared/ids.ts'
import type { RuleDraft } from '../../../shared/triggers/rule.ts'
import { type DomainWorld, granted, must, openDomain } from '../../support/domain-world.ts'
import { aClientId, aPage, aToken } from '../../support/random.ts'

let world: DomainWorld
beforeAll(async () => {
  world = await openDomain()
})
afterAll(() => world.end())
afterEach(async () => {
  for (const { id } of world.rules.list()) await world.rules.remove(id)
  // What was recorded before lies outside the next period.
  world.clock.advance(100 * 24 * 60 * 60_000)
})

const draft = (more: Partial<RuleDraft> = {}): RuleDraft => ({
  ...{ version: 2, siteId: world.site.id, name: '', enabled: false, priority: 5, when: [], say: {} },
  ...{ holdout: 0, ...more },
})

const asked = (more: Partial<RuleDraft> = {}): BackTestAsked => ({ rule: draft(more) })

const never = new AbortController().signal

/** Looks at these pages, a minute each. */
async function strolls(...paths: string[]) {
  const page = aPage()
  const token = aToken()
  const visit = await world.opens(paths[0] ?? '/', { page, ...granted(), token })
  for (const path of paths.slice(1)) {
    world.clock.advance(60_000)
    world.visits.viewed(visit, page, { url: `https://shop.example${path}`, title: path, referrer: '' })
  }
  world.visits.read(visit, page, { engagedMs: 45_000, scroll: 80 })
  world.clock.advance(60_000)
  await world.visits.flush()
  return visit
}

const test = async (more: Partial<RuleDraft> = {}) => must(await world.trials.backTest(asked(more), never))

describe('a rule tried on the past', () => {
  it('T73 goes through what was recorded, and nothing is said to anybody', async () => {
    const visit = await strolls('/', '/shoes')
    await strolls('/', '/hats')
    const result = await test({ when: [{ kind: 'url', glob: '/shoes*' }] })
    expect(result).toMatchObject({
      ...{ views: 4, visits: 2, visitors: 2, reached: { visits: 1, visitors: 1 }, isCut: false, leftOut: 0 },
      ...{ timeZone: 'UTC', filters: { site: world.site.id }, byPage: [{ page: '/shoes', visits: 1 }] },
      sample: [{ visitId: visit.id, visitorId: visit.visitorId, outcome: 'reached', page: '/shoes' }],
      load: { perDay: 1 / 30, replied: null, chatsPerDay: null, busiest: { messages: 1 } },
    })
    expect(world.proactive.shownTo(visit)).toBeNull()
    expect(result.assumes).toEqual(['consentOnly', 'nobodyReplies', 'freshStart', 'somebodyThere'])
  })

  it('T74 counts in the hours of the place it is asked for, and assumes what it is told to', async () => {
    const at = new Date(world.clock.now())
    await strolls('/')
    const told = await world.trials.backTest(
      { ...asked(), timeZone: 'Asia/Tokyo', assume: { somebodyCanAnswer: 'unknown' } },
      never,
    )
    expect(must(told)).toMatchObject({ undecided: { visits: 1 }, assumed: {} })
    const tokyo = must(await world.trials.backTest({ ...asked(), timeZone: 'Asia/Tokyo' }, never))
    const hour = (at.getUTCHours() + 9) % 24
    expect(tokyo.byHour.reduce((sum, day) => sum + (day[hour] ?? 0), 0)).toBe(1)
  })

  it('T73 knows with what they looked, which is recorded with each view', async () => {
    await strolls('/')
    const reached = async (...when: RuleDraft['when']) => (await test({ when })).reached.visits
    expect(await reached({ kind: 'device', is: 'desktop' }, { kind: 'language', anyOf: ['en'] })).toBe(1)
    expect(await reached({ kind: 'device', is: 'phone' })).toBe(0)
    const abroad = await test({ when: [{ kind: 'country', anyOf: ['IR'] }] })
    expect(abroad).toMatchObject({ reached: { visits: 0 }, undecided: { visits: 0 } })
  })

  it('T73 is held against the others that are switched on, without the one it takes the place of', async () => {
    await strolls('/')
    const other = must(
      await world.addRule(draft({ name: 'Other', enabled: true, priority: 9, say: { en: 'Hi' } })),
    )
    expect((await test()).lostTo).toEqual([{ ruleId: other.id, name: 'Other', visits: 1 }])
    const instead = must(await world.trials.backTest({ ...asked(), ruleId: other.id }, never))
    expect(instead.reached.visits).toBe(1)
  })

  it('T73 knows the times of chats', async () => {
    const visit = await strolls('/')
    const { id: visitId, siteId, visitorId } = visit
    if (!visitorId) throw new Error('Nobody to speak for.')

    await world.history.conversations.append({
      target: { kind: 'current', siteId, visitorId, newId: makeId('c', 1, new Uint8Array(10).fill(3)) },
      command: {
        ...{ type: 'message', author: { kind: 'visitor', id: visitorId }, text: 'Hello', note: false },
        clientId: aClientId(),
      },
      at: world.clock.now(),
    })
    world.clock.advance(60_000)
    world.visits.viewed(visit, aPage(), { url: 'https://shop.example/after', title: '', referrer: '' })
    world.clock.advance(1_000)
    await world.visits.flush()
    const result = await test({ when: [{ kind: 'url', glob: '/after' }] })
    expect(result.heldBack).toEqual([{ because: 'inConversation', visits: 1 }])
    expect(result.sample[0]?.visitId).toBe(visitId)
  })

  it('T73 says what answering comes to, by how many answered before', async () => {
    const rule = must(
      await world.addRule(
        draft({ name: 'Before', enabled: true, say: { en: 'Hi' }, limits: { needsSomebody: false } }),
      ),
    )
    const at = world.clock.now()
    const exposures = Array.from({ length: 20 }, (_, i) => ({
      ...{
        id: makeId('i', at, new Uint8Array(10).fill(i)),
        siteId: world.site.id,
        visitorId: null,
        visitId: null,
      },
      ...{
        at,
        by: 'rule' as const,
        ruleId: rule.id,
        heldOut: false,
        silent: false,
        variant: null,
        goal: null,
      },
    }))
    const aftermaths = exposures.slice(0, 5).map(({ id }) => ({ id, repliedAt: at + 1_000 }))
    await world.history.exposures.store({ exposures, aftermaths })
    for (let i = 0; i < 4; i++) await strolls('/')
    const { load } = must(await world.trials.backTest({ ...asked(), ruleId: rule.id }, never))
    expect(load).toMatchObject({ perDay: 4 / 30, replied: { shown: 20, replied: 5 }, chatsPerDay: 1 / 30 })
  })

  it('T73 runs one at a time, gives way, and is given up when nobody waits for it', async () => {
    for (let i = 0; i < 3; i++) await strolls('/', '/a', '/b')
    let now = 0
    let pauses = 0
    const left = new AbortController()
    const pace = {
      now: () => (now += 3),
      async pause() {
        pauses++
        if (pauses === 3) left.abort()
      },
    }
    const trials = createTrials({ ...world, pace })
    const first = trials.backTest(asked(), left.signal)
    const second = await trials.backTest(asked(), never)
    expect(second).toMatchObject({ error: { code: 'rate_limited', retryAfterMs: 2_000 } })
    expect(await first).toMatchObject({ ok: false, error: { code: 'conflict' } })
    expect(pauses).toBe(3)
    expect((await trials.backTest(asked(), never)).ok).toBe(true)
  })

  it('T75 goes through one visit step by step', async () => {
    const { id: visitId, visitorId } = await strolls('/', '/shoes')
    if (!visitorId) throw new Error('Nobody to follow.')
    const rule = draft({
      when: [
        { kind: 'url', glob: '/shoes' },
        { kind: 'secondsOnPage', atLeast: 20 },
      ],
    })
    const { steps } = must(await world.trials.steps({ rule, visitId, visitorId }))
    expect(
      steps.map(({ cause, because, findings }) => [cause.kind, because, ...findings.map((one) => one.holds)]),
    ).toEqual([
      ['view', 'conditions', false, false],
      ['view', 'conditions', true, false],
      ['time', 'shown', true, true],
    ])
    const nobody = makeId('t', 1, new Uint8Array(10))
    expect(await world.trials.steps({ rule, visitId: nobody, visitorId })).toMatchObject({
      error: { code: 'not_found' },
    })
  })

  it('T73 refuses a site that is not there', async () => {
    const elsewhere = { rule: draft({ siteId: makeId('s', 1, new Uint8Array(10)) }) }
    expect(await world.trials.backTest(elsewhere, never)).toMatchObject({
      error: { code: 'invalid', path: 'rule.siteId' },
    })
  })
})
