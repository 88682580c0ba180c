import { beforeEach, expect, it } from 'vitest'
import { DeskControl } from '../../agent-console/state/desk.ts'
import { success } from '../../shared/result.ts'
import { noReceipts } from '../../shared/timeline.ts'
import { clientId, conversationId, minute, Story } from '../shared/story.ts'
import { type HandClock, handClock } from '../support/clock.ts'
import { me, memoryKeep, otherConversation, rowOf, snapshotOf } from './support/desk.ts'
import { type FakeLink, fakeLink, settle } from './support/fake-link.ts'

let link: FakeLink
let clock: HandClock
let desk: DeskControl
const story = new Story()
for (let i = 1; i <= 6; i++) story.visitor(i * minute, `message ${i}`)
const [first = expect.fail('nothing was said'), ...later] = story.entries

beforeEach(async () => {
  link = fakeLink()
  clock = handClock()
  const nothing = async () => success(undefined as never)
  const api = { address: () => '', get: nothing, send: nothing }
  const chance = { clientId: () => clientId(1), share: () => 0.5 }
  desk = new DeskControl({ me, link, api, clock, keep: memoryKeep(), chance })
  link.tell({ name: 'up' })
  await link.waiting('hello')[0]?.answer({ ok: true, ...snapshotOf() })
  desk.watch(conversationId)
  const { conversation } = new Story().visitor(minute, 'message 1')
  const whole = { mode: 'whole', conversation, entries: [first], receipts: noReceipts }
  await link.waiting('conversation:watch')[0]?.answer({ ok: true, ...whole, row: rowOf(story) })
})

/** Entries are announced from `seq` on, as far as that one. */
const announced = async (from: number, to = from): Promise<void> => {
  const entries = later.filter(({ seq }) => seq >= from && seq <= to)
  link.announce('entries:added', { conversationId, entries })
  await settle()
}
const asked = () => link.waiting('entries:since').map(({ input }) => input)
const answered = async (upTo: number): Promise<void> => {
  const [request] = link.waiting('entries:since')
  const after = Object(request?.input).after
  const entries = later.filter(({ seq }) => seq > after && seq <= upTo)
  const { conversation } = story
  await request?.answer({ ok: true, conversation, entries, receipts: noReceipts, more: false })
}
const held = () => desk.state.get().timelines.get(conversationId)

it('W7 asks again for what was announced while the answer was on its way', async () => {
  await announced(3)
  await announced(5)
  await answered(4)
  expect(asked()).toEqual([{ conversationId, after: 4 }])
  await answered(5)
  expect(held()).toMatchObject({ gap: false, announced: 5, conversation: { seq: 5 } })
})

it('W7 W11 asks again later when it was told to wait', async () => {
  await announced(3)
  const [request] = link.waiting('entries:since')
  await request?.answer({ ok: false, error: { code: 'rate_limited', message: 'wait', retryAfterMs: 4_000 } })
  clock.advance(3_900)
  expect(asked()).toEqual([])
  clock.advance(100)
  await answered(3)
  expect(held()).toMatchObject({ gap: false, conversation: { seq: 3 } })
})

it('W7 does not ask for ever for what is not there', async () => {
  await announced(3)
  await announced(6)
  await answered(3)
  await answered(3)
  expect(asked()).toEqual([])
})

it('W50 asks on for what a snapshot had no room for, answer by answer', async () => {
  link.tell({ name: 'down' })
  link.tell({ name: 'up' })
  const { conversation } = story
  const cut = { mode: 'missing' as const, conversation, entries: later.slice(0, 1), receipts: noReceipts }
  await link.waiting('hello')[0]?.answer({ ok: true, ...snapshotOf({ conversations: [cut] }) })
  expect(asked()).toEqual([{ conversationId, after: 2 }])
  await answered(4)
  await answered(6)
  expect(held()).toMatchObject({ gap: false, conversation: { seq: 6 } })
})

it('W50 asks on for what a conversation had no room for when it was opened', async () => {
  const unwatch = desk.watch(conversationId)
  desk.resync()
  await link.waiting('hello')[0]?.answer({ ok: true, ...snapshotOf() })
  const { conversation } = story
  const cut = { mode: 'missing', conversation, entries: later.slice(0, 1), receipts: noReceipts }
  await link.waiting('conversation:watch')[0]?.answer({ ok: true, ...cut, row: rowOf(story) })
  await answered(6)
  expect(held()).toMatchObject({ gap: false, conversation: { seq: 6 } })
  unwatch()
})

it('W50 gathers older entries from as many answers as they take', async () => {
  const whole = { mode: 'whole', conversation: story.conversation, receipts: noReceipts }
  desk.resync()
  await link.waiting('hello')[0]?.answer({ ok: true, ...snapshotOf() })
  const last = { ...whole, entries: story.entries.slice(-1) }
  await link.waiting('conversation:watch')[0]?.answer({ ok: true, ...last, row: rowOf(story) })
  const older = desk.older(conversationId)
  for (const [from, to] of [
    [0, 2],
    [2, 4],
    [4, 6],
  ]) {
    const [request] = link.waiting('entries:since')
    expect(request?.input).toMatchObject({ after: from })
    await request?.answer({ ok: true, entries: story.entries.slice(from, to), more: true })
  }
  await older
  expect(held()?.entries.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6])
})

it('W54 asks for what its row has got to, though nobody announced it', async () => {
  link.announce('inbox:changed', { rows: [rowOf(story)] })
  await settle()
  expect(asked()).toEqual([{ conversationId, after: 1 }])
  await answered(6)
  expect(held()).toMatchObject({ gap: false, conversation: { seq: 6 } })
  link.announce('inbox:changed', { rows: [rowOf(story)] })
  await settle()
  expect(asked()).toEqual([])
})

it('W54 opens a conversation again that the server could not open just now, while it is on the screen', async () => {
  const other = otherConversation(2)
  const close = desk.watch(other)
  const refuse = async () => {
    const error = { code: 'unavailable', message: 'The store is away.' }
    await link.waiting('conversation:watch')[0]?.answer({ ok: false, error })
  }
  await refuse()
  expect(link.waiting('conversation:watch')).toEqual([])
  clock.advance(1_000)
  expect(link.waiting('conversation:watch').map(({ input }) => input)).toEqual([
    { conversationId: other, after: null },
  ])
  await refuse()
  close()
  clock.advance(minute)
  expect(link.waiting('conversation:watch')).toEqual([])
})
