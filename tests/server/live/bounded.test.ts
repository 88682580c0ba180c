import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Entry } from '../../../shared/conversation/entry.ts'
import type { ConversationId } from '../../../shared/ids.ts'
import { limits, times } from '../../../shared/limits.ts'
import { protocolVersion } from '../../../shared/protocol.ts'
import { type AgentWire, attend, knockAsAgent, type SocketAgent } from '../../support/agent.ts'
import { handClock } from '../../support/clock.ts'
import { aToken } from '../../support/random.ts'
import { pageAt, type SocketVisitor, visit } from '../../support/visitor.ts'
import { noHurry, openWorld, type World } from '../../support/world.ts'

/** As long as a message may be, in letters that take the most room: 20 kB each. */
const long = '𐎠'.repeat(limits.messageCharacters)
const manyMessages = 24
const manyPeople = 18

const bytes = (payload: unknown): number => Buffer.byteLength(JSON.stringify(payload))
/** Beside the list that is bounded there is a little else. */
const bound = limits.answerBytes + 64 * 1024

const clock = handClock()
let world: World
let sara: SocketAgent
let amir: SocketVisitor
let id: ConversationId
let seqs: number[]

beforeAll(async () => {
  world = await openWorld({ clock, live: { rateLimits: noHurry } })
  sara = await attend(world)
  amir = await visit(world, { token: aToken() })
  id = (await amir.says('Hello')).conversation.id
  await Promise.all(Array.from({ length: manyMessages }, () => amir.says(long)))
  await visit(world, { token: aToken() })
  for (let i = 0; i < manyPeople; i++) await (await visit(world, { token: aToken() })).says(long)
  const stored = await world.app.domain.conversations.row(id)
  seqs = Array.from({ length: stored?.conversation.seq ?? 0 }, (_, index) => index + 1)
})
afterAll(() => world.close())

const numbers = (entries: readonly Entry[]): number[] => entries.map(({ seq }) => seq)

/** Asks on as long as there is more. */
async function rest(after: number): Promise<{ entries: Entry[]; largest: number; answers: number }> {
  const entries: Entry[] = []
  let [largest, answers] = [0, 0]
  for (let more = true; more; answers++) {
    const since = { conversationId: id, after: entries.at(-1)?.seq ?? after }
    const answer = await amir.wire.get('entries:since', since)
    entries.push(...answer.entries)
    largest = Math.max(largest, bytes(answer))
    more = answer.more
  }
  return { entries, largest, answers }
}

describe('W50 is bounded in bytes, however long the texts are', () => {
  it('entries:since, and who asks on gets all', async () => {
    const { entries, largest, answers } = await rest(0)
    expect(largest).toBeLessThan(bound)
    expect(answers).toBeLessThan(10)
    expect(numbers(entries)).toEqual(seqs)
  })

  it('the hello of a visitor who comes back, which says that there is more', async () => {
    const resume = { epoch: sara.snapshot.epoch, conversations: [{ id, seq: 1 }] }
    const { snapshot } = await visit(world, { token: amir.token, resume })
    const [one] = snapshot.conversations
    expect(bytes(snapshot)).toBeLessThan(bound)
    expect(one).toMatchObject({ mode: 'missing', conversation: { seq: seqs.length } })
    const got = numbers(one?.entries ?? [])
    expect(got.length).toBeLessThan(manyMessages)
    expect([1, ...got, ...numbers((await rest(got.at(-1) ?? 1)).entries)]).toEqual(seqs)
  })

  it('the hello of a visitor who holds nothing, with the latest of what was said', async () => {
    const { snapshot } = await visit(world, { token: amir.token })
    const [one] = snapshot.conversations
    expect(bytes(snapshot)).toBeLessThan(bound)
    expect(one).toMatchObject({ mode: 'whole' })
    expect(numbers(one?.entries ?? []).at(-1)).toBe(seqs.length)
  })

  it('the hello of an agent, list by list', async () => {
    const wire = await knockAsAgent(world, sara.client.cookie)
    const resume = { epoch: sara.snapshot.epoch, conversations: [{ id, seq: 1 }] }
    const { inbox, conversations, totals } = await wire.get('hello', { protocolVersion, resume })
    expect(bytes(inbox)).toBeLessThan(bound)
    expect(bytes(conversations)).toBeLessThan(bound)
    expect(inbox.length).toBeLessThan(totals.open)
    expect(conversations).toMatchObject([{ mode: 'missing', conversation: { seq: seqs.length } }])
  })

  it('a conversation that an agent opens', async () => {
    const opened = await sara.watch(id)
    expect(bytes(opened)).toBeLessThan(bound)
    expect(numbers(opened.entries).at(-1)).toBe(seqs.length)
  })

  it('the lists over HTTP, which go on where they were cut', async () => {
    const pages = async (path: string): Promise<object[]> => {
      const items: object[] = []
      for (let cursor = ''; ; ) {
        const { text, json } = await sara.client.get(`${path}${cursor}`)
        expect(Buffer.byteLength(text)).toBeLessThan(bound)
        items.push(...Object(json).items)
        if (Object(json).nextCursor === null) return items
        cursor = `${path.includes('entries') ? 'after' : 'cursor'}=${encodeURIComponent(Object(json).nextCursor)}`
      }
    }
    expect(await pages(`/api/v1/conversations/${id}/entries?`)).toHaveLength(seqs.length)
    for (const order of ['waiting', 'recent'])
      expect(await pages(`/api/v1/conversations?order=${order}&`)).toHaveLength(manyPeople + 1)
  })
})

describe('W50 digests', () => {
  let wire: AgentWire
  beforeEach(async () => {
    wire = await knockAsAgent(world, sara.client.cookie)
    await wire.get('hello', { protocolVersion, resume: null })
    clock.advance(times.digestEvery)
    await new Promise((resolve) => setImmediate(resolve))
  })

  it('of conversations say in a later frame what there was no room for', async () => {
    const people = await Promise.all(Array.from({ length: 25 }, () => visit(world, { token: aToken() })))
    const begun = await Promise.all(people.map((one) => one.says(long)))
    const missing = new Set<string>(begun.map(({ conversation }) => conversation.id))
    while (missing.size > 0) {
      clock.advance(times.digestEvery)
      const frame = await wire.heard('inbox:changed')
      expect(bytes(frame)).toBeLessThan(bound)
      for (const { conversation } of frame.rows) missing.delete(conversation.id)
    }
  })

  const looksAt = async (path: string) => {
    const guest = await visit(world, { token: aToken() })
    await guest.wire.get('page:view', { url: pageAt(world, path), title: '', referrer: pageAt(world, path) })
  }

  it('of visitors do so too', async () => {
    const at = `/${'a'.repeat(1_900)}`
    const people = await Promise.all(Array.from({ length: 90 }, () => looksAt(at)))
    const missing = people.length
    const seen = new Set<string>()
    while (seen.size < missing) {
      clock.advance(times.digestEvery)
      const frame = await wire.heard('roster:changed')
      expect(bytes(frame)).toBeLessThan(bound)
      for (const { visitId, page } of frame.upserts) if (page.url.endsWith(at)) seen.add(visitId)
    }
  })
})
