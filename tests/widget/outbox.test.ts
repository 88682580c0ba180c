import { beforeEach, expect, it } from 'vitest'
import type { ClientId } from '../../shared/ids.ts'
import type { Sent } from '../../shared/protocol.ts'
import { failure, type Result, success } from '../../shared/result.ts'
import { createOutbox, type Letter, type LetterBox, type OutboxNews } from '../../widget/connection/outbox.ts'
import { mint } from '../../widget/page/settings.ts'

let held: Map<ClientId, Letter>
let answers: Result<Sent>[]
let sentTexts: string[]
let news: string[]
let waits: { ms: number; run(): void }[]

beforeEach(() => {
  held = new Map()
  answers = []
  sentTexts = []
  news = []
  waits = []
})

const box: LetterBox = {
  all: async () => [...held.values()].sort((a, b) => a.writtenAt - b.writtenAt),
  put: async (letter) => void held.set(letter.clientId, letter),
  remove: async (clientId) => void held.delete(clientId),
}
const letter = (text: string, writtenAt: number, change: Partial<Letter> = {}): Letter => ({
  clientId: mint(text),
  conversationId: null,
  shownIn: null,
  text,
  writtenAt,
  ...change,
})
const open = (now = 0) =>
  createOutbox({
    box,
    send: async ({ text }) => {
      sentTexts.push(text)
      return answers.shift() ?? success(JSON.parse('{}'))
    },
    alone: (run) => run(),
    tell: (one: OutboxNews) => news.push(`${one.name} ${one.letter.text}`),
    broken: (error) => news.push(`${error}`),
    now: () => now,
    random: () => 1,
    after: (ms, run) => {
      waits.push({ ms, run })
      return () => undefined
    },
  })
const atRest = () => new Promise((resolve) => setImmediate(resolve))

it('has a letter on the device before it is told as queued', async () => {
  const outbox = open()
  let stored = 0
  news = Object.assign([], { push: () => (stored ||= held.size) })
  await outbox.post(letter('one', 1))
  expect(stored).toBe(1)
})

it('sends in the order of writing, one at a time, and empties', async () => {
  const outbox = open()
  await Promise.all([
    outbox.post(letter('one', 1)),
    outbox.post(letter('two', 2)),
    outbox.post(letter('three', 3)),
  ])
  await atRest()
  expect(sentTexts).toEqual(['one', 'two', 'three'])
  expect(held.size).toBe(0)
})

it('tries again later and later, at most half a minute apart, and keeps the order', async () => {
  answers = Array.from({ length: 7 }, () => failure('unavailable', 'not connected'))
  const outbox = open()
  await outbox.post(letter('one', 1))
  await atRest()
  for (let i = 0; i < 7; i++) {
    waits.at(-1)?.run()
    await atRest()
  }
  expect(waits.map(({ ms }) => ms)).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000])
  expect(sentTexts).toHaveLength(8)
  expect(news.at(-1)).toBe('sent one')
})

it('shows as not sent what has waited for a day, and goes on trying', async () => {
  answers = [failure('unavailable', 'not connected')]
  const outbox = open(25 * 60 * 60_000)
  await outbox.post(letter('one', 0))
  await atRest()
  expect(news.at(-1)).toBe('failed one')
  waits[0]?.run()
  await atRest()
  expect(news.at(-1)).toBe('sent one')
})

it('lays a refused letter aside for its author, and goes on with the next', async () => {
  answers = [failure('too_large', 'too long')]
  const outbox = open()
  await Promise.all([outbox.post(letter('one', 1)), outbox.post(letter('two', 2))])
  await atRest()
  expect(news).toContain('failed one')
  expect(news.at(-1)).toBe('sent two')
  await outbox.retry(mint('one'))
  await atRest()
  expect(held.size).toBe(0)
})

it('lets the server choose another conversation where the one meant takes no more', async () => {
  answers = [failure('conflict', 'closed too long ago')]
  const outbox = open()
  await outbox.post(letter('one', 1, { conversationId: mint('c_old') }))
  await atRest()
  expect(sentTexts).toEqual(['one', 'one'])
  expect(held.size).toBe(0)
})

it('tells what an earlier page has left, and sends it', async () => {
  held.set(mint('one'), letter('one', 1))
  await open().resume()
  await atRest()
  expect(news).toEqual(['queued one', 'sending one', 'sent one'])
})

it('I7 goes on when whoever is told throws, and rejects nothing into the page', async () => {
  const outbox = open()
  const told: string[] = []
  let faults = 1
  news = Object.assign([], {
    push(one: string) {
      if (one === 'sending one' && faults-- > 0) throw new Error('a listener')
      return told.push(one)
    },
  })
  await outbox.post(letter('one', 1))
  await atRest()
  expect(told).toEqual(['queued one', 'Error: a listener'])
  waits.at(-1)?.run()
  await atRest()
  expect(sentTexts).toEqual(['one'])
  expect(held.size).toBe(0)
})

it('W5 sends again what was cut before the answer, first things first, and takes the duplicate for sent', async () => {
  answers = [failure('unavailable', 'not confirmed'), success(JSON.parse('{"duplicate":true}'))]
  const outbox = open()
  await outbox.post(letter('one', 1))
  await atRest()
  await outbox.post(letter('two', 2))
  await atRest()
  waits.at(-1)?.run()
  await atRest()
  expect(sentTexts.filter((text, i) => text !== sentTexts[i - 1])).toEqual(['one', 'two'])
  expect(news.filter((one) => one.startsWith('sent'))).toEqual(['sent one', 'sent two'])
  expect(held.size).toBe(0)
})

it('waits as long as the server asks it to', async () => {
  answers = [failure('rate_limited', 'too many', { retryAfterMs: 45_000 })]
  const outbox = open()
  await outbox.post(letter('one', 1))
  await atRest()
  expect(waits[0]?.ms).toBe(45_000)
})
