import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { belongings } from '../../../server/history/records/belongings.ts'
import type { ConversationFacts } from '../../../shared/conversation/facts.ts'
import { makeId } from '../../../shared/ids.ts'
import {
  minute,
  newClientId,
  newSiteId,
  newTokenHash,
  newVisitorId,
  noon,
  type Scene,
  scene,
  taken,
} from '../history-cast.ts'
import { history } from './held.ts'

/** Somebody of whom there is something in every table. */
async function somebody(): Promise<{ who: Scene; tokenHash: string; conversationId: string }> {
  const [siteId, tokenHash] = [newSiteId(), newTokenHash()]
  const { id } = await history().visitors.ensure({
    ...{ siteId, tokenHash, newId: newVisitorId(), locale: 'en', at: noon },
  })
  await history().visitors.update(id, { name: 'Mina' })
  const who = scene(history(), siteId, id)
  const { conversation } = taken(await who.begins('Is it there?', facts))
  await who.answers(conversation.id, 'It is.', noon + minute)
  taken(await who.closes(conversation.id, noon + 2 * minute))
  await view(who)
  await isAddressed(who)
  await history().files.add({
    ...{ id: makeId('f', noon, randomBytes(10)), siteId, owner: id, clientId: newClientId(), size: 3 },
    ...{ conversationId: null, message: null, visibility: 'visible', createdAt: noon },
    ...{ name: 'Mina.png', type: 'image/png', sha256: `hash of ${id}` },
  })
  return { who, tokenHash, conversationId: conversation.id }
}

const facts: ConversationFacts = {
  ...{ segments: ['Buyers'], language: 'en', page: 'https://shop.example/', device: 'desktop' },
  proactive: false,
}

const view = ({ siteId, visitorId }: Scene): Promise<void> =>
  history().visits.record([
    {
      ...{ siteId, visitorId, visitId: makeId('t', noon, randomBytes(10)), at: noon },
      ...{ url: 'https://shop.example/', title: 'Shop', referrer: '' },
    },
  ])

const isAddressed = ({ siteId, visitorId }: Scene): Promise<void> =>
  history().exposures.store({
    exposures: [
      {
        ...{
          id: makeId('i', noon, randomBytes(10)),
          siteId,
          visitorId,
          at: noon,
          by: 'rule',
          heldOut: false,
        },
        ...{ visitId: makeId('t', noon, randomBytes(10)), ruleId: makeId('r', noon, randomBytes(10)) },
        ...{ silent: false, variant: 'B', goal: null },
      },
    ],
    aftermaths: [],
  })

const lengths = (held: object | null): Record<string, number> =>
  Object.fromEntries(Object.entries(held ?? {}).map(([kind, items]) => [kind, items.length]))

const erasures = () => history().erasures

describe('letting somebody go', () => {
  it('P20 what is handed out is what is deleted, of every kind there is', async () => {
    const { who, tokenHash, conversationId } = await somebody()
    const held = await erasures().held(who.visitorId)
    expect(Object.keys(held ?? {}).sort()).toEqual(belongings.map(({ kind }) => kind).sort())
    expect(held).toMatchObject({
      visitors: [{ id: who.visitorId, name: 'Mina' }],
      conversations: [{ id: conversationId, visitorId: who.visitorId, seq: 4, unread: 0 }],
      entries: [{ conversationId, seq: 1, text: 'Is it there?' }, {}, { text: 'It is.' }, { kind: 'closed' }],
      jobs: [{ kind: 'test:told', payload: { said: 'Is it there?' } }],
      files: [{ name: 'Mina.png', type: 'image/png', size: 3, createdAt: noon }],
      conversationFacts: [{ conversationId, episode: 1, ...facts }],
      pageViews: [{ url: 'https://shop.example/', at: noon }],
      confirmations: [
        { conversationId, firstSeq: 1, lastSeq: 1 },
        { conversationId, firstSeq: 2, lastSeq: 3 },
      ],
    })
    expect(JSON.stringify(held)).not.toContain(tokenHash)
    const erased = await erasures().erase(who.visitorId, noon)
    expect(erased).toEqual({
      ...{ visitorId: who.visitorId, tokenHash, conversationIds: [conversationId] },
      ...{ counts: lengths(held), bytes: [`hash of ${who.visitorId}`] },
    })
    expect(await erasures().held(who.visitorId)).toBeNull()
  })

  it('P21 nothing is left to be found, and others keep what is theirs', async () => {
    const { who, conversationId } = await somebody()
    const other = await somebody()
    const before = await erasures().held(other.who.visitorId)
    const { conversations, visitors, visits } = history()
    await erasures().erase(who.visitorId, noon)
    expect(await visitors.find(who.visitorId)).toBeNull()
    expect(await conversations.ofVisitor(who.visitorId, 10)).toEqual([])
    expect((await conversations.list({ siteId: who.siteId, order: 'recent', limit: 10 })).items).toEqual([])
    expect(await visits.pageViews(who.visitorId, 10)).toEqual([])
    expect((await history().jobs.list({ limit: 200 })).items.map((job) => job.conversationId)).not.toContain(
      conversationId,
    )
    expect(await erasures().held(other.who.visitorId)).toEqual(before)
  })

  it('P22 whoever acts for them afterwards finds nothing, and adds nothing', async () => {
    const { who, conversationId: id } = await somebody()
    const [conversationId] = (await history().conversations.ofVisitor(who.visitorId, 1)).map(
      ({ conversation }) => conversation.id,
    )
    expect(conversationId).toBe(id)
    if (!conversationId) return
    await erasures().erase(who.visitorId, noon)
    const code = { error: { code: 'not_found' } }
    expect(await who.says('Still here', noon + minute)).toMatchObject(code)
    expect(await who.answers(conversationId, 'Hello?')).toMatchObject(code)
    expect(await who.closes(conversationId)).toMatchObject(code)
    await view(who)
    expect(await history().visitors.update(who.visitorId, { name: 'Mina' })).toBeNull()
    expect(await erasures().held(who.visitorId)).toBeNull()
  })

  it('P22 their token is known as erased, on that site, and makes nobody any more', async () => {
    const { who, tokenHash } = await somebody()
    expect(await erasures().isErased(who.siteId, tokenHash)).toBe(false)
    await erasures().erase(who.visitorId, noon)
    expect(await erasures().isErased(who.siteId, tokenHash)).toBe(true)
    expect(await erasures().isErased(newSiteId(), tokenHash)).toBe(false)
    const again = { siteId: who.siteId, tokenHash, newId: newVisitorId(), locale: 'en' as const, at: noon }
    await expect(history().visitors.ensure(again)).rejects.toThrow('erased')
    expect(await history().visitors.findByToken(who.siteId, tokenHash)).toBeNull()
  })

  it('P21 again it deletes nothing, and who was never there stays missing', async () => {
    const { who } = await somebody()
    await erasures().erase(who.visitorId, noon)
    expect(await erasures().erase(who.visitorId, noon)).toMatchObject({ conversationIds: [], counts: {} })
    expect(await erasures().erase(newVisitorId(), noon)).toBeNull()
  })

  it('P22 messages, replies, views and receipts that come at the same moment leave nothing behind', async () => {
    const { who } = await somebody()
    const { conversation } = taken(await who.says('Open', noon + minute))
    const talk = Array.from({ length: 40 }, (_, i) => [
      i % 4 === 0 ? who.says(`More ${i}`, noon + minute) : who.answers(conversation.id, `Reply ${i}`),
      view(who),
      history().conversations.receive(conversation.id, 'visitor', { delivered: i, seen: i }),
    ])
    const erased = erasures().erase(who.visitorId, noon)
    const later = Array.from({ length: 20 }, (_, i) => who.says(`Late ${i}`, noon + minute, newClientId()))
    await Promise.all([...talk.flat(), erased, ...later])
    expect((await erased)?.conversationIds).toContain(conversation.id)
    expect(await erasures().held(who.visitorId)).toBeNull()
    expect(await history().conversations.find(conversation.id)).toBeNull()
  })
})
