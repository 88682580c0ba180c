import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PageViewRecord } from '../../../server/history/history.ts'
import { makeId, type SiteId, type VisitorId } from '../../../shared/ids.ts'
import { day } from '../../../shared/limits.ts'
import type { JourneyQuestion, Journeys } from '../../../shared/metrics/journeys/question.ts'
import { hour, minute, newSiteId, newTokenHash, newVisitorId, noon, scene, taken } from '../history-cast.ts'
import { history } from './held.ts'

const visitId = () => makeId('t', noon, randomBytes(10))

const viewed = (
  siteId: SiteId,
  visitorId: VisitorId,
  more: Partial<PageViewRecord> & { at: number; path?: string },
): PageViewRecord => {
  const { path = '/', ...rest } = more
  return {
    ...{ siteId, visitorId, visitId: visitId(), url: `https://shop.example${path}`, title: 'Shop' },
    referrer: '',
    ...rest,
  }
}

const asking = (siteId: SiteId, rest: Partial<JourneyQuestion> = {}): JourneyQuestion => ({
  ...{ from: noon - day, to: noon + day, now: noon + 40 * day, timeZone: 'UTC', of: { siteId } },
  ...{ stages: {}, segments: [{ id: 'buyers', siteId, churnDays: 1 }] },
  ...rest,
})

const report = (siteId: SiteId, rest?: Partial<JourneyQuestion>): Promise<Journeys> =>
  history().reports.journeys(asking(siteId, rest))

const packAll = async (): Promise<void> => {
  while ((await history().reports.packJourneys(Number.MAX_SAFE_INTEGER)) > 0);
}

describe('journeys', () => {
  it('M91 has what was looked at and who wrote, packed or not', async () => {
    const [siteId, visitorId, visit] = [newSiteId(), newVisitorId(), visitId()]
    const of = (path: string, at: number) => viewed(siteId, visitorId, { visitId: visit, path, at })
    await history().visits.record([of('/', noon), of('/cart?id=7', noon + minute), of('/ways', noon + hour)])
    taken(await scene(history(), siteId, visitorId).says('Hello', noon + 2 * minute))
    const before = await report(siteId)
    expect(before).toMatchObject({
      totals: { visitors: 1, visits: 1, pageViews: 3, chatted: 1 },
      beforeChat: { n: 1, max: 2, lastPages: [{ page: '/cart', n: 1 }] },
    })
    expect(before.pages.map(({ page, exits }) => [page, exits.n])).toEqual([
      ['/', 0],
      ['/cart', 0],
      ['/ways', 1],
    ])
    await packAll()
    expect(await report(siteId)).toEqual(before)
  })

  it('M91 what is told later of an hour that is packed counts at once', async () => {
    const [siteId, visitorId] = [newSiteId(), newVisitorId()]
    const view = viewed(siteId, visitorId, { at: noon, engagedMs: 1_000 })
    await history().visits.record([view])
    await packAll()
    await history().visits.tell({
      readings: [{ ...view, engagedMs: 9_000 }],
      events: [{ ...view, name: 'order placed', count: 1, at: noon + 1 }],
    })
    const told = await report(siteId)
    expect(told.allPages.time).toMatchObject({ n: 1, max: 9_000 })
    expect(told.stages.find(({ stage }) => stage === 'buy')).toMatchObject({ visitors: 1 })
    await packAll()
    expect(await report(siteId)).toEqual(told)
  })

  it('M92 nothing is left of who was erased, of who withdrew, or of what was kept long enough', async () => {
    const siteId = newSiteId()
    const gone: VisitorId[] = []
    for (let i = 0; i < 3; i++) {
      const { id } = await history().visitors.ensure({
        ...{ siteId, tokenHash: newTokenHash(), newId: newVisitorId(), locale: 'en', at: noon },
      })
      gone.push(id)
    }
    const [erased, withdrawn, stays] = gone
    if (!erased || !withdrawn || !stays) throw new Error('Nobody came.')
    await history().visits.record([
      viewed(siteId, stays, { at: noon - 3 * hour, path: '/old' }),
      viewed(siteId, erased, { at: noon, path: '/erased' }),
      viewed(siteId, withdrawn, { at: noon + 1, path: '/withdrawn' }),
      viewed(siteId, stays, { at: noon + 2, path: '/stays' }),
    ])
    taken(await scene(history(), siteId, erased).says('Hello', noon + minute))
    await packAll()
    expect((await report(siteId)).totals).toEqual({ visitors: 3, visits: 4, pageViews: 4, chatted: 1 })
    await history().erasures.erase(erased, noon + hour)
    await history().visits.withdraw(withdrawn)
    await history().visits.expire(siteId, noon - hour, 100)
    const left = await report(siteId)
    expect(left.totals).toEqual({ visitors: 1, visits: 1, pageViews: 1, chatted: 0 })
    expect(left.pages.map(({ page }) => page)).toEqual(['/stays'])
    await packAll()
    expect(await report(siteId)).toEqual(left)
  })

  it('M92 of which segments a chat was is gone too, also where it began in an hour of no view', async () => {
    const siteId = newSiteId()
    const { begins, visitorId } = scene(history(), siteId)
    const facts = {
      segments: ['buyers'],
      language: 'fa',
      page: null,
      device: 'phone' as const,
      proactive: false,
    }
    const seen = (at: number) => history().visits.record([viewed(siteId, visitorId, { at })])
    await seen(noon - 2 * minute)
    taken(await begins('Hello', facts, noon + minute))
    await packAll()
    const buyers = async () =>
      (await report(siteId)).groups.find(({ key }) => key === 'buyers')?.visitors ?? 0
    expect(await buyers()).toBe(1)
    await history().visits.withdraw(visitorId)
    await seen(noon - minute)
    expect(await buyers()).toBe(0)
    await packAll()
    expect(await buyers()).toBe(0)
  })

  it('M90 the customers of a segment who are not seen any more are counted by their segment’s days', async () => {
    const siteId = newSiteId()
    const buyer = (at: number, visitorId = newVisitorId()) =>
      viewed(siteId, visitorId, { at, segments: ['buyers'] })
    const back = newVisitorId()
    await history().visits.record([
      buyer(noon - 2 * hour),
      buyer(noon - hour, back),
      buyer(noon + 60 * hour, back),
    ])
    await packAll()
    const { churn } = await report(siteId, { from: noon, to: noon + 3 * day })
    expect(churn).toMatchObject([{ segment: 'buyers', days: 1, n: 1, of: 2, share: 0.5 }])
  })

  it('M91 whatever happened, what is packed tells what the rows tell', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { maxLength: 30 }), async (all) => {
        const siteId = newSiteId()
        const people = Array.from({ length: 4 }, () => ({
          id: newVisitorId(),
          visits: [visitId(), visitId()],
        }))
        for (const { who, which, what, at, path, engagedMs, packs } of all) {
          const person = people[who]
          if (!person) continue
          const place = { at: noon + at, visitId: person.visits[which] ?? visitId(), path }
          const segments = which === 0 ? ['buyers'] : []
          const view = viewed(siteId, person.id, { ...place, segments, device: which ? 'phone' : 'desktop' })
          if (what === 'view')
            await history().visits.record([{ ...view, ...(engagedMs === null ? {} : { engagedMs }) }])
          if (what === 'event')
            await history().visits.tell({ readings: [], events: [{ ...view, name: 'signed in', count: 1 }] })
          if (what === 'chat') await scene(history(), siteId, person.id).says('Hello', noon + at)
          if (what === 'withdraw') await history().visits.withdraw(person.id)
          if (what === 'takeBack') await history().visits.takeBack(person.id, place.visitId)
          if (packs) await packAll()
        }
        const unpacked = [
          await report(siteId),
          await report(siteId, { from: noon + hour / 2, timeZone: 'Asia/Tehran' }),
        ]
        await packAll()
        expect([
          await report(siteId),
          await report(siteId, { from: noon + hour / 2, timeZone: 'Asia/Tehran' }),
        ]).toEqual(unpacked)
      }),
      { numRuns: 15 },
    )
  })
})

const happening = fc.record({
  who: fc.nat(3),
  which: fc.nat(1),
  what: fc.constantFrom('view', 'view', 'view', 'event', 'chat', 'withdraw', 'takeBack'),
  at: fc.integer({ min: -3 * hour, max: 30 * hour }),
  path: fc.constantFrom('/', '/cart', '/فروشگاه', '/account'),
  engagedMs: fc.option(fc.nat(90_000)),
  packs: fc.boolean(),
})
