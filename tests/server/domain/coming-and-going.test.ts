import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ConversationId } from '../../../shared/ids.ts'
import { times } from '../../../shared/limits.ts'
import { foldLedger } from '../../../shared/metrics/fold.ts'
import { abandonedAt } from '../../../shared/metrics/gone.ts'
import { type DomainWorld, granted, must, openDomain } from '../../support/domain-world.ts'
import { aClientId } from '../../support/random.ts'

let world: DomainWorld
beforeAll(async () => {
  world = await openDomain()
})
afterAll(() => world.end())

const sweeps = 30_000

/** Somebody who has written and waits; their page is closed. */
async function waits() {
  const who = granted()
  const visit = await world.opens('/', who)
  const { visitorId } = visit
  if (!visitorId) throw new Error('The visitor was not made.')
  const says = async () => {
    const message = { siteId: world.site.id, visitorId, visitId: null, conversationId: null }
    return must(
      await world.conversations.postAsVisitor({ ...message, clientId: aClientId(), text: 'Hello' }, {}),
    )
  }
  const { conversation } = await says()
  return { ...{ who, visit, says }, id: conversation.id }
}

const answer = (conversationId: ConversationId) =>
  world.conversations.postAsAgent(
    { agent: world.sara, conversationId, clientId: aClientId(), text: 'Welcome', note: false },
    {},
  )

const kinds = async (id: ConversationId): Promise<string[]> =>
  (await world.conversations.entries(id, 0, 50)).map(({ kind }) => kind)

const passes = (ms: number) => world.clock.advance(ms)

const comesBack = async ({ who, id }: Awaited<ReturnType<typeof waits>>) => {
  const row = await world.conversations.find(id)
  world.comings.returned(await world.opens('/', who), row ? [row.conversation] : [])
}

describe('whoever waits for an answer', () => {
  it('M43 has left, and is back, each once on record', async () => {
    const one = await waits()
    await passes(times.visitorGoneDesktop + sweeps)
    await expect.poll(() => kinds(one.id)).toEqual(['message', 'visitorLeft'])
    await passes(10 * sweeps)
    await comesBack(one)
    await expect.poll(() => kinds(one.id)).toEqual(['message', 'visitorLeft', 'visitorReturned'])
    await comesBack(one)
    await passes(times.visitorGoneDesktop + sweeps)
    await expect.poll(() => kinds(one.id)).toHaveLength(4)
    expect((await kinds(one.id)).at(-1)).toBe('visitorLeft')
  })

  it('M43 is back with what they write', async () => {
    const one = await waits()
    await passes(times.visitorGoneDesktop + sweeps)
    await expect.poll(() => kinds(one.id)).toEqual(['message', 'visitorLeft'])
    await one.says()
    await comesBack(one)
    expect((await world.conversations.find(one.id))?.conversation.away).toBe(false)
    expect(await kinds(one.id)).toEqual(['message', 'visitorLeft', 'message'])
  })

  it('M43 counts as having given up when they stay away', async () => {
    const one = await waits()
    await passes(times.visitorGoneDesktop + sweeps)
    await expect.poll(() => kinds(one.id)).toEqual(['message', 'visitorLeft'])
    const entries = await world.conversations.entries(one.id, 0, 50)
    const [episode] = foldLedger({ id: one.id, siteId: world.site.id }, entries).episodes
    const left = entries.at(-1)?.at ?? 0
    expect(episode && abandonedAt(episode, left + times.visitorGoneForGood)).toBeNull()
    expect(episode && abandonedAt(episode, left + times.visitorGoneForGood + 1)).toBe(left)
  })

  it('M43 is not looked after once they were answered', async () => {
    const one = await waits()
    await answer(one.id)
    await passes(times.visitorGoneDesktop + sweeps)
    await comesBack(one)
    expect(await kinds(one.id)).toEqual(['message', 'assigned', 'message'])
  })
})
