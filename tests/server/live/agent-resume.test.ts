import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ConversationId } from '../../../shared/ids.ts'
import { type AgentSnapshot, protocolVersion } from '../../../shared/protocol.ts'
import { type AgentWire, attend, knockAsAgent, type SocketAgent } from '../../support/agent.ts'
import { handClock } from '../../support/clock.ts'
import { aToken } from '../../support/random.ts'
import { type SocketVisitor, visit } from '../../support/visitor.ts'
import { openWorld, type World } from '../../support/world.ts'

// Digests rest until time is moved on, which nobody does here: what is heard was sent for its own sake.
const clock = handClock()

let world: World
let sara: SocketAgent
let amir: SocketVisitor
let id: ConversationId
beforeAll(async () => {
  world = await openWorld({ clock })
  sara = await attend(world)
})
afterAll(() => world.close())
beforeEach(async () => {
  amir = await visit(world, { token: aToken() })
  id = (await amir.says('1')).conversation.id
})

/** Her console comes back on another socket, holding this. */
async function comesBack(
  held: { id: ConversationId; seq: number }[],
  epoch = sara.snapshot.epoch,
): Promise<{ wire: AgentWire; snapshot: AgentSnapshot }> {
  const wire = await knockAsAgent(world, sara.client.cookie)
  const snapshot = await wire.get('hello', { protocolVersion, resume: { epoch, conversations: held } })
  return { wire, snapshot }
}

describe('an agent who comes back', () => {
  it('W3 is told only what is missing in the conversations that are open', async () => {
    await amir.says('2')
    await sara.notes(id, 'A note')
    const { snapshot } = await comesBack([{ id, seq: 1 }])
    expect(snapshot.conversations).toMatchObject([
      {
        mode: 'missing',
        conversation: { id, seq: 3 },
        entries: [{ seq: 2 }, { seq: 3, visibility: 'note' }],
      },
    ])
  })

  it('W3 hears from there on what happens in them', async () => {
    const { wire } = await comesBack([{ id, seq: 1 }])
    await amir.says('2')
    expect(await wire.heard('entries:added')).toMatchObject({ conversationId: id, entries: [{ seq: 2 }] })
    await amir.wire.get('typing:set', { conversationId: id, typing: true })
    expect(await wire.heard('typing:changed')).toMatchObject({ conversationId: id, typing: true })
  })

  it('W13 gets them whole after the store was restored', async () => {
    const { snapshot } = await comesBack([{ id, seq: 1 }], 'another-epoch')
    expect(snapshot.conversations).toMatchObject([{ mode: 'whole', entries: [{ seq: 1 }] }])
  })

  it('W3 gets the row of each, however long ago it changed', async () => {
    const closed = await sara.wire.get('conversation:close', { conversationId: id })
    clock.advance(1)
    const others = Array.from({ length: 51 }, () => visit(world, { token: aToken() }))
    for (const other of await Promise.all(others)) {
      const { conversation } = await other.says('Hello')
      await sara.wire.get('conversation:close', { conversationId: conversation.id })
    }
    const row = ({ inbox }: AgentSnapshot) => inbox.find(({ conversation }) => conversation.id === id)
    const { snapshot } = await comesBack([{ id, seq: 1 }])
    expect([row((await attend(world, sara.client)).snapshot), row(snapshot)]).toMatchObject([
      undefined,
      { conversation: closed.conversation },
    ])
  })

  it('W3 is told nothing of what does not exist', async () => {
    const nobody = `c_${'0'.repeat(26)}` as ConversationId
    expect((await comesBack([{ id: nobody, seq: 4 }])).snapshot.conversations).toEqual([])
  })
})

describe('what happens while a snapshot is made', () => {
  it('W42 is announced after it: entries, rows and counts', async () => {
    onceListed(world, async () => {
      await amir.says('Meanwhile')
    })
    const { wire, snapshot } = await comesBack([{ id, seq: 1 }])
    expect(snapshot.inbox.find(({ conversation }) => conversation.id === id)?.conversation.seq).toBe(1)
    expect(await wire.heard('entries:added')).toMatchObject({ entries: [{ seq: 2, text: 'Meanwhile' }] })
    await wire.heard('inbox:changed', ({ rows }) =>
      rows.some(({ conversation }) => conversation.id === id && conversation.seq === 2),
    )
  })

  it('W42 is announced after it also where only receipts have moved', async () => {
    onceListed(world, () => sara.wire.get('receipt:send', { conversationId: id, delivered: 1, seen: 1 }))
    const { wire, snapshot } = await comesBack([])
    expect(snapshot.inbox.find(({ conversation }) => conversation.id === id)?.unread).toBe(1)
    await wire.heard('inbox:changed', ({ rows }) =>
      rows.some(({ conversation, unread }) => conversation.id === id && unread === 0),
    )
  })

  it('W42 V8 is counted after it', async () => {
    onceListed(world, async () => {
      const other = await visit(world, { token: aToken() })
      await other.says('One more')
    })
    const { wire, snapshot } = await comesBack([])
    await wire.heard('totals:changed', ({ open }) => open === snapshot.totals.open + 1)
  })
})

/** The next time the inbox is read, this happens before the reader has it. */
function onceListed({ history: { conversations } }: World, happen: () => Promise<unknown>): void {
  const read = conversations.list
  conversations.list = async (...args) => {
    conversations.list = read
    const listed = await read(...args)
    await happen()
    return listed
  }
}
