import { describe, expect, it } from 'vitest'
import { DeskControl } from '../../agent-console/state/desk.ts'
import { applyDesk, type Desk, type DeskEvent, emptyDesk } from '../../agent-console/state/desk-state.ts'
import { success } from '../../shared/result.ts'
import { noReceipts } from '../../shared/timeline.ts'
import { clientId, conversationId, minute, Story, sara } from '../shared/story.ts'
import { handClock } from '../support/clock.ts'
import { me, memoryKeep, otherConversation, rowOf, snapshotOf, somebody, visitId } from './support/desk.ts'
import { fakeLink, settle } from './support/fake-link.ts'

const fold = (events: readonly DeskEvent[]): Desk => events.reduce(applyDesk, emptyDesk(me))
const snapshot = (more = {}): DeskEvent => ({ type: 'snapshot', snapshot: snapshotOf(more), now: 0 })

describe('what a desk folds', () => {
  it('W13 equals a fresh snapshot after a stale one and the rows it missed', () => {
    const early = rowOf(new Story().visitor(minute))
    const late = rowOf(new Story().visitor(minute).agent(2 * minute))
    const followed = fold([snapshot({ inbox: [early] }), { type: 'inbox', rows: [late] }])
    expect(followed.inbox).toEqual(fold([snapshot({ inbox: [late] })]).inbox)
  })

  it('W13 ignores a row older than the one it holds', () => {
    const early = rowOf(new Story().visitor(minute))
    const late = rowOf(new Story().visitor(minute).agent(2 * minute))
    const desk = fold([snapshot({ inbox: [late] }), { type: 'inbox', rows: [early] }])
    expect(desk.inbox.get(conversationId)).toEqual(late)
  })

  it('keeps closed conversations that were fetched by hand through the next snapshot', () => {
    const closed = rowOf(new Story().visitor(minute).close(2 * minute))
    expect(fold([snapshot(), { type: 'inbox', rows: [closed] }, snapshot()]).inbox.size).toBe(1)
  })

  it('drops what it has read, and nothing it has written, when the store was restored', () => {
    const story = new Story().visitor(minute)
    const { conversation, entries } = story
    const desk = fold([
      snapshot({ epoch: 'before' }),
      {
        type: 'timeline',
        conversationId,
        event: { type: 'snapshot', conversation, entries, receipts: noReceipts },
      },
      {
        type: 'timeline',
        conversationId,
        event: { type: 'queued', clientId: clientId(9), text: 'Yes', writtenAt: 0 },
      },
      snapshot({ epoch: 'after' }),
    ])
    expect(desk.timelines.get(conversationId)).toMatchObject({ conversation: null, entries: [] })
    expect(desk.timelines.get(conversationId)?.pending).toHaveLength(1)
  })

  it('V6 follows people who come, move and go, and remembers where they have been', () => {
    const moved = somebody(1, {
      page: { url: 'https://shop.example/cart', title: 'Cart', at: 9_000 },
      pageViews: 2,
    })
    const there = fold([
      snapshot({ visitors: [somebody(1)] }),
      { type: 'roster', upserts: [moved], gone: [] },
    ])
    expect(there.trails.get(visitId(1))).toEqual([
      { url: 'https://shop.example/', title: 'Home', at: 1_000, leftAt: 9_000 },
      { url: 'https://shop.example/cart', title: 'Cart', at: 9_000, leftAt: null },
    ])
    const gone = applyDesk(there, { type: 'roster', upserts: [], gone: [visitId(1)] })
    expect([gone.roster.size, gone.trails.size]).toEqual([0, 0])
  })

  it('does not show somebody as typing once their message is here', () => {
    const story = new Story().visitor(minute)
    const typing = fold([
      snapshot(),
      {
        type: 'timeline',
        conversationId,
        event: {
          type: 'snapshot',
          conversation: story.conversation,
          entries: story.entries,
          receipts: noReceipts,
        },
      },
      {
        type: 'typing',
        change: { conversationId, who: { side: 'visitor' }, typing: true },
        until: 5_000,
      },
    ])
    const entries = story.visitor(2 * minute).entries.slice(-1)
    const after = applyDesk(typing, { type: 'timeline', conversationId, event: { type: 'entries', entries } })
    expect([typing, after].map((desk) => desk.typing.get(conversationId)?.visitorUntil)).toEqual([5_000, 0])
  })
})

function openDesk() {
  const link = fakeLink()
  const clock = handClock()
  const keep = memoryKeep()
  const nothing = async () => success(undefined as never)
  const api = { address: () => '', get: nothing, send: nothing }
  let written = 100
  const chance = { clientId: () => clientId(++written), share: () => 0.5 }
  const desk = new DeskControl({ me, link, api, clock, keep, chance })
  const greet = async (more = {}) => {
    link.tell({ name: 'up' })
    await link.waiting('hello')[0]?.answer({ ok: true, ...snapshotOf(more) })
  }
  return { link, clock, keep, desk, greet }
}

describe('a desk at work', () => {
  it('W3 says hello, and after a break again, asking of each open conversation only what is missing', async () => {
    const { link, desk, greet } = openDesk()
    const story = new Story().visitor(minute)
    await greet()
    desk.watch(conversationId)
    await link.waiting('conversation:watch')[0]?.answer({
      ok: true,
      mode: 'whole',
      conversation: story.conversation,
      entries: story.entries,
      receipts: noReceipts,
      row: rowOf(story),
    })
    link.tell({ name: 'down' })
    expect(desk.state.get().connection.name).toBe('lost')
    await greet()
    expect(link.waiting('conversation:watch')[0]?.input).toEqual({ conversationId, after: 1 })
  })

  it('W7 fills a gap in a conversation without being asked', async () => {
    const { link, desk, greet } = openDesk()
    const story = new Story().visitor(minute)
    await greet()
    desk.watch(conversationId)
    const { conversation } = story
    const whole = { ok: true, mode: 'whole', conversation, entries: [...story.entries], receipts: noReceipts }
    await link.waiting('conversation:watch')[0]?.answer({ ...whole, row: rowOf(story) })
    story.visitor(2 * minute).visitor(3 * minute)
    link.announce('entries:added', { conversationId, entries: story.entries.slice(2) })
    await settle()
    await link.waiting('entries:since')[0]?.answer({
      ok: true,
      conversation: story.conversation,
      entries: story.entries.slice(1),
      receipts: noReceipts,
      more: false,
    })
    expect(desk.state.get().timelines.get(conversationId)?.entries).toEqual(story.entries)
  })

  it('C9 sends a receipt only when it says something new', async () => {
    const { link, desk, greet } = openDesk()
    const { conversation, entries } = new Story().visitor(minute)
    await greet()
    desk.watch(conversationId)
    const read = { visitor: noReceipts.visitor, agents: { delivered: 1, seen: 0 } }
    const row = rowOf(new Story().visitor(minute))
    const answer = { ok: true, mode: 'whole', conversation, entries, receipts: read, row }
    await link.waiting('conversation:watch')[0]?.answer(answer)
    desk.receive(conversationId, false)
    expect(link.waiting('receipt:send')).toHaveLength(0)
    desk.receive(conversationId, true)
    expect(link.waiting('receipt:send')[0]?.input).toEqual({ conversationId, delivered: 1, seen: 1 })
  })

  it('W18 keeps a confirmed reply in sight while the entries before it are fetched', async () => {
    const { link, desk, greet } = openDesk()
    const story = new Story().visitor(minute)
    await greet()
    desk.watch(conversationId)
    const whole = { ok: true, mode: 'whole', conversation: story.conversation, entries: [...story.entries] }
    await link.waiting('conversation:watch')[0]?.answer({ ...whole, receipts: noReceipts, row: rowOf(story) })
    desk.reply(conversationId, 'Here', false)
    story.visitor(2 * minute)
    story.run(
      { type: 'message', author: sara, clientId: clientId(101), text: 'Here', note: false },
      3 * minute,
    )
    const entries = story.entries.slice(-1)
    await link.waiting('message:send')[0]?.answer({ ok: true, entries, duplicate: false })
    const timeline = () => desk.state.get().timelines.get(conversationId)
    expect(timeline()?.pending).toHaveLength(1)
    const missing = { entries: story.entries.slice(1), receipts: noReceipts, more: false }
    await link.waiting('entries:since')[0]?.answer({ ok: true, ...missing })
    expect([timeline()?.pending, timeline()?.entries]).toEqual([[], story.entries])
  })

  it('W12 tells that the session has ended', async () => {
    const { link, desk, greet } = openDesk()
    await greet()
    link.tell({ name: 'refused', reason: 'session' })
    link.tell({ name: 'down' })
    expect(desk.state.get().connection).toEqual({ name: 'refused', reason: 'session' })
  })

  it('counts the server’s time, whatever this device’s clock says', async () => {
    const { clock, desk, greet } = openDesk()
    await greet({ serverTime: clock.now() + 5_000 })
    clock.advance(1_000)
    expect(desk.now()).toBe(clock.now() + 5_000)
  })

  it('W18 shows a reply at once and sends what waited when the way is open again', async () => {
    const { link, desk, greet } = openDesk()
    desk.reply(otherConversation(1), 'Right away', false)
    await link.waiting('message:send')[0]?.answer({ ok: false, error: { code: 'unavailable', message: '' } })
    await greet()
    expect(link.waiting('message:send')[0]?.input).toMatchObject({ text: 'Right away' })
  })
})
