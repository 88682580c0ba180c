import { describe, expect, it } from 'vitest'
import { watchSleep } from '../../agent-console/state/sleep.ts'
import { noReceipts } from '../../shared/timeline.ts'
import { conversationId, minute, omid, Story } from '../shared/story.ts'
import { me, otherConversation, rowOf, snapshotOf, somebody, visitId } from './support/desk.ts'
import { openDesk } from './support/desk-at-work.ts'
import { settle } from './support/fake-link.ts'

/** What the server says of an open conversation to who holds it up to `held`. */
const missing = (story: Story, held: number) => ({
  conversation: story.conversation,
  mode: 'missing' as const,
  entries: story.entries.slice(held),
  receipts: noReceipts,
})

const colleague = { id: otherConversation(7).replace('c_', 'a_') as never, name: 'Omid' }

describe('a desk after a break', () => {
  it('W3 tells what it holds of each open conversation, and folds in what it missed', async () => {
    const { link, desk, greet, show } = openDesk()
    const story = new Story().visitor(minute)
    await greet()
    await show(story)
    link.tell({ name: 'down' })
    expect(desk.state.get().connection.name).toBe('lost')
    story.visitor(2 * minute).agent(3 * minute, omid)
    link.tell({ name: 'up' })
    const hello = link.waiting('hello')[0]
    expect(hello?.input).toMatchObject({
      resume: { epoch: 'first', conversations: [{ id: conversationId, seq: 1 }] },
    })
    const inbox = [rowOf(story)]
    await hello?.answer({ ok: true, ...snapshotOf({ inbox, conversations: [missing(story, 1)] }) })
    expect(desk.state.get().timelines.get(conversationId)).toMatchObject({
      conversation: story.conversation,
      entries: story.entries,
      gap: false,
    })
    expect(link.waiting('conversation:watch')).toEqual([])
  })

  it('W13 drops a conversation that is not there any more, and asks once more for it', async () => {
    const { link, desk, greet, show } = openDesk()
    await greet()
    await show(new Story().visitor(minute))
    link.tell({ name: 'down' })
    await greet()
    expect([desk.state.get().timelines.size, link.waiting('conversation:watch').length]).toEqual([0, 1])
  })

  it('V6 forgets where people have been who are gone', async () => {
    const { link, desk, greet } = openDesk()
    await greet({ visitors: [somebody(1), somebody(2)] })
    link.tell({ name: 'down' })
    await greet({ visitors: [somebody(2)] })
    expect([...desk.state.get().trails.keys()]).toEqual([visitId(2)])
  })

  it('has screens ask anew for settings, whose changes it may have missed', async () => {
    const { link, desk, greet } = openDesk()
    await greet()
    const before = desk.state.get().workspaceVersion
    link.tell({ name: 'down' })
    await greet()
    expect(desk.state.get().workspaceVersion).toBe(before + 1)
  })
})

describe('a desk that may have slept', () => {
  it('W40 gives a connection up that stays silent, and only that one', async () => {
    const { link, clock, desk, greet } = openDesk()
    await greet()
    desk.resync()
    await link.waiting('hello')[0]?.answer({ ok: true, ...snapshotOf() })
    clock.advance(2_000)
    expect(link.renewed).toHaveLength(0)
    clock.advance(1_000)
    desk.resync()
    clock.advance(2_000)
    expect(link.renewed).toHaveLength(1)
  })

  it('W40 asks once, however many signs of waking up come together', async () => {
    const { link, desk, greet } = openDesk()
    await greet()
    for (let i = 0; i < 3; i++) desk.resync()
    expect(link.waiting('hello')).toHaveLength(1)
  })

  it('W40 notices by the clock alone that time has gone on without it', () => {
    let now = 0
    let due = (): void => undefined
    const after = (_: number, run: () => void) => {
      due = run
      return () => undefined
    }
    let woken = 0
    watchSleep({ now: () => now, after }, () => woken++)
    const beatAt = (at: number) => {
      now = at
      due()
      return woken
    }
    expect([beatAt(2_000), beatAt(4_100), beatAt(30 * minute), beatAt(30 * minute + 2_000)]).toEqual([
      0, 0, 1, 1,
    ])
  })
})

describe('a desk whose browser another agent has signed in to', () => {
  it('W41 sends nothing in their name, and keeps it for its own agent', async () => {
    const { link, desk, greet, keep, vault, reply } = openDesk()
    await reply('From Sara')
    await greet({ me: { ...me, ...colleague } })
    expect(desk.state.get().connection.name).toBe('replaced')
    expect(link.waiting('message:send')).toEqual([])
    const next = openDesk({ keep, vault })
    await next.greet()
    expect(next.link.waiting('message:send').map(({ input }) => input)).toMatchObject([{ text: 'From Sara' }])
  })

  it('W41 sends nothing before the server has said whom it greets', async () => {
    const { link, greet, reply } = openDesk()
    link.tell({ name: 'up' })
    await reply('Too early')
    expect(link.waiting('message:send')).toEqual([])
    await link.waiting('hello')[0]?.answer({ ok: true, ...snapshotOf() })
    expect(link.waiting('message:send')).toHaveLength(1)
    await greet()
  })
})

describe('a reply whose session ends', () => {
  it('W41 waits on the disk until the same agent is back', async () => {
    const { link, greet, keep, vault, reply, desk } = openDesk()
    await greet()
    await reply('Half-way')
    const error = { code: 'unauthenticated', message: 'Sign in again.' }
    await link.waiting('message:send')[0]?.answer({ ok: false, error })
    link.tell({ name: 'refused', reason: 'session' })
    desk.leave()
    expect([keep.held.size, vault.held.size]).toEqual([1, 1])
    const back = openDesk({ keep, vault })
    expect(
      [...back.desk.state.get().timelines.values()].map(({ pending }) => pending[0]?.state.name),
    ).toEqual(['queued'])
    await back.greet()
    await settle()
    expect(back.link.waiting('message:send')[0]?.input).toMatchObject({ text: 'Half-way' })
  })
})
