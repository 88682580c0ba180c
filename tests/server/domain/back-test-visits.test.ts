import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BackTestAsked, ListedOutcome, Trials } from '../../../server/domain/trials/trial.ts'
import { createTrials } from '../../../server/domain/trials/trials.ts'
import type { VisitId } from '../../../shared/ids.ts'
import { type DomainWorld, granted, must, openDomain } from '../../support/domain-world.ts'
import { aPage, aToken } from '../../support/random.ts'

let world: DomainWorld
/** The visits to the prices, the latest first; every other visitor comes twice. */
const reached: VisitId[] = []
const earliest = { ...granted(), token: aToken() }
beforeAll(async () => {
  world = await openDomain()
  for (let i = 0; i < 30; i++) {
    const visits = await comes(
      i % 2 === 0 ? ['/prices', '/prices'] : ['/prices'],
      i === 0 ? earliest : undefined,
    )
    reached.unshift(...visits.reverse())
  }
  await comes(['/about'])
})
afterAll(() => world.end())

/** One visitor, whose visits begin with these pages. */
async function comes(paths: readonly string[], kept = { ...granted(), token: aToken() }): Promise<VisitId[]> {
  const visits: VisitId[] = []
  for (const path of paths) {
    const page = aPage()
    const visit = await world.opens(path, { page, ...kept })
    visits.push(visit.id)
    world.visits.left(visit, page)
    world.clock.advance(60 * 60_000)
  }
  await world.visits.flush()
  return visits
}

const asked = (more: Partial<BackTestAsked> = {}): BackTestAsked => ({
  rule: {
    ...{ version: 2, siteId: world.site.id, name: '', enabled: false, priority: 5, say: {} },
    ...{ holdout: 0, when: [{ kind: 'url', glob: '/prices' }] },
  },
  ...more,
})
const never = new AbortController().signal

async function partsOf(limit: number, more: { outcome?: ListedOutcome } = {}, trials: Trials = world.trials) {
  const parts: VisitId[][] = []
  for (let cursor: string | undefined; ; ) {
    const page = must(await trials.visits({ ...asked(), ...more, limit, cursor }, never))
    parts.push(page.items.map(({ visitId }) => visitId))
    if (page.nextCursor === null) return parts
    cursor = page.nextCursor
  }
}

describe('the visits of a rule tried on the past', () => {
  it('T80 are all listed, each once, whoever was there last first', async () => {
    const whole = must(await world.trials.backTest(asked(), never))
    expect(whole.reached.visits).toBe(45)
    for (const limit of [1, 7, 45, 200]) {
      const parts = await partsOf(limit)
      expect(parts.flat()).toEqual(reached)
      expect(parts.length).toBe(Math.ceil(45 / limit))
    }
  })

  it('T80 can be those of another outcome', async () => {
    expect((await partsOf(10, { outcome: 'heldOut' })).flat()).toEqual([])
    must(
      await world.rules.create({
        ...asked().rule,
        name: 'Out',
        enabled: true,
        priority: 9,
        say: { en: 'x' },
      }),
    )
    expect((await partsOf(10, { outcome: 'lost' })).flat()).toEqual(reached)
    expect((await partsOf(10)).flat()).toEqual([])
    for (const { id } of world.rules.list()) must(await world.rules.remove(id))
  })

  it('T80 are as many at a time as are found in a bounded while, be it none', async () => {
    const trials = createTrials({ ...world, viewsAtOnce: 8 })
    const parts = await partsOf(200, {}, trials)
    expect(parts.flat()).toEqual(reached)
    expect(parts.length).toBeGreaterThan(5)
    const none = await partsOf(200, { outcome: 'undecided' }, trials)
    expect(none.flat()).toEqual([])
    expect(none.length).toBe(parts.length)
  })

  it('T80 stay where they are while the list is read, whoever comes meanwhile', async () => {
    const first = must(await world.trials.visits({ ...asked(), limit: 20 }, never))
    world.clock.advance(60_000)
    await comes(['/prices'], earliest)
    const cursor = first.nextCursor ?? ''
    const second = must(await world.trials.visits({ ...asked(), limit: 200, cursor }, never))
    expect([...first.items, ...second.items].map(({ visitId }) => visitId)).toEqual(reached)
  })
})
