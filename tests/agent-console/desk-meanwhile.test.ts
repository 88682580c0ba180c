import { describe, expect, it } from 'vitest'
import { noReceipts } from '../../shared/timeline.ts'
import { agentId, clientId, conversationId, minute, omid, Story, sara } from '../shared/story.ts'
import { rowOf, snapshotOf } from './support/desk.ts'
import { openDesk } from './support/desk-at-work.ts'
import { settle } from './support/fake-link.ts'

/** Sara has this conversation on her screen; what happens in the story from now on she has not heard of. */
async function looking(story = new Story().visitor(minute)) {
  const opened = openDesk()
  await opened.greet()
  await opened.show(story)
  const { link, desk } = opened
  const told = () => {
    const held = desk.state.get().meanwhile.get(conversationId)
    return held && [held.unchanged, ...held.entries.map(({ kind, seq }) => `${kind} ${seq}`)]
  }
  /** Answers the console's question how the conversation stands now. */
  const tellNow = async (held: number) => {
    const { conversation, entries } = story
    const answer = { ok: true, mode: 'missing', conversation, entries: entries.slice(held) }
    await link
      .waiting('conversation:watch')[0]
      ?.answer({ ...answer, receipts: noReceipts, row: rowOf(story) })
    await settle()
  }
  const shown = () => desk.state.get().timelines.get(conversationId)?.conversation
  return { ...opened, story, told, tellNow, shown }
}

const byOmid = (story: Story, at: number) =>
  story.run({ type: 'close', by: omid, reason: 'agent', surveyLocked: true }, at)

describe('acting on what is not so any more', () => {
  it('C20 says who closed a conversation that was to be closed', async () => {
    const { desk, link, story, told, tellNow, shown } = await looking()
    const closing = desk.close(conversationId)
    byOmid(story, 2 * minute)
    const answer = { ok: true, conversation: story.conversation, entries: [] }
    await link.waiting('conversation:close')[0]?.answer(answer)
    await tellNow(1)
    expect([await closing, told(), shown()]).toEqual([null, [true, 'closed 2'], story.conversation])
  })

  it('C20 says who has a conversation that was to be assigned, and leaves it with them', async () => {
    const { desk, link, story, told, tellNow, shown } = await looking()
    const assigning = desk.assign(conversationId, agentId(sara))
    expect(link.waiting('conversation:assign')[0]?.input).toMatchObject({ from: null })
    story.assign(2 * minute, omid)
    const to = { id: agentId(sara), name: 'Sara' }
    const refused = story.run({ type: 'assign', agent: to, by: sara, from: null }, 3 * minute)
    await link.waiting('conversation:assign')[0]?.answer(refused)
    await tellNow(1)
    expect([await assigning, shown()?.assigneeId]).toEqual([null, agentId(omid)])
    // Omid was given it by Sara herself in another tab of hers: that is no news to her.
    expect(told()).toBeUndefined()
  })

  it('C20 tells of a colleague who took it', async () => {
    const { desk, link, story, told, tellNow } = await looking()
    const assigning = desk.assign(conversationId, agentId(sara))
    story.run({ type: 'assign', agent: { id: agentId(omid), name: 'Omid' }, by: omid }, 2 * minute)
    const to = { id: agentId(sara), name: 'Sara' }
    const refused = story.run({ type: 'assign', agent: to, by: sara, from: null }, 3 * minute)
    await link.waiting('conversation:assign')[0]?.answer(refused)
    await tellNow(1)
    expect([await assigning, told()]).toEqual([null, [true, 'assigned 2']])
  })

  it('C20 tells whoever replied that a colleague had answered and closed before', async () => {
    const { link, story, told, reply } = await looking()
    await reply('It is')
    story.agent(2 * minute, omid)
    byOmid(story, 3 * minute)
    const message = {
      type: 'message',
      author: sara,
      clientId: clientId(101),
      text: 'It is',
      note: false,
    } as const
    const stored = story.run(message, 4 * minute)
    const entries = stored.ok ? stored.value : []
    await link.waiting('message:send')[0]?.answer({ ok: true, conversation: story.conversation, entries })
    const rest = { entries: story.entries.slice(1), receipts: noReceipts, more: false }
    await link.waiting('entries:since')[0]?.answer({ ok: true, ...rest })
    await settle()
    expect(told()).toEqual([false, 'assigned 2', 'message 3', 'closed 4'])
  })

  it('C20 says nothing where nobody else did anything', async () => {
    const { desk, link, story, told } = await looking()
    const closing = desk.close(conversationId)
    story.close(2 * minute)
    const answer = { ok: true, conversation: story.conversation, entries: story.entries.slice(1) }
    await link.waiting('conversation:close')[0]?.answer(answer)
    expect([await closing, told()]).toEqual([null, undefined])
  })

  it('C20 tells after a break what colleagues did in the open conversation, until it was read', async () => {
    const { desk, link, story, told } = await looking()
    link.tell({ name: 'down' })
    story.agent(2 * minute, omid).visitor(3 * minute)
    byOmid(story, 4 * minute)
    link.tell({ name: 'up' })
    const { conversation, entries } = story
    const missing = {
      conversation,
      mode: 'missing' as const,
      entries: entries.slice(1),
      receipts: noReceipts,
    }
    const snapshot = snapshotOf({ inbox: [rowOf(story)], conversations: [missing] })
    await link.waiting('hello')[0]?.answer({ ok: true, ...snapshot })
    expect(told()).toEqual([false, 'assigned 2', 'message 3', 'closed 5'])
    desk.heed(conversationId)
    expect(told()).toBeUndefined()
  })
})
