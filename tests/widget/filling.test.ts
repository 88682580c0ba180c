import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { noReceipts } from '../../shared/timeline.ts'
import type { Link } from '../../widget/connection/link.ts'
import { fetchOlder } from '../../widget/live/older.ts'
import { openSession } from '../../widget/live/session.ts'
import { createStore, type Store } from '../../widget/state/store.ts'
import { hostAt } from '../faults/people/visitor-device.ts'
import { conversationId, minute, Story } from '../shared/story.ts'

/** The server, played by hand over the one socket of the page. */
class Line {
  static last: Line | undefined
  onmessage: ((event: { data: string }) => void) | null = null
  onclose: (() => void) | null = null
  sent: string[] = []
  constructor() {
    Line.last = this
  }
  send(frame: string): void {
    this.sent.push(frame)
  }
  close(): void {
    this.onclose?.()
  }
  async says(...frames: string[]): Promise<void> {
    for (const data of frames) this.onmessage?.({ data })
    await vi.advanceTimersByTimeAsync(0)
  }
  /** The number and the payload of each request of this name, oldest first. */
  asked(name: string): { id: string; after: number }[] {
    return this.sent.flatMap((frame) => {
      const [, id, asked, body] = /^42\/visitor,(\d+)\["([\w:]+)",(.*)\]$/.exec(frame) ?? []
      return id && asked === name ? [{ id, after: JSON.parse(body ?? '').after }] : []
    })
  }
  answer(id: string | undefined, answer: object): Promise<void> {
    return this.says(`43/visitor,${id}[${JSON.stringify(answer)}]`)
  }
}

const story = new Story()
for (let i = 1; i <= 6; i++) story.visitor(i * minute, `message ${i}`)
const { conversation } = new Story().visitor(minute, 'message 1')
const between = (from: number, to: number) => story.entries.filter(({ seq }) => seq >= from && seq <= to)

let line: Line
let store: Store
let link: Link

beforeEach(async () => {
  vi.useFakeTimers()
  vi.stubGlobal('WebSocket', Line)
  store = createStore()
  const host = hostAt('https://chat.example', { held: null }, (error) => expect.fail(String(error)))
  link = openSession(host, store, () => undefined)
  await vi.advanceTimersByTimeAsync(0)
  line = Line.last ?? expect.fail('nobody was called')
  await line.says('0{"sid":"e","pingInterval":20000,"pingTimeout":15000}', '40/visitor,{"sid":"s"}')
  const one = { conversation, mode: 'whole', entries: between(1, 1), receipts: noReceipts }
  const snapshot = { epoch: 'e', site: null, team: [], rules: [], visitor: null, conversations: [one] }
  await line.answer(line.asked('hello')[0]?.id, { ok: true, ...snapshot, pageViews: 1, invitation: null })
})
afterEach(() => {
  link.sleep()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const announced = (seq: number): Promise<void> =>
  line.says(`42/visitor,["entries:added",${JSON.stringify({ conversationId, entries: between(seq, seq) })}]`)
const answered = (entries: typeof story.entries): Promise<void> =>
  line.answer(line.asked('entries:since').at(-1)?.id, {
    ...{ ok: true, conversation: story.conversation, entries, receipts: noReceipts, more: false },
  })
const askedAfter = () => line.asked('entries:since').map((one) => one.after)
const held = () => store.get().timelines.get(conversationId)

it('W7 asks again for what was announced while the answer was on its way', async () => {
  await announced(3)
  await announced(5)
  await answered(between(2, 4))
  expect(askedAfter()).toEqual([1, 4])
  await answered(between(5, 5))
  expect(held()).toMatchObject({ gap: false, conversation: { seq: 5 } })
})

it('W7 W11 asks again later when it was told to wait', async () => {
  await announced(3)
  const error = { code: 'rate_limited', message: 'wait', retryAfterMs: 4_000 }
  await line.answer(line.asked('entries:since')[0]?.id, { ok: false, error })
  await vi.advanceTimersByTimeAsync(3_900)
  expect(askedAfter()).toEqual([1])
  await vi.advanceTimersByTimeAsync(100)
  expect(askedAfter()).toEqual([1, 1])
  await answered(between(2, 3))
  expect(held()).toMatchObject({ gap: false, conversation: { seq: 3 } })
})

it('W7 does not ask for ever for what is not there', async () => {
  await announced(3)
  await announced(6)
  await answered(between(2, 3))
  await answered([])
  await vi.advanceTimersByTimeAsync(10_000)
  expect(askedAfter()).toEqual([1, 3])
})

it('W50 asks on for what a snapshot had no room for, answer by answer', async () => {
  void link.wake()
  await vi.advanceTimersByTimeAsync(0)
  const cut = {
    conversation: story.conversation,
    mode: 'missing',
    entries: between(2, 3),
    receipts: noReceipts,
  }
  const snapshot = { epoch: 'e', site: null, team: [], rules: [], visitor: null, conversations: [cut] }
  await line.answer(line.asked('hello')[1]?.id, { ok: true, ...snapshot, pageViews: 1, invitation: null })
  await answered(between(4, 5))
  await answered(between(6, 6))
  expect(askedAfter()).toEqual([3, 5])
  expect(held()).toMatchObject({ gap: false, conversation: { seq: 6 } })
})

describe('what comes before the entries held', () => {
  const last = {
    conversation: story.conversation,
    mode: 'whole',
    entries: between(6, 6),
    receipts: noReceipts,
  }
  const begin = async () => {
    void link.wake()
    await vi.advanceTimersByTimeAsync(0)
    const snapshot = { epoch: 'f', site: null, team: [], rules: [], visitor: null, conversations: [last] }
    await line.answer(line.asked('hello')[1]?.id, { ok: true, ...snapshot, pageViews: 1, invitation: null })
    void fetchOlder({ store, ask: link.ask }, conversationId)
    await vi.advanceTimersByTimeAsync(0)
  }

  it('C26 comes in as many answers as it takes, and is asked for once however often', async () => {
    await begin()
    void fetchOlder({ store, ask: link.ask }, conversationId)
    await answered(between(1, 3))
    expect(held()?.entries).toEqual(between(6, 6))
    await answered(between(4, 6))
    expect(askedAfter()).toEqual([0, 3])
    expect(held()?.entries).toEqual(story.entries)
  })

  it('C26 W11 is asked for again when it was told to wait', async () => {
    await begin()
    const error = { code: 'rate_limited', message: 'wait', retryAfterMs: 4_000 }
    await line.answer(line.asked('entries:since')[0]?.id, { ok: false, error })
    await vi.advanceTimersByTimeAsync(3_900)
    expect(askedAfter()).toEqual([0])
    await vi.advanceTimersByTimeAsync(100)
    await answered(between(1, 6))
    expect(held()?.entries).toEqual(story.entries)
  })
})
