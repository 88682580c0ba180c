import { parse } from 'valibot'
import { describe, expect, it } from 'vitest'
import { ClientId } from '../../../shared/ids.ts'
import { limits } from '../../../shared/limits.ts'
import { fold, newClientId, newConversationId, newVisitorId, noon, scene, taken } from '../history-cast.ts'
import { history } from './held.ts'

/** Two that differ only in what the store does not keep of them. */
function collidingClientIds(): [ClientId, ClientId] {
  const id = newClientId()
  return [parse(ClientId, `${id.slice(0, -1)}0`), parse(ClientId, `${id.slice(0, -1)}1`)]
}

describe('appending', () => {
  it('W4 what was acknowledged can be read', async () => {
    const { says, entries } = scene(history())
    const { conversation, entries: added, written } = taken(await says('Hello \u2028 "friend"'))
    expect(await entries(conversation.id)).toEqual(added)
    expect(written).toEqual(added.map((entry) => JSON.stringify(entry)))
    expect((await history().conversations.find(conversation.id))?.conversation).toEqual(conversation)
  })

  it('W5 a message sent again stores nothing and answers as the first time', async () => {
    const { says, entries } = scene(history())
    const clientId = newClientId()
    const first = taken(await says('Hello', noon, clientId))
    const again = taken(await says('Hello', noon + 5, clientId))
    expect(again).toEqual({ ...first, duplicate: true })
    expect(await entries(first.conversation.id)).toHaveLength(1)
  })

  it('W5 a message sent twice at once is stored once', async () => {
    const { says, entries } = scene(history())
    const clientId = newClientId()
    const answers = await Promise.all([1, 2, 3, 4].map(() => says('Hello', noon, clientId)))
    const ids = new Set(answers.map((answer) => taken(answer).conversation.id))
    expect(answers.filter((answer) => taken(answer).duplicate)).toHaveLength(3)
    expect(ids.size).toBe(1)
    expect(await entries(taken(await says('Hello', noon, clientId)).conversation.id)).toHaveLength(1)
  })

  it('W5 a known client id answers from the conversation it was stored in', async () => {
    const { says, closes } = scene(history())
    const clientId = newClientId()
    const { conversation } = taken(await says('Hello', noon, clientId))
    await closes(conversation.id)
    const later = noon + 48 * 3_600_000
    expect(taken(await says('Something new', later)).conversation.id).not.toBe(conversation.id)
    const again = taken(await says('Hello', later, clientId))
    expect(again).toMatchObject({ duplicate: true, conversation: { id: conversation.id } })
  })

  it('W5 a message sent again where none is taken any more answers as the first time', async () => {
    const { says, closes, entries, visitor, visitorId } = scene(history())
    const { conversation } = taken(await says('Hello'))
    const { id: conversationId } = conversation
    const command = { type: 'message', author: visitor, clientId: newClientId(), note: false } as const
    const sends = (at: number, text = 'Are you there?') =>
      history().conversations.append({
        target: { kind: 'existing', conversationId, visitorId },
        command: { ...command, text },
        at,
      })
    const first = taken(await sends(noon))
    await closes(conversationId)
    expect(await entries(conversationId)).toHaveLength(3)
    const later = noon + 48 * 3_600_000
    expect(taken(await sends(later))).toMatchObject({ duplicate: true, entries: first.entries })
    expect(await sends(later, 'Something else')).toMatchObject({ ok: false, error: { code: 'conflict' } })
    expect(await entries(conversationId)).toHaveLength(3)
  })

  it('W5 the answer repeats every entry the message brought', async () => {
    const { says, sara, does } = scene(history())
    const { conversation } = taken(await says('Hello'))
    const command = {
      type: 'message',
      author: sara,
      clientId: newClientId(),
      text: 'Hi',
      note: false,
    } as const
    const first = taken(await does(conversation.id, command))
    expect(first.entries.map(({ kind }) => kind)).toEqual(['assigned', 'message'])
    expect(taken(await does(conversation.id, command)).entries).toEqual(first.entries)
  })

  it('W5 another text under the same client id is a conflict', async () => {
    const { says } = scene(history())
    const clientId = newClientId()
    await says('Hello', noon, clientId)
    expect(await says('Goodbye', noon, clientId)).toMatchObject({ ok: false, error: { code: 'conflict' } })
  })

  it('W5 client ids made to collide refuse only who made them', async () => {
    const { says, entries } = scene(history())
    const [one, other] = collidingClientIds()
    const { conversation } = taken(await says('One', noon, one))
    expect(await says('Other', noon, other)).toMatchObject({ ok: false, error: { code: 'conflict' } })
    const [again, atOnce] = collidingClientIds()
    const answers = await Promise.all([says('One', noon, again), says('Other', noon, atOnce)])
    expect(answers.map(({ ok }) => ok)).toEqual([true, false])
    expect(await entries(conversation.id)).toHaveLength(2)
  })

  it('W5 two authors may use the same client id', async () => {
    const clientId = newClientId()
    const one = taken(await scene(history()).says('Hello', noon, clientId))
    const other = taken(await scene(history()).says('Hello', noon, clientId))
    expect(other).toMatchObject({ duplicate: false, started: true })
    expect(other.conversation.id).not.toBe(one.conversation.id)
  })

  it('W6 whoever writes at once, the numbers have no gaps', async () => {
    const { says, answers, entries } = scene(history())
    const { conversation } = taken(await says('First'))
    const both = Array.from({ length: 50 }, (_, i) => [says(`v${i}`), answers(conversation.id, `a${i}`)])
    await Promise.all(both.flat())
    const numbers = (await entries(conversation.id)).map(({ seq }) => seq)
    expect(numbers).toEqual(Array.from({ length: 102 }, (_, i) => i + 1))
  })

  it('W6 one author’s messages keep the order they were sent in', async () => {
    const { says, entries } = scene(history())
    const texts = Array.from({ length: 20 }, (_, i) => `message ${i}`)
    const [first] = await Promise.all(texts.map((text) => says(text)))
    if (!first) throw new Error('nothing was sent')
    const stored = await entries(taken(first).conversation.id)
    expect(stored.map((entry) => (entry.kind === 'message' ? entry.text : entry.kind))).toEqual(texts)
  })

  it('W7 entries follow a number, and the last ones come in order', async () => {
    const { says, entries } = scene(history())
    const { conversation } = taken(await says('0'))
    for (const text of ['1', '2', '3']) await says(text)
    const all = await entries(conversation.id)
    expect(await history().conversations.entries(conversation.id, 1, 2)).toEqual(all.slice(1, 3))
    expect(await history().conversations.lastEntries(conversation.id, 2)).toEqual(all.slice(-2))
  })

  it('W50 entries end at so many bytes, from either end, but never before one of them', async () => {
    const { says, entries } = scene(history())
    const long = '𐎠'.repeat(limits.messageCharacters)
    const { conversation } = taken(await says(long))
    await Promise.all(Array.from({ length: 19 }, () => says(long)))
    const { conversations } = history()
    const first = await conversations.entries(conversation.id, 0, 20)
    const last = await conversations.lastEntries(conversation.id, 20)
    for (const some of [first, last])
      expect(Buffer.byteLength(JSON.stringify(some))).toBeLessThan(limits.answerBytes + 1_000)
    expect([first[0]?.seq, last.at(-1)?.seq]).toEqual([1, 20])
    expect((await entries(conversation.id)).map(({ seq }) => seq)).toEqual(
      Array.from({ length: 20 }, (_, i) => i + 1),
    )
  })

  it('W10 another visitor’s conversation answers like a missing one', async () => {
    const { says, visitor } = scene(history())
    const { conversation } = taken(await says('Hello'))
    const command = {
      type: 'message',
      author: visitor,
      clientId: newClientId(),
      text: 'Hi',
      note: false,
    } as const
    const append = (conversationId = newConversationId(), visitorId = newVisitorId()) =>
      history().conversations.append({
        target: { kind: 'existing', conversationId, visitorId },
        command,
        at: noon,
      })
    const missing = await append()
    expect(missing).toMatchObject({ ok: false, error: { code: 'not_found' } })
    expect(await append(conversation.id)).toEqual(missing)
  })

  it('W6 a command that fails takes no other of its batch along', async () => {
    const { says, does } = scene(history())
    const { conversation } = taken(await says('Hello'))
    const [one, refused, other] = await Promise.all([
      says('One'),
      does(conversation.id, { type: 'rate', rating: 5, comment: '' }),
      says('Other'),
    ])
    expect([one, refused, other].map(({ ok }) => ok)).toEqual([true, false, true])
    expect(taken(other).conversation.seq).toBe(3)
  })

  it('M95 K28 a priority and what is late are kept with what the entries add up to, once', async () => {
    const { says, does, entries, sara } = scene(history())
    const { conversation } = taken(await says('Hello'))
    const { id } = conversation
    const late = { type: 'overdue', aim: 'firstResponse', since: noon, dueAt: noon + 5 } as const
    await does(id, { type: 'prioritise', priority: 'urgent', by: sara }, noon + 1)
    await Promise.all([1, 2, 3].map(() => does(id, late, noon + 5)))
    const held = await history().conversations.find(id)
    expect(held?.conversation).toMatchObject({ priority: 'urgent', overdue: { firstResponse: noon }, seq: 3 })
    expect(held?.conversation).toEqual(fold(conversation, await entries(id)))
    const { items } = await history().conversations.list({ order: 'waiting', limit: 50 })
    expect(items.find((row) => row.conversation.id === id)?.conversation).toEqual(held?.conversation)
  })

  it('C10 any text comes back as it was written', async () => {
    const texts = [
      'a\u0000b',
      'سلام، وقت بخیر',
      '👩‍👩‍👧‍👦',
      "'; DROP TABLE entries; --",
      'half \ud800 pair',
      '?$1',
    ]
    const { says, entries } = scene(history())
    const [first] = await Promise.all(texts.map((text) => says(text)))
    if (!first) throw new Error('nothing was sent')
    const stored = await entries(taken(first).conversation.id)
    expect(stored.map((entry) => (entry.kind === 'message' ? entry.text : ''))).toEqual(texts)
  })
})
