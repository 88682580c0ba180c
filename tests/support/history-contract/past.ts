import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { makeId, type VisitorId } from '../../../shared/ids.ts'
import { hour, minute, newSiteId, newTokenHash, newVisitorId, noon, scene, taken } from '../history-cast.ts'
import { history } from './held.ts'

type SiteId = ReturnType<typeof newSiteId>

const arrive = (siteId: SiteId) =>
  history().visitors.ensure({
    ...{ siteId, tokenHash: newTokenHash(), newId: newVisitorId(), locale: 'en', at: noon },
  })

/** A visit that begins with the first of these views. */
async function visits(siteId: SiteId, visitorId: VisitorId, times: readonly number[]) {
  const visitId = makeId('t', (times[0] ?? noon) - 5, randomBytes(10))
  const of = { siteId, visitorId, visitId, title: 'Shop', referrer: '' }
  await history().visits.record(times.map((at, i) => ({ ...of, at, url: `https://shop.example/${i}` })))
  return { visitId, visitorId, siteId }
}

describe('what was recorded, for rules to be held against', () => {
  it('T73 names who looked at pages in a period, piece by piece, each view once', async () => {
    const siteId = newSiteId()
    const [one, other] = [(await arrive(siteId)).id, (await arrive(siteId)).id]
    await visits(siteId, one, [noon - 1, noon, noon + 1, noon + 1])
    await visits(siteId, other, [noon + 1, noon + 2, noon + hour])
    const period = { siteId, from: noon, to: noon + hour }
    const [counts, latest] = [new Map<VisitorId, number>(), new Map<VisitorId, number>()]
    for (let from: number | null = noon; from !== null; ) {
      const { viewers, next } = await history().past.viewers({ ...period, from }, 4)
      for (const [id, count, lastAt] of viewers) {
        counts.set(id, (counts.get(id) ?? 0) + count)
        latest.set(id, lastAt)
      }
      from = next
    }
    expect(counts).toEqual(
      new Map([
        [one, 3],
        [other, 2],
      ]),
    )
    expect([latest.get(one), latest.get(other)]).toEqual([noon + 1, noon + 2])
    expect(await history().past.begins(period, 5)).toBe(noon)
    expect(await history().past.begins(period, 1)).toBe(noon + 2)
  })

  it('T84 knows by what names pages of a site have told, also of who has left, and of no other site', async () => {
    const [siteId, elsewhere] = [newSiteId(), newSiteId()]
    const { id } = await arrive(siteId)
    const other = await arrive(elsewhere)
    await history().visitors.update(id, { attributes: { plan: 'pro', 'odd\u0000': 1 } })
    await history().visitors.update(other.id, { attributes: { elsewhere: true } })
    const own = await visits(siteId, id, [noon])
    await visits(elsewhere, other.id, [noon])
    const happened = { ...own, at: noon + 1, count: 1 }
    const events = ['order', 'cart', 'order'].map((name) => ({ ...happened, name }))
    await history().visits.tell({ readings: [], events })
    const { names } = history().past
    expect(await names(siteId)).toEqual({ events: ['cart', 'order'], attributes: ['odd\u0000', 'plan'] })
    expect(await names(newSiteId())).toEqual({ events: [], attributes: [] })
  })

  it('T73 tells of each their visits in the period, what happened in them, and what lies around it', async () => {
    const siteId = newSiteId()
    const { id } = await arrive(siteId)
    await history().visitors.update(id, { name: 'Mina\u0000', attributes: { plan: 'pro' }, visits: 4 })
    await visits(siteId, id, [noon - hour, noon + 1])
    const own = await visits(siteId, id, [noon + minute, noon + 2 * minute])
    await visits(siteId, id, [noon + 2 * hour])
    const [view] = await history().visits.pageViews(id, 1)
    expect(view?.at).toBe(noon + 2 * hour)
    await history().visits.tell({
      readings: [
        {
          ...{ ...own, at: noon + minute, url: 'https://shop.example/0', title: 'Shop', referrer: '' },
          ...{ engagedMs: 5_000, scroll: 40 },
        },
      ],
      events: [{ ...own, at: noon + minute + 1, name: 'cart', count: 2, properties: { items: 1 } }],
    })
    const [past] = await history().past.of({ siteId, from: noon, to: noon + hour }, [id])
    expect(past).toMatchObject({
      ...{ visitorId: id, seenBefore: noon - hour, visitsLater: 1, chats: [] },
      person: { name: 'Mina\u0000', attributes: { plan: 'pro' }, tags: [], visits: 4, quietSince: null },
      visits: [
        {
          ...{ visitId: own.visitId, startedAt: noon + minute - 5 },
          views: [
            { at: noon + minute, url: 'https://shop.example/0', engagedMs: 5_000, scroll: 40 },
            { at: noon + 2 * minute, url: 'https://shop.example/1' },
          ],
          events: [{ at: noon + minute + 1, name: 'cart', count: 2, properties: { items: 1 } }],
        },
      ],
    })
    expect(past?.visits).toHaveLength(1)
  })

  it('T73 tells when they talked, by its times alone', async () => {
    const siteId = newSiteId()
    const { id } = await arrive(siteId)
    const who = scene(history(), siteId, id)
    const { conversation } = taken(await who.says('Hello', noon))
    await who.answers(conversation.id, 'Hi', noon + minute)
    await who.closes(conversation.id, noon + 2 * minute)
    await who.says('One more thing', noon + 3 * minute)
    const period = { siteId, from: noon, to: noon + hour }
    await history().past.begins(period, 10)
    const [past] = await history().past.of(period, [id])
    expect(past?.chats).toMatchObject([
      {
        opened: [noon, noon + 3 * minute],
        closed: [noon + 2 * minute],
        said: [noon, noon + 3 * minute],
      },
    ])
    expect(past?.chats[0]?.moved).toContain(noon + minute)
  })

  it('T73 knows nobody who was erased', async () => {
    const nobody = newVisitorId()
    const period = { siteId: newSiteId(), from: noon, to: noon + hour }
    expect(await history().past.of(period, [nobody])).toMatchObject([
      { visitorId: nobody, person: null, visits: [], chats: [] },
    ])
  })
})
