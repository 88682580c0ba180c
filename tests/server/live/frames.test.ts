import { afterAll, beforeAll, expect, it } from 'vitest'
import { limits } from '../../../shared/limits.ts'
import { protocolVersion, type Sent } from '../../../shared/protocol.ts'
import { attend, type SocketAgent } from '../../support/agent.ts'
import { aClientId, aPage, aToken } from '../../support/random.ts'
import { RawSocket } from '../../support/raw-socket.ts'
import { visit } from '../../support/visitor.ts'
import { noHurry, openWorld, type World } from '../../support/world.ts'

let world: World
let sara: SocketAgent
beforeAll(async () => {
  world = await openWorld({ live: { rateLimits: noHurry } })
  sara = await attend(world)
})
afterAll(() => world.close())

const longest = 'سلام-'.repeat(limits.messageCharacters / 5)

it('W4 an answer arrives whole, whether its frame is short, long or very long', async () => {
  const amir = await visit(world, { token: aToken() })
  const { conversation } = await amir.says('.')
  for (const text of ['a'.repeat(2), 'b'.repeat(700), longest]) await amir.says(text)
  for (let number = 0; number < 20; number++) await amir.says(longest)
  const ask = (after: number) => sara.wire.get('entries:since', { conversationId: conversation.id, after })
  const all = await ask(0)
  expect(Buffer.byteLength(JSON.stringify(all))).toBeGreaterThan(65_536)
  expect(all.entries.map((entry) => entry.seq)).toEqual(Array.from({ length: 24 }, (_, index) => index + 1))
  expect(all.entries.filter((entry) => entry.kind === 'message' && entry.text === longest)).toHaveLength(21)
  expect((await ask(23)).entries).toEqual(all.entries.slice(23))
  expect((await ask(24)).entries).toEqual([])
})

it('W4 what is sent to a socket in one turn arrives in order', async () => {
  const amir = await visit(world, { token: aToken() })
  const { conversation } = await amir.says('Hello')
  await sara.watch(conversation.id)
  await Promise.all(Array.from({ length: 60 }, (_, number) => amir.says(`message ${number}`)))
  for (let seq = 2; seq <= 61; seq++)
    expect((await sara.wire.heard('entries:added')).entries).toMatchObject([
      { seq, text: `message ${seq - 2}` },
    ])
})

it('W22 first messages sent behind each other are stored in their order', async () => {
  for (let round = 0; round < 5; round++) {
    const amir = await visit(world, { token: aToken() })
    const sent: Promise<Sent>[] = []
    for (let number = 0; number < 40; number++) {
      sent.push(amir.says(`message ${number}`))
      if (number % 4 === 0) await new Promise(setImmediate)
    }
    const seqs = (await Promise.all(sent)).map(({ entries }) => entries.at(-1)?.seq)
    expect(seqs).toEqual(seqs.map((_, index) => index + 1))
  }
})

it('W1 an attachment is refused like anything that does not fit, wherever it stands', async () => {
  const amir = await visit(world, { token: aToken() })
  const message = { clientId: aClientId(), conversationId: null, text: 'Hello' }
  for (const field of ['clientId', 'conversationId', 'text'])
    expect(await amir.wire.ask('message:send', { ...message, [field]: Buffer.from('x') })).toMatchObject({
      error: { code: 'invalid', path: field },
    })
  expect(await amir.says('Still here')).toMatchObject({ duplicate: false })
})

/** A WebSocket frame that ends the conversation, without a reason. */
const closing = '\x88'

it('W14 who joins again and again on one connection is cut off', async () => {
  for (const namespace of ['/visitor', '/nowhere']) {
    const pushy = await RawSocket.open(world.app.port())
    const auth = { site: 'demo', consent: 'essential', locale: 'en', device: 'desktop' }
    for (let number = 0; number < 10; number++)
      pushy.text(`40${namespace},${JSON.stringify({ ...auth, page: aPage() })}`)
    await expect.poll(() => pushy.received.includes(closing)).toBe(true)
    expect(pushy.received.split(`${namespace},`).length).toBeLessThanOrEqual(5)
    pushy.close()
  }
})

it('W8 does not speak by script tags, which would come without an origin', async () => {
  const polled = await fetch(`${world.url}/live/?EIO=4&transport=polling&j=0`)
  expect(polled.status).toBe(403)
})

it('W20 a reader that falls too far behind is cut off, and nobody waits for it', async () => {
  const token = aToken()
  const amir = await visit(world, { token })
  const { conversation } = await amir.says('Hello')
  const tab = await RawSocket.open(world.app.port())
  const auth = { site: 'demo', page: aPage(), token, consent: 'essential', locale: 'en', device: 'desktop' }
  tab.text(`40/visitor,${JSON.stringify(auth)}`)
  tab.text(`42/visitor,1${JSON.stringify(['hello', { protocolVersion, resume: null }])}`)
  await expect.poll(() => tab.received.includes('43/visitor,1[')).toBe(true)
  tab.pause()
  for (let round = 0; round < 40; round++)
    await Promise.all(Array.from({ length: 50 }, () => sara.says(conversation.id, longest)))
  await tab.ended()
  const { entries } = await amir.wire.get('entries:since', { conversationId: conversation.id, after: 2_000 })
  expect(entries.at(-1)).toMatchObject({ seq: 2_002 })
})

it('W20 nobody is cut off for one answer that is long in itself', async () => {
  const amir = await visit(world, { token: aToken() })
  const { conversation } = await amir.says('Hello')
  const largest = '😀'.repeat(limits.messageCharacters)
  for (let round = 0; round < 5; round++)
    await Promise.all(Array.from({ length: 40 }, () => sara.says(conversation.id, largest)))
  const seqs: number[] = []
  for (let more = true; more; ) {
    const since = { conversationId: conversation.id, after: seqs.at(-1) ?? 2 }
    const answer = await amir.wire.get('entries:since', since)
    seqs.push(...answer.entries.map(({ seq }) => seq))
    more = answer.more
  }
  expect(seqs).toEqual(Array.from({ length: 200 }, (_, index) => index + 3))
})
