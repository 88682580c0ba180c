import { describe, expect, it } from 'vitest'
import { applyDesk } from '../../agent-console/state/desk-fold.ts'
import { type Desk, type DeskEvent, emptyDesk } from '../../agent-console/state/desk-state.ts'
import { makeId } from '../../shared/ids.ts'
import { limits } from '../../shared/limits.ts'
import { success } from '../../shared/result.ts'
import { noReceipts } from '../../shared/timeline.ts'
import { clientId, conversationId, minute, Story, sara } from '../shared/story.ts'
import { me, otherConversation, rowOf, snapshotOf, somebody, visitId } from './support/desk.ts'
import { openDesk } from './support/desk-at-work.ts'
import { settle } from './support/fake-link.ts'

const fold = (events: readonly DeskEvent[]): Desk => events.reduce(applyDesk, emptyDesk(me))
const snapshot = (more = {}): DeskEvent => ({ type: 'snapshot', snapshot: snapshotOf(more), now: 0 })

const live: DeskEvent = { type: 'connection', connection: { name: 'live' } }
const lost: DeskEvent = { type: 'connection', connection: { name: 'lost', since: 0 } }

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

  it('keeps closed conversations that were fetched by hand, until news of them may have been missed', () => {
    const closed = rowOf(new Story().visitor(minute).close(2 * minute))
    const fetched: DeskEvent[] = [snapshot(), live, { type: 'inbox', rows: [closed] }]
    expect(fold([...fetched, snapshot()]).inbox.size).toBe(1)
    expect(fold([...fetched, lost, snapshot()]).inbox.size).toBe(0)
  })

  describe('with more open conversations than a snapshot brings', () => {
    const { conversation } = new Story().visitor(minute)
    const rows = Array.from({ length: limits.conversationsInSnapshot + 1 }, (_, i) => {
      const id = makeId('c', i, new Uint8Array(10))
      return { ...rowOf(new Story()), conversation: { ...conversation, id, waitingSince: i } }
    })
    const first = snapshot({ inbox: rows.slice(0, -1) })
    const beyond: DeskEvent = { type: 'inbox', rows: rows.slice(-1) }

    it('keeps the further ones that were fetched by hand when it only asks again', () => {
      const desk = fold([first, live, beyond, first])
      expect([desk.inbox.size, desk.forgotten]).toEqual([rows.length, 1])
    })

    it('lets them go after a break, in which they may have been closed', () => {
      const desk = fold([first, live, beyond, lost, first])
      expect([desk.inbox.size, desk.forgotten]).toEqual([rows.length - 1, 2])
    })

    it('lets go of a held one that a snapshot with room for it does not bring', () => {
      expect(fold([first, live, snapshot({ inbox: rows.slice(0, 3) })]).inbox.size).toBe(3)
    })
  })

  it('V8 counts all there are, however few of them it lists', () => {
    const row = rowOf(new Story().visitor(minute))
    const totals = { visitors: 2_000, open: 900, waiting: 30 }
    const desk = fold([snapshot({ inbox: [row], totals })])
    expect([desk.totals, desk.moreOpen]).toEqual([totals, true])
    const fewer = { visitors: 1_999, open: 899, waiting: 29 }
    expect(applyDesk(desk, { type: 'totals', totals: fewer }).totals).toEqual(fewer)
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

  it('V6 W13 names in the inbox whom the site has made known meanwhile', () => {
    const row = rowOf(new Story().visitor(minute), { visitorName: null })
    const known = somebody(1, { name: 'Mina' })
    const desk = fold([snapshot({ inbox: [row] }), { type: 'roster', upserts: [known], gone: [] }])
    expect(desk.inbox.get(conversationId)?.visitorName).toBe('Mina')
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

describe('a desk at work', () => {
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

  it('C9 counts a receipt once it is confirmed, and tells it again after a break', async () => {
    const { link, desk, greet } = openDesk()
    const story = new Story().visitor(minute)
    const { conversation, entries } = story
    await greet()
    desk.watch(conversationId)
    const whole = { ok: true, mode: 'whole', conversation, entries, receipts: noReceipts, row: rowOf(story) }
    await link.waiting('conversation:watch')[0]?.answer(whole)
    const seen = () => desk.state.get().timelines.get(conversationId)?.receipts.agents.seen
    desk.receive(conversationId, true)
    desk.receive(conversationId, true)
    expect([link.waiting('receipt:send').length, seen()]).toEqual([1, 0])
    await link.waiting('receipt:send')[0]?.answer({ ok: false, error: { code: 'unavailable', message: '' } })
    await greet()
    await link.waiting('receipt:send')[0]?.answer({ ok: true })
    expect(seen()).toBe(1)
    await greet()
    expect(link.waiting('receipt:send')).toEqual([])
  })

  it('reads past the conversations it holds to the first page with others', async () => {
    const { conversation, ...flat } = rowOf(new Story().visitor(minute))
    const held = { items: [{ ...conversation, ...flat }], nextCursor: 'second' }
    const other = { ...conversation, ...flat, id: otherConversation(3) }
    const { desk, greet, asked } = openDesk({
      pages: { null: held, second: { items: [other], nextCursor: 'third' } },
    })
    await greet({ inbox: [{ conversation, ...flat }] })
    expect(await desk.newOlderRows({ status: 'open' })).toEqual(success('third'))
    expect([desk.state.get().inbox.size, asked.length]).toEqual([2, 2])
  })

  it('W18 keeps a confirmed reply in sight while the entries before it are fetched', async () => {
    const { link, desk, greet } = openDesk()
    const story = new Story().visitor(minute)
    await greet()
    desk.watch(conversationId)
    const whole = { ok: true, mode: 'whole', conversation: story.conversation, entries: [...story.entries] }
    await link.waiting('conversation:watch')[0]?.answer({ ...whole, receipts: noReceipts, row: rowOf(story) })
    desk.reply(conversationId, 'Here', false)
    await settle()
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
})
