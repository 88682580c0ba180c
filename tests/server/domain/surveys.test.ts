import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Conversation } from '../../../shared/conversation/conversation.ts'
import type { ConversationId } from '../../../shared/ids.ts'
import { times } from '../../../shared/limits.ts'
import { openAsks } from '../../../shared/survey.ts'
import type { SiteSurveys } from '../../../shared/survey-words.ts'
import { type DomainWorld, granted, must, openDomain } from '../../support/domain-world.ts'
import { aClientId } from '../../support/random.ts'

let world: DomainWorld
beforeAll(async () => {
  world = await openDomain()
  world.jobs.start()
})
afterAll(() => world.end())

async function asks(asks: SiteSurveys['asks']): Promise<void> {
  const { id, key: _, createdAt: __, ...draft } = world.site
  must(await world.sites.change(id, { ...draft, surveys: { asks } }))
}

const somebody = async () => {
  const visit = await world.opens('/', granted())
  if (!visit.visitorId) throw new Error('The visitor was not made.')
  return { visit, visitorId: visit.visitorId }
}
type Somebody = Awaited<ReturnType<typeof somebody>>

/** Said, answered and said again. */
async function talk({ visitorId }: Somebody, within: ConversationId | null = null): Promise<ConversationId> {
  const said = (text: string) =>
    world.conversations.postAsVisitor(
      {
        ...{ siteId: world.site.id, visitorId, visitId: null },
        ...{ conversationId: within, clientId: aClientId(), text },
      },
      {},
    )
  const { id: conversationId } = must(await said('Hello')).conversation
  const reply = { agent: world.sara, conversationId, clientId: aClientId(), text: 'Welcome' }
  must(await world.conversations.postAsAgent({ ...reply, note: false }, {}))
  must(await said('Thanks'))
  return conversationId
}

const close = async (id: ConversationId): Promise<Conversation> =>
  must(await world.conversations.close(id, { kind: 'system' }, 'agent', {})).conversation

async function chat(who: Somebody): Promise<Conversation> {
  const closed = await close(await talk(who))
  await world.jobs.rest()
  return closed
}

describe('what a close asks', () => {
  it('R3 asks each person for a recommendation once in ninety days, also after a restart', async () => {
    await asks(['nps'])
    const amir = await somebody()
    const asked = async () => openAsks(await chat(amir))
    expect(await asked()).toEqual(['nps'])
    world.clock.advance(times.npsApart - 1)
    expect(await asked()).toEqual([])
    expect(await world.history.visitors.find(amir.visitorId)).toMatchObject({
      npsAskedAt: expect.any(Number),
    })
    world.clock.advance(1)
    expect(await asked()).toEqual(['nps'])
  })

  it('R3 T15 asks for no recommendation in a visit that has borne a proactive message', async () => {
    await asks(['csat', 'nps'])
    const amir = await somebody()
    const agent = { ...world.sara, role: 'admin' as const }
    must(await world.proactive.invite(amir.visit.id, 'May I help?', agent))
    expect(openAsks(await chat(amir))).toEqual(['csat'])
  })

  it('R1 C6 asks nothing where the site wants nothing asked', async () => {
    await asks([])
    expect(openAsks(await chat(await somebody()))).toEqual([])
  })

  it('C6 asks one person once a day, whatever is asked', async () => {
    await asks(['ces'])
    const amir = await somebody()
    expect(openAsks(await chat(amir))).toEqual(['ces'])
    expect(openAsks(await chat(amir))).toEqual([])
    world.clock.advance(times.surveyLock + 1)
    expect(openAsks(await chat(amir))).toEqual(['ces'])
  })

  it('R29 asks once where two chats of one person end at the same moment', async () => {
    await asks(['csat', 'nps'])
    const amir = await somebody()
    const { id: first } = await chat(amir)
    world.clock.advance(times.reopenWithin + times.surveyLock)
    const second = await talk(amir)
    must(await world.conversations.reopen(first, { kind: 'system' }, {}))
    await talk(amir, first)
    const both = await Promise.all([first, second].map(close))
    expect(both.map((one) => openAsks(one))).toEqual([['csat'], []])
  })
})
