import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Conversation } from '../../../shared/conversation/conversation.ts'
import type { VisitorId } from '../../../shared/ids.ts'
import { times } from '../../../shared/limits.ts'
import { type DomainWorld, granted, must, openDomain } from '../../support/domain-world.ts'
import { aClientId } from '../../support/random.ts'

let world: DomainWorld
beforeAll(async () => {
  world = await openDomain()
})
afterAll(() => world.end())

async function aVisitor(): Promise<VisitorId> {
  const { visitorId } = await world.opens('/', granted())
  if (!visitorId) throw new Error('The visitor was not made.')
  return visitorId
}

const writes = async (visitorId: VisitorId, text = 'Hello', clientId = aClientId()) =>
  must(
    await world.conversations.postAsVisitor(
      { siteId: world.site.id, visitorId, visitId: null, conversationId: null, clientId, text },
      {},
    ),
  )

const replies = async ({ id }: Conversation, note = false) =>
  must(
    await world.conversations.postAsAgent(
      { agent: world.sara, conversationId: id, clientId: aClientId(), text: 'Welcome', note },
      {},
    ),
  )

const closes = async ({ id }: Conversation) =>
  must(await world.conversations.close(id, { kind: 'system' }, 'agent', {}))

/** A conversation that is worth a rating. */
async function aGoodTalk(visitorId: VisitorId): Promise<Conversation> {
  await writes(visitorId)
  const { conversation } = await writes(visitorId, 'Are you there?')
  await replies(conversation)
  return conversation
}

describe('a conversation', () => {
  it('W4 is announced once, and a repeated message not again', async () => {
    const visitorId = await aVisitor()
    const clientId = aClientId()
    const { conversation } = await writes(visitorId, 'Hello', clientId)
    await writes(visitorId, 'Hello', clientId)
    const announced = world.told.filter(
      ({ what, about }) => what === 'entriesAdded' && JSON.stringify(about).includes(conversation.id),
    )
    expect(announced).toHaveLength(1)
  })

  it('C3 is reopened by a message within a day, as a new episode', async () => {
    const visitorId = await aVisitor()
    const { conversation } = await writes(visitorId)
    await closes(conversation)
    world.clock.advance(times.reopenWithin)
    expect((await writes(visitorId)).conversation).toMatchObject({ id: conversation.id, episode: 2 })
    await closes(conversation)
    world.clock.advance(times.reopenWithin + 1)
    expect((await writes(visitorId)).started).toBe(true)
  })

  it('C5 closed twice has one more entry', async () => {
    const { conversation } = await writes(await aVisitor())
    expect((await closes(conversation)).entries).toHaveLength(1)
    expect((await closes(conversation)).entries).toHaveLength(0)
  })

  it('C6 asks one person for a rating once a day, whatever the conversation', async () => {
    const visitorId = await aVisitor()
    const first = await closes(await aGoodTalk(visitorId))
    expect(first.conversation.survey.state).toBe('due')
    const again = await closes(await aGoodTalk(visitorId))
    expect(again.conversation.survey.state).toBe('none')
    world.clock.advance(times.surveyLock + 1)
    expect((await closes(await aGoodTalk(visitorId))).conversation.survey.state).toBe('due')
  })

  it('C6 S30 remembers who was asked over a restart, also when the process ended right after the close', async () => {
    const visitorId = await aVisitor()
    const { conversation } = await closes(await aGoodTalk(visitorId))
    const stored = async () => (await world.history.visitors.find(visitorId))?.surveyedAt
    const left = await world.history.jobs.list({ state: 'waiting', limit: 100 })
    expect(left.items.filter((job) => job.conversationId === conversation.id)).toHaveLength(1)
    expect(await stored()).toBeNull()
    // The next process has nothing of the memory of this one.
    const next = world.anew()
    next.jobs.start()
    await next.jobs.rest()
    expect(await stored()).toBe(world.clock.now())
    await next.jobs.stop()
  })

  it('C7 can be rated after it was skipped, and rated anew within a day', async () => {
    const visitorId = await aVisitor()
    const { id: conversationId } = (await closes(await aGoodTalk(visitorId))).conversation
    const own = { conversationId, visitorId }
    const rate = (rating: 1 | 5) => world.conversations.survey(own, { type: 'rate', rating, comment: '' }, {})
    must(await world.conversations.survey(own, { type: 'skipSurvey' }, {}))
    must(await rate(1))
    expect(must(await rate(5)).conversation.survey).toMatchObject({ rating: 5 })
    world.clock.advance(times.ratingChangeable + 1)
    expect(await rate(1)).toMatchObject({ ok: false, error: { code: 'conflict' } })
  })

  it('W10 answers about another visitor as about nobody', async () => {
    const { conversation } = await writes(await aVisitor())
    const stranger = await aVisitor()
    const own = { conversationId: conversation.id, visitorId: stranger }
    const by = { kind: 'visitor' as const, id: stranger }
    const refusals = [
      await world.conversations.survey(own, { type: 'skipSurvey' }, {}),
      await world.conversations.close(conversation.id, by, 'visitor', {}),
    ]
    for (const refusal of refusals) expect(refusal).toMatchObject({ ok: false, error: { code: 'not_found' } })
  })

  it('C9 takes no receipt beyond its last entry', async () => {
    const visitorId = await aVisitor()
    const { conversation } = await writes(visitorId)
    const row = await world.conversations.find(conversation.id)
    if (!row) throw new Error('It is not stored.')
    await world.conversations.receive(row, 'agents', { delivered: 9_000, seen: 9_000 }, {})
    expect(await world.conversations.row(conversation.id)).toMatchObject({
      receipts: { agents: { delivered: 1, seen: 1 } },
      unread: 0,
    })
  })

  it('C12 lists the one waiting longest first', async () => {
    const first = await writes(await aVisitor())
    world.clock.advance(1_000)
    const second = await writes(await aVisitor())
    const { items } = await world.conversations.list({ status: 'open', order: 'waiting', limit: 100 })
    const order = items.map((row) => row.conversation.id)
    expect(order.indexOf(first.conversation.id)).toBeLessThan(order.indexOf(second.conversation.id))
  })

  it('V6 shows on the live list who is in it', async () => {
    const visit = await world.opens('/', granted())
    if (!visit.visitorId) throw new Error('The visitor was not made.')
    const { conversation } = await writes(visit.visitorId)
    expect(world.visits.find(visit.id)?.conversationId).toBe(conversation.id)
    await closes(conversation)
    expect(world.visits.find(visit.id)?.conversationId).toBeNull()
  })
})
