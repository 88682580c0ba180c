import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Conversation } from '../../../shared/conversation/conversation.ts'
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

/** Said, answered, said again and closed. */
async function chat({ visitorId }: Somebody): Promise<Conversation> {
  const said = (text: string) =>
    world.conversations.postAsVisitor(
      { siteId: world.site.id, visitorId, visitId: null, conversationId: null, clientId: aClientId(), text },
      {},
    )
  const { conversation } = must(await said('Hello'))
  const reply = { agent: world.sara, conversationId: conversation.id, clientId: aClientId(), text: 'Welcome' }
  must(await world.conversations.postAsAgent({ ...reply, note: false }, {}))
  must(await said('Thanks'))
  const closed = must(await world.conversations.close(conversation.id, { kind: 'system' }, 'agent', {}))
  await world.jobs.rest()
  return closed.conversation
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
})
