import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Visit } from '../../../server/domain/visits/visit.ts'
import { type DomainWorld, granted, must, openDomain } from '../../support/domain-world.ts'
import { aClientId, aPage } from '../../support/random.ts'

let world: DomainWorld
beforeEach(async () => {
  world = await openDomain()
})
afterEach(() => world.end())

const everyone = { limits: { needsSomebody: false }, holdout: 0, version: 2 } as const

async function looksAt(path: string) {
  const page = aPage()
  return { visit: await world.opens(path, { page, ...granted() }), page }
}

/** Leaves for so long that nothing of the visit is in memory. */
async function leaves(visit: Visit) {
  for (const { page } of visit.tabs) world.visits.left(visit, page)
  await world.visits.flush()
  await world.proactive.recorded(visit)
  world.visits.forgetVisit(visit)
  world.clock.advance(24 * 60 * 60_000)
}

const onRecord = async ({ visitorId }: Visit) => {
  if (!visitorId) throw new Error('Nobody is remembered.')
  return world.trials.onRecord(visitorId)
}

describe('why, of who has left', () => {
  it('T81 is told from the record: when a rule spoke, what came of it, and how each fares by the last facts', async () => {
    const rule = must(
      await world.addRule({ ...everyone, name: 'Shoes', when: [{ kind: 'url', glob: '/shoes' }] }),
    )
    must(
      await world.addRule({ ...everyone, name: 'Hats', priority: 1, when: [{ kind: 'url', glob: '/hats' }] }),
    )
    must(await world.addRule({ ...everyone, name: 'Leaving', priority: 0, when: [{ kind: 'exitIntent' }] }))
    const { visit, page } = await looksAt('/shoes')
    const begun = world.clock.now()
    const { invitation } = world.proactive.ask(visit, { ruleId: rule.id, page, secondsOnPage: 0 })
    world.clock.advance(5_000)
    if (invitation) world.proactive.seen(visit, invitation.inviteId)
    world.visits.read(visit, page, { engagedMs: 20_000, scroll: 40 })
    await leaves(visit)
    expect(world.proactive.why(visit.id)).toBeNull()
    const told = await onRecord(visit)
    expect(told?.at).toBe(begun + 20_000)
    expect(told?.items.map(({ name, because }) => [name, because])).toEqual([
      ['Shoes', 'tooSoon'],
      ['Hats', 'conditions'],
      ['Leaving', 'undecided'],
    ])
    const [shoes, hats, leaving] = told?.items ?? []
    expect(shoes).toMatchObject({
      ...{ spokeAt: begun, asked: null },
      record: { shown: 1, heldOut: 0, last: { at: begun, seenAt: begun + 5_000, repliedAt: null } },
    })
    expect(hats).toMatchObject({
      findings: [{ holds: false, seen: 'https://shop.example/shoes' }],
      record: { shown: 0, heldOut: 0, last: null },
    })
    expect(leaving?.findings).toMatchObject([{ holds: 'unknown' }])
  })

  it('T81 takes for granted that somebody was there, but for a condition that asks for it', async () => {
    must(await world.addRule({ ...everyone, name: 'Granted', limits: { needsSomebody: true } }))
    const when = [{ kind: 'somebodyCanAnswer' as const }]
    must(await world.addRule({ ...everyone, name: 'Asks', priority: 99, when }))
    const { visit } = await looksAt('/')
    await leaves(visit)
    expect((await onRecord(visit))?.items.map(({ name, because }) => [name, because])).toEqual([
      ['Asks', 'undecided'],
      ['Granted', 'shown'],
    ])
  })

  it('T81 tells of who was held out, and what no visit is recorded of as not known', async () => {
    const rule = must(await world.addRule({ ...everyone, holdout: 0.5, when: [{ kind: 'url', glob: '/*' }] }))
    let { visit, page } = await looksAt('/')
    while (world.proactive.ask(visit, { ruleId: rule.id, page, secondsOnPage: 0 }).because !== 'heldOut')
      ({ visit, page } = await looksAt('/'))
    await leaves(visit)
    expect((await onRecord(visit))?.items).toMatchObject([
      { because: 'heldOut', spokeAt: null, record: { shown: 0, heldOut: 1, last: { heldOut: true } } },
    ])
    await world.history.visits.expire(world.site.id, world.clock.now(), 1_000)
    const later = await onRecord(visit)
    expect(later).toMatchObject({
      at: null,
      items: [{ because: 'undecided', findings: [{ holds: 'unknown' }], record: { heldOut: 1 } }],
    })
  })

  it('T81 knows that they were talking, and of nobody there is nothing', async () => {
    must(await world.addRule(everyone))
    const { visit } = await looksAt('/')
    const visitorId = must(await world.visits.ensureVisitor(visit))
    const message = { siteId: world.site.id, visitId: visit.id, conversationId: null, text: 'Hello' }
    must(await world.conversations.postAsVisitor({ ...message, visitorId, clientId: aClientId() }, {}))
    world.clock.advance(60_000)
    world.visits.viewed(visit, aPage(), { url: 'https://shop.example/b', title: '', referrer: '' })
    await leaves(visit)
    expect((await onRecord(visit))?.items).toMatchObject([{ because: 'inConversation' }])
    must(await world.visitors.erase(visitorId, world.sara))
    expect(await onRecord(visit)).toBeNull()
  })
})
