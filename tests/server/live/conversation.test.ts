import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { attend, type SocketAgent } from '../../support/agent.ts'
import { aClientId, aToken } from '../../support/random.ts'
import { type SocketVisitor, visit } from '../../support/visitor.ts'
import { openWorld, type World } from '../../support/world.ts'

describe('a conversation over sockets', () => {
  let world: World
  let sara: SocketAgent
  beforeAll(async () => {
    world = await openWorld()
    sara = await attend(world)
  })
  afterAll(() => world.close())

  const newVisitor = (): Promise<SocketVisitor> => visit(world, { token: aToken(), at: '/shoes' })

  it('W4 acknowledges what is stored, and announces it to the agents after that', async () => {
    const amir = await newVisitor()
    const { conversation, entries } = await amir.says('Do you have these in 43?')
    expect(entries).toMatchObject([{ kind: 'message', seq: 1, text: 'Do you have these in 43?' }])
    expect(await world.history.conversations.entries(conversation.id, 0, 10)).toEqual(entries)
    const { rows } = await sara.wire.heard('inbox:changed', ({ rows }) =>
      rows.some((row) => row.conversation.id === conversation.id),
    )
    expect(rows.find((row) => row.conversation.id === conversation.id)?.unread).toBe(1)
  })

  it('W4 takes a message that follows on the heels of the token', async () => {
    const { wire } = await visit(world, { at: '/shoes' })
    const keeping = wire.get('visitor:keep', { token: aToken(), consent: 'essential' })
    const sent = wire.get('message:send', { clientId: aClientId(), conversationId: null, text: 'In a hurry' })
    await keeping
    expect((await sent).entries).toMatchObject([{ text: 'In a hurry' }])
  })

  it('W5 answers a re-sent message as the first time', async () => {
    const amir = await newVisitor()
    const clientId = aClientId()
    const first = await amir.says('Hello', { clientId })
    const again = await amir.says('Hello', { clientId })
    expect(again).toEqual({ ...first, duplicate: true })
    const other = { clientId, conversationId: null, text: 'Good day' }
    expect(await amir.wire.failureOf('message:send', other)).toBe('conflict')
  })

  it('C4 gives an unassigned conversation to the first agent who answers', async () => {
    const amir = await newVisitor()
    const { conversation } = await amir.says('Hello')
    await sara.watch(conversation.id)
    await sara.says(conversation.id, 'Welcome')
    const { entries } = await amir.wire.heard('entries:added')
    expect(entries).toMatchObject([
      { kind: 'assigned', seq: 2, agent: { id: sara.snapshot.me.id } },
      { kind: 'message', seq: 3, text: 'Welcome' },
    ])
  })
})
