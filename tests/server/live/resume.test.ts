import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ConversationId, VisitorToken } from '../../../shared/ids.ts'
import { type ConversationSnapshot, protocolVersion } from '../../../shared/protocol.ts'
import { applyTimeline, emptyTimeline, type Timeline } from '../../../shared/timeline.ts'
import { attend, type SocketAgent } from '../../support/agent.ts'
import { aToken } from '../../support/random.ts'
import { pageAt, type SocketVisitor, visit } from '../../support/visitor.ts'
import { noHurry, openWorld, type World } from '../../support/world.ts'

let world: World
let sara: SocketAgent
beforeAll(async () => {
  world = await openWorld({ live: { rateLimits: noHurry } })
  sara = await attend(world)
})
afterAll(() => world.close())

async function aTalk(token: VisitorToken, messages: number) {
  const amir = await visit(world, { token })
  const { conversation } = await amir.says('1')
  for (let i = 2; i <= messages; i++) await amir.says(String(i))
  return { amir, id: conversation.id }
}

const comesBack = async (token: VisitorToken, held: { id: ConversationId; seq: number }, epoch: string) =>
  (await visit(world, { token, resume: { epoch, conversations: [held] } })).snapshot

const numbers = (snapshot: ConversationSnapshot | undefined) => snapshot?.entries.map((entry) => entry.seq)

/** The entries a client ends up with: what it held, then what the server says follows. */
function resumed(held: Timeline, { mode, conversation, entries, receipts }: ConversationSnapshot): Timeline {
  if (mode === 'whole')
    return applyTimeline(emptyTimeline, { type: 'snapshot', conversation, entries, receipts })
  return applyTimeline(applyTimeline(held, { type: 'entries', entries }), { type: 'receipts', receipts })
}

describe('hello', () => {
  it('W3 answers the conversations whole to who holds nothing', async () => {
    const token = aToken()
    const { id } = await aTalk(token, 3)
    const { conversations } = (await visit(world, { token })).snapshot
    expect(conversations).toMatchObject([{ mode: 'whole', conversation: { id, seq: 3 } }])
    expect(numbers(conversations[0])).toEqual([1, 2, 3])
  })

  it('W3 W32 answers again on the same socket what is missing since, and counts no page twice', async () => {
    const token = aToken()
    const { id, amir } = await aTalk(token, 2)
    await sara.says(id, 'Meanwhile')
    const view = { url: pageAt(world, '/'), title: '/', referrer: '' }
    const resume = { epoch: amir.snapshot.epoch, conversations: [{ id, seq: 2 }] }
    const again = await amir.wire.get('hello', { protocolVersion, resume, view })
    expect(again.conversations[0]?.mode).toBe('missing')
    expect(numbers(again.conversations[0])?.at(-1)).toBe(again.conversations[0]?.conversation.seq)
    expect(again.pageViews).toBe(amir.snapshot.pageViews)
    expect(await amir.says('Still the same line')).toMatchObject({ duplicate: false })
  })

  it('W3 answers only what is missing to who holds the beginning', async () => {
    const token = aToken()
    const { id, amir } = await aTalk(token, 5)
    const { conversations } = await comesBack(token, { id, seq: 3 }, amir.snapshot.epoch)
    expect(conversations[0]?.mode).toBe('missing')
    expect(numbers(conversations[0])).toEqual([4, 5])
  })

  it('W13 takes no account of what was held before the store was restored', async () => {
    const token = aToken()
    const { id } = await aTalk(token, 3)
    const { conversations } = await comesBack(token, { id, seq: 2 }, 'another-epoch')
    expect(conversations[0]?.mode).toBe('whole')
    const ahead = await comesBack(token, { id, seq: 99 }, sara.snapshot.epoch)
    expect(ahead.conversations[0]?.mode).toBe('whole')
  })

  it('W13 stale state and what is missing make a fresh snapshot', async () => {
    const token = aToken()
    const { amir, id } = await aTalk(token, 2)
    const stale = resumed(emptyTimeline, await wholeOf(amir))
    amir.wire.close()
    await sara.says(id, 'Welcome')
    await sara.notes(id, 'A note')
    await sara.wire.get('conversation:close', { conversationId: id })
    const { epoch } = sara.snapshot
    const back = await visit(world, { token, resume: { epoch, conversations: [{ id, seq: 2 }] } })
    const missing = back.snapshot.conversations[0]
    if (!missing) throw new Error('The conversation is not there.')
    expect(missing.mode).toBe('missing')
    expect(resumed(stale, missing)).toEqual(resumed(emptyTimeline, await wholeOf(back)))
    expect(resumed(stale, missing).conversation).toEqual(missing.conversation)
  })

  it('W13 what is said while the snapshot is read arrives all the same', async () => {
    const token = aToken()
    const { id } = await aTalk(token, 1)
    onceRead(world, () => sara.says(id, 'Meanwhile'))
    const { wire, snapshot } = await visit(world, { token })
    expect(numbers(snapshot.conversations[0])).toEqual([1])
    expect((await wire.heard('entries:added')).entries.map((entry) => entry.seq)).toEqual([2, 3])
  })

  it('W13 a conversation that began while the snapshot was read arrives whole', async () => {
    const token = aToken()
    const other = await visit(world, { token })
    await other.wire.get('visitor:identify', { name: 'Amir' })
    onceRead(world, () => other.says('Meanwhile'))
    const { wire, snapshot } = await visit(world, { token })
    expect(snapshot.conversations).toEqual([])
    const started = await wire.heard('conversation:started')
    expect(started).toMatchObject({
      mode: 'whole',
      conversation: { seq: 1 },
      entries: [{ text: 'Meanwhile' }],
    })
    expect(wire.untaken('entries:added')).toEqual([])
  })

  it('W13 however much is said while the snapshot is read, all of it arrives', async () => {
    const token = aToken()
    const { id } = await aTalk(token, 1)
    onceRead(world, async () => {
      for (let i = 0; i < 25; i++) await Promise.all(Array.from({ length: 10 }, () => sara.says(id, 'more')))
    })
    const { wire } = await visit(world, { token })
    const first = await wire.heard('entries:added')
    const second = await wire.heard('entries:added')
    const seqs = [...first.entries, ...second.entries].map((entry) => entry.seq)
    expect(seqs).toEqual(Array.from({ length: 251 }, (_, i) => i + 2))
  })
})

/** The next time a visitor's conversations are read, this happens before the reader has them. */
function onceRead({ history: { conversations } }: World, happen: () => Promise<unknown>): void {
  const read = conversations.ofVisitor
  conversations.ofVisitor = async (...args) => {
    conversations.ofVisitor = read
    const stored = await read(...args)
    await happen()
    return stored
  }
}

describe('entries:since', () => {
  it('W7 answers what follows a number, and whether there is more', async () => {
    const token = aToken()
    const { amir, id } = await aTalk(token, 3)
    const some = await amir.wire.get('entries:since', { conversationId: id, after: 1 })
    expect(some.entries.map((entry) => entry.seq)).toEqual([2, 3])
    expect(some.more).toBe(false)
    await Promise.all(Array.from({ length: 200 }, () => sara.says(id, 'more')))
    const page = await sara.wire.get('entries:since', { conversationId: id, after: 0 })
    expect(page.entries).toHaveLength(200)
    expect(page.more).toBe(true)
    const rest = await sara.wire.get('entries:since', { conversationId: id, after: 200 })
    expect(rest.more).toBe(false)
    expect(rest.entries.at(-1)?.seq).toBe(rest.conversation.seq)
  })
})

async function wholeOf({ token }: SocketVisitor): Promise<ConversationSnapshot> {
  const [whole] = (await visit(world, token ? { token } : {})).snapshot.conversations
  if (!whole) throw new Error('There is no conversation.')
  return whole
}
