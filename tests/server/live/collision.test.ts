import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { AgentId, ConversationId } from '../../../shared/ids.ts'
import { attend, type SocketAgent } from '../../support/agent.ts'
import { textAt } from '../../support/client.ts'
import { aToken } from '../../support/random.ts'
import { visit } from '../../support/visitor.ts'
import { openWorld, type World } from '../../support/world.ts'

let world: World
let sara: SocketAgent
let omid: SocketAgent
let conversationId: ConversationId
beforeAll(async () => {
  world = await openWorld()
  sara = await attend(world)
  omid = await attend(world, await world.signInAs('agent'))
})
afterAll(() => world.close())
beforeEach(async () => {
  const guest = await visit(world, { token: aToken() })
  conversationId = (await guest.says('Who helps me?')).conversation.id
  await sara.watch(conversationId)
  await omid.watch(conversationId)
})

const idOf = ({ snapshot }: SocketAgent): AgentId => snapshot.me.id

describe('two agents in one conversation', () => {
  it('C16 see each other writing', async () => {
    for (const [one, other] of [
      [sara, omid],
      [omid, sara],
    ] as const) {
      await one.wire.get('typing:set', { conversationId, typing: true })
      const { who } = await other.wire.heard(
        'typing:changed',
        (heard) => heard.conversationId === conversationId,
      )
      expect(who).toMatchObject({ side: 'agents', agentId: idOf(one) })
    }
  })

  it('W6 who answer at once see both answers, in one order', async () => {
    const [mine, theirs] = await Promise.all([
      sara.says(conversationId, 'I do.'),
      omid.says(conversationId, 'I do, too.'),
    ])
    const heard = async (agent: SocketAgent, own: typeof mine) => {
      const { entries } = await agent.wire.heard(
        'entries:added',
        (added) =>
          added.conversationId === conversationId && added.entries.some((one) => one.kind === 'message'),
      )
      return [...own.entries, ...entries].sort((a, b) => a.seq - b.seq)
    }
    const seen = await heard(sara, mine)
    expect(seen.map(({ seq }) => seq)).toEqual([2, 3, 4])
    expect(await heard(omid, theirs)).toEqual(seen)
  })
})

describe('an assignment', () => {
  const assign = (agent: SocketAgent, more: object = {}) =>
    agent.wire.ask('conversation:assign', { conversationId, agentId: idOf(agent), ...more })

  it('C20 of two who take it at once one gets it, and the other is told who', async () => {
    const answers = await Promise.all([assign(sara, { from: null }), assign(omid, { from: null })])
    const [first, second] = answers[0].ok ? [sara, 1] : [omid, 0]
    expect(answers[second]).toMatchObject({ ok: false, error: { code: 'conflict', assigneeId: idOf(first) } })
  })

  it('C20 that is so already is no conflict, whoever made it so', async () => {
    await assign(sara, { from: null })
    expect(await assign(sara, { from: null })).toMatchObject({ ok: true, entries: [] })
  })

  it('C20 stands where it was changed meanwhile, and is changed where nothing is said of before', async () => {
    await assign(sara)
    expect(await assign(omid, { from: null })).toMatchObject({ error: { assigneeId: idOf(sara) } })
    expect(await assign(omid)).toMatchObject({ ok: true, conversation: { assigneeId: idOf(omid) } })
  })

  it('C20 answers programs the same', async () => {
    await assign(sara)
    const path = `/api/v1/conversations/${conversationId}/assign`
    const answer = await omid.client.send('POST', path, { agentId: idOf(omid), from: null })
    expect([answer.status, textAt(answer, 'error', 'assigneeId')]).toEqual([409, idOf(sara)])
  })
})
