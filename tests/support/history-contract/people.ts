import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { makeId } from '../../../shared/ids.ts'
import { limits } from '../../../shared/limits.ts'
import type { Visitor } from '../../../shared/visitor.ts'
import {
  minute,
  newClientId,
  newConversationId,
  newSiteId,
  newTokenHash,
  newVisitorId,
  noon,
} from '../history-cast.ts'
import { history } from './held.ts'

const newcomer = () => ({
  siteId: newSiteId(),
  tokenHash: newTokenHash(),
  newId: newVisitorId(),
  locale: 'ar' as const,
  at: noon,
})
const arrive = (): Promise<Visitor> => history().visitors.ensure(newcomer())

describe('visitors', () => {
  it('V4 a token that comes back is the same visitor', async () => {
    const who = newcomer()
    const first = await history().visitors.ensure(who)
    const back = await history().visitors.ensure({ ...who, newId: newVisitorId(), at: noon + 1 })
    expect(back).toEqual(first)
    expect(await history().visitors.findByToken(who.siteId, who.tokenHash)).toEqual(first)
  })

  it('V4 a token that comes twice at once is one visitor', async () => {
    const who = newcomer()
    const both = await Promise.all(
      [1, 2, 3].map(() => history().visitors.ensure({ ...who, newId: newVisitorId() })),
    )
    expect(new Set(both.map(({ id }) => id)).size).toBe(1)
  })

  it('W10 a token is worth nothing on another site', async () => {
    const who = newcomer()
    await history().visitors.ensure(who)
    expect(await history().visitors.findByToken(newSiteId(), who.tokenHash)).toBeNull()
  })

  it('V4 what a page says of its visitor is merged in, attributes key by key', async () => {
    const { id } = await arrive()
    await history().visitors.update(id, { name: 'Reza\u0000', attributes: { plan: 'free', visits: 3 } })
    const changed = await history().visitors.update(id, {
      id: 'u1',
      seenAt: noon + 1,
      attributes: { plan: 'pro' },
    })
    expect(changed).toMatchObject({
      name: 'Reza\u0000',
      externalId: 'u1',
      seenAt: noon + 1,
      attributes: { plan: 'pro', visits: 3 },
    })
    expect(await history().visitors.find(id)).toEqual(changed)
  })

  it('V60 those of one site are let go a few at a time, but who has a conversation', async () => {
    const siteId = newSiteId()
    const come = () => history().visitors.ensure({ ...newcomer(), siteId })
    const [omar, mina, leila] = [await come(), await come(), await come()]
    const other = await arrive()
    await history().conversations.append({
      target: { kind: 'current', siteId, visitorId: omar.id, newId: newConversationId() },
      command: {
        ...{ type: 'message', author: { kind: 'visitor', id: omar.id }, clientId: newClientId() },
        ...{ text: 'Hello', note: false },
      },
      at: noon,
    })
    const { letGo, find } = history().visitors
    expect([await letGo(siteId, 1), await letGo(siteId, 9), await letGo(siteId, 9)]).toEqual([1, 1, 0])
    const left = await Promise.all([omar, mina, leila, other].map(({ id }) => find(id)))
    expect(left).toEqual([omar, null, null, other])
  })

  it('V4 changes at once are all kept', async () => {
    const { id } = await arrive()
    const keys = Array.from({ length: 10 }, (_, i) => `key${i}`)
    await Promise.all(keys.map((key) => history().visitors.update(id, { attributes: { [key]: true } })))
    expect(Object.keys((await history().visitors.find(id))?.attributes ?? {}).sort()).toEqual(keys)
  })

  it('V4 attributes do not grow beyond their limit', async () => {
    const { id } = await arrive()
    for (const round of [1, 2, 3]) {
      const pairs = Array.from({ length: 40 }, (_, i) => [`r${round}k${i}`, i])
      await history().visitors.update(id, { attributes: Object.fromEntries(pairs) })
    }
    const kept = Object.keys((await history().visitors.find(id))?.attributes ?? {})
    expect(kept).toHaveLength(limits.attributeCount)
    expect(kept[0]).toBe('r1k0')
  })

  it('W10 a missing visitor answers null', async () => {
    expect(await history().visitors.update(newVisitorId(), { name: 'Nobody' })).toBeNull()
    expect(await history().visitors.find(newVisitorId())).toBeNull()
  })
})

describe('visits', () => {
  it('P2 stored page views come back newest first, each left when the next began', async () => {
    const visitorId = newVisitorId()
    const visitId = makeId('t', noon, randomBytes(10))
    const view = (path: string, at: number) => ({
      visitorId,
      visitId,
      siteId: newSiteId(),
      url: `https://shop.example${path}`,
      title: path,
      referrer: '',
      at,
    })
    const { visits } = history()
    await Promise.all([visits.record([view('/a', noon), view('/b', noon + minute)]), visits.record([])])
    await visits.record([view('/c', noon + 3 * minute)])
    expect(await visits.pageViews(visitorId, 2)).toEqual([
      {
        url: 'https://shop.example/c',
        title: '/c',
        referrer: '',
        visitId,
        at: noon + 3 * minute,
        leftAt: null,
      },
      {
        url: 'https://shop.example/b',
        title: '/b',
        referrer: '',
        visitId,
        at: noon + minute,
        leftAt: noon + 3 * minute,
      },
    ])
  })

  it('V69 one that is not to be counted is taken back, with its events, and the others of its visitor stay', async () => {
    const { id: visitorId, siteId } = await arrive()
    const [visitId, other] = [noon, noon].map((at) => makeId('t', at, randomBytes(10)))
    if (!visitId || !other) throw new Error('There are two.')
    const { visits } = history()
    const of = (id: typeof visitId, at: number) => ({ visitorId, siteId, visitId: id, at })
    const page = { url: 'https://shop.example/', title: '', referrer: '' }
    await visits.record([
      { ...of(visitId, noon + 1), ...page },
      { ...of(other, noon), ...page },
    ])
    const event = { name: 'bought', count: 1 }
    const events = [
      { ...of(visitId, noon + 1), ...event },
      { ...of(other, noon), ...event },
    ]
    await visits.tell({ readings: [], events })
    await visits.takeBack(visitorId, visitId)
    expect(await visits.pageViews(visitorId, 9)).toMatchObject([{ visitId: other }])
    expect(await visits.events(visitorId, 9)).toMatchObject([{ visitId: other }])
  })

  it('V70 the mark of the house’s own browser is kept with its visitor, and can be taken back', async () => {
    const { visitors } = history()
    const { id } = await arrive()
    expect(await visitors.update(id, { own: true })).toMatchObject({ own: true })
    expect(await visitors.update(id, { seenAt: noon + minute })).toMatchObject({ own: true })
    await visitors.update(id, { own: false })
    expect(await visitors.find(id)).toMatchObject({ own: false })
  })
})

describe('sessions', () => {
  const agentId = makeId('a', noon, randomBytes(10))
  const session = { agentId, createdAt: noon, expiresAt: noon + minute }

  it('W12 a session is found until it is over or ended', async () => {
    const hash = newTokenHash()
    await history().sessions.create(hash, session)
    expect(await history().sessions.find(hash, noon)).toEqual(session)
    expect(await history().sessions.find(hash, noon + minute)).toBeNull()
    await history().sessions.end(hash)
    expect(await history().sessions.find(hash, noon)).toBeNull()
  })

  it('P4 sessions that are over are deleted, and no others', async () => {
    const [over, going] = [newTokenHash(), newTokenHash()]
    await history().sessions.create(over, session)
    await history().sessions.create(going, { ...session, expiresAt: noon + minute + 1 })
    await history().sessions.endExpired(noon + minute)
    expect(await history().sessions.find(over, noon)).toBeNull()
    expect(await history().sessions.find(going, noon)).not.toBeNull()
  })

  it('W12 all sessions of one agent end together, no other’s', async () => {
    const hashes = [newTokenHash(), newTokenHash(), newTokenHash()]
    const other = { ...session, agentId: makeId('a', noon, randomBytes(10)) }
    for (const [i, hash] of hashes.entries()) await history().sessions.create(hash, i === 2 ? other : session)
    await history().sessions.endAllOf(agentId)
    const left = await Promise.all(hashes.map((hash) => history().sessions.find(hash, noon)))
    expect(left).toEqual([null, null, other])
  })
})
