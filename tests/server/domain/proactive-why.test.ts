import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type DomainWorld, granted, must, openDomain } from '../../support/domain-world.ts'
import { aPage } from '../../support/random.ts'

let world: DomainWorld
beforeEach(async () => {
  world = await openDomain()
})
afterEach(() => world.end())

/** Somebody on a page, who is known, so that the lot is the same for all that they do. */
async function looksAt(path: string) {
  const page = aPage()
  return { visit: await world.opens(path, { page, ...granted() }), page }
}

const everyone = { limits: { needsSomebody: false }, holdout: 0, version: 2 } as const

describe('why a rule speaks to somebody, or does not', () => {
  it('T70 tells of every rule of the site what would come of it now, the first in rank first', async () => {
    must(await world.addRule({ ...everyone, name: 'Low', priority: 1 }))
    must(await world.addRule({ ...everyone, name: 'High', priority: 5 }))
    must(await world.addRule({ ...everyone, name: 'Off', priority: 9, enabled: false }))
    must(
      await world.addRule({
        ...everyone,
        name: 'Other',
        priority: 7,
        when: [{ kind: 'url', glob: '/cart' }],
      }),
    )
    const { visit } = await looksAt('/shoes')
    expect(world.proactive.why(visit.id)?.map(({ name, because }) => [name, because])).toEqual([
      ['Off', 'off'],
      ['Other', 'conditions'],
      ['High', 'shown'],
      ['Low', 'outranked'],
    ])
  })

  it('T70 names each condition with what was seen, and what only the page can know as not known', async () => {
    must(
      await world.addRule({
        ...everyone,
        when: [
          { kind: 'url', glob: '/shoes*' },
          { kind: 'secondsOnPage', atLeast: 30 },
          { kind: 'exitIntent' },
        ],
      }),
    )
    const { visit } = await looksAt('/shoes')
    world.clock.advance(40_000)
    const [why] = world.proactive.why(visit.id) ?? []
    expect(why?.because).toBe('undecided')
    expect(why?.findings).toMatchObject([
      { kind: 'url', holds: true, seen: 'https://shop.example/shoes' },
      { kind: 'secondsOnPage', holds: true, seen: 40 },
      { kind: 'exitIntent', holds: 'unknown', seen: null, known: 'page' },
    ])
  })

  it('T70 remembers when it spoke and when it was asked for, and why not then', async () => {
    const rule = must(await world.addRule(everyone))
    const late = must(
      await world.addRule({ ...everyone, priority: 1, when: [{ kind: 'secondsOnPage', atLeast: 90 }] }),
    )
    const { visit, page } = await looksAt('/')
    expect(world.proactive.why(visit.id)?.[0]).toMatchObject({ because: 'shown', at: null, asked: null })
    const spokeAt = world.clock.now()
    world.proactive.ask(visit, { ruleId: rule.id, secondsOnPage: 0, page })
    world.clock.advance(5_000)
    world.proactive.ask(visit, { ruleId: late.id, secondsOnPage: 5, page })
    const [first, second] = world.proactive.why(visit.id) ?? []
    expect(first).toMatchObject({ because: 'tooSoon', at: spokeAt, spokeAt, asked: { because: 'shown' } })
    expect(second).toMatchObject({
      ...{ because: 'conditions', at: spokeAt + 5_000, spokeAt: null },
      asked: { at: spokeAt + 5_000, because: 'conditions' },
    })
  })

  it('T70 says who is held out, and which text each would hear', async () => {
    must(
      await world.addRule({
        ...everyone,
        holdout: 0.5,
        variants: [{ id: 'B', say: { en: 'May I help?' } }],
      }),
    )
    const seen = new Set<string>()
    for (let i = 0; i < 40; i++) {
      const [why] = world.proactive.why((await looksAt('/')).visit.id) ?? []
      seen.add(`${why?.because} ${why?.heldOut} ${why?.variant}`)
    }
    expect([...seen].sort()).toEqual([
      ...['heldOut true B', 'heldOut true null'],
      ...['shown false B', 'shown false null'],
    ])
  })

  it('T70 knows nothing of who is not on the site', async () => {
    const { visit } = await looksAt('/')
    expect(world.anew().proactive.why(visit.id)).toBeNull()
  })
})
