import { afterAll, beforeAll, expect, it } from 'vitest'
import { limits } from '../../../shared/limits.ts'
import { messagesPath } from '../../../shared/wire.ts'
import { attend } from '../../support/agent.ts'
import { type Answer, ask } from '../../support/client.ts'
import { aClientId, aPage, aToken } from '../../support/random.ts'
import { siteOf, visit } from '../../support/visitor.ts'
import { openWorld, type World } from '../../support/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

interface Said {
  token?: string
  messages?: object[]
  origin?: string
}

/** What a browser sends for a page that is gone. */
function leave({
  token = aToken(),
  messages = [],
  origin = siteOf(world).origins[0] ?? '',
}: Said): Promise<Answer> {
  const page = { site: siteOf(world).key, page: aPage(), consent: 'essential', locale: 'en', device: 'phone' }
  return ask(world.url + messagesPath, {
    method: 'POST',
    headers: { 'content-type': 'text/plain;charset=UTF-8', origin },
    body: JSON.stringify({ ...page, token, messages }),
  })
}
const message = (text: string, change: object = {}) => ({
  ...{ clientId: aClientId(), conversationId: null, text },
  ...change,
})

async function textsOf(token: ReturnType<typeof aToken>): Promise<string[]> {
  const { snapshot, wire } = await visit(world, { token })
  wire.close()
  return snapshot.conversations.flatMap(({ entries }) =>
    entries.flatMap((entry) => (entry.kind === 'message' ? [entry.text] : [])),
  )
}

it('W33 stores what a page left behind, in its order, and agents hear of it', async () => {
  const sara = await attend(world)
  const token = aToken()
  const left = await leave({ token, messages: ['one', 'two', 'three'].map((text) => message(text)) })
  expect([left.status, left.json]).toEqual([200, { stored: 3 }])
  expect(await textsOf(token)).toEqual(['one', 'two', 'three'])
  const { rows } = await sara.wire.heard('inbox:changed', (change) => change.rows.length > 0)
  expect(rows[0]?.conversation.status).toBe('open')
  sara.wire.close()
})

it('W5 W33 doubles nothing that a socket has said or says later', async () => {
  const token = aToken()
  const amir = await visit(world, { token })
  const [first, second] = [message('said before'), message('said after')]
  await amir.wire.get('message:send', first)
  await leave({ token, messages: [first, second] })
  expect(await amir.wire.get('message:send', second)).toMatchObject({ duplicate: true })
  amir.wire.close()
  expect(await textsOf(token)).toEqual(['said before', 'said after'])
})

it('W33 tells the other pages of the visitor', async () => {
  const token = aToken()
  const amir = await visit(world, { token })
  await amir.says('Hello')
  await leave({ token, messages: [message('from the tab that is gone')] })
  const { entries } = await amir.wire.heard('entries:added')
  expect(entries.at(-1)).toMatchObject({ text: 'from the tab that is gone' })
  amir.wire.close()
})

it('W33 stops at the first that fails, since what follows must not overtake it', async () => {
  const token = aToken()
  const once = message('one')
  await leave({ token, messages: [once] })
  const left = await leave({ token, messages: [{ ...once, text: 'not the same' }, message('two')] })
  expect([left.status, left.json]).toMatchObject([409, { error: { code: 'conflict' } }])
  expect(await textsOf(token)).toEqual(['one'])
})

it('W10 writes into nobody else’s conversation', async () => {
  const token = aToken()
  const amir = await visit(world, { token })
  const { conversation } = await amir.says('Mine')
  const left = await leave({ messages: [message('Not yours', { conversationId: conversation.id })] })
  expect(left.status).toBe(404)
  amir.wire.close()
  expect(await textsOf(token)).toEqual(['Mine'])
})

it('W8 takes nothing from pages of other origins', async () => {
  const token = aToken()
  const left = await leave({ token, origin: 'https://evil.example', messages: [message('Hello')] })
  expect(left.status).toBe(403)
  expect(await textsOf(token)).toEqual([])
})

it('W1 takes no more than it says, and nothing without a token', async () => {
  const many = Array.from({ length: limits.messagesLeft + 1 }, () => message('x'))
  expect((await leave({ messages: many })).json).toMatchObject({ error: { code: 'invalid' } })
  expect((await leave({ messages: [] })).json).toMatchObject({ error: { path: 'messages' } })
  expect((await leave({ token: 'x', messages: [message('x')] })).json).toMatchObject({
    error: { path: 'token' },
  })
})

it('W11 asks for a pause from who says too much, and others are not affected', async () => {
  const token = aToken()
  const many = () => Array.from({ length: limits.messagesLeft }, (_, i) => message(`${i}`))
  const answers = []
  for (let i = 0; i < 4; i++) answers.push(await leave({ token, messages: many() }))
  expect(answers.at(-1)?.json).toMatchObject({ error: { code: 'rate_limited' } })
  expect((await leave({ messages: many() })).status).toBe(200)
})

it('P3 keeps no page of who denied it, whatever the message brings', async () => {
  const token = aToken()
  const said = message('Hello', { page: { url: 'https://shop.example/secret', title: 'Secret' } })
  const page = { site: siteOf(world).key, page: aPage(), consent: 'denied', locale: 'en', device: 'phone' }
  await ask(world.url + messagesPath, {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: JSON.stringify({ ...page, token, messages: [said] }),
  })
  const { snapshot, wire } = await visit(world, { token })
  wire.close()
  expect(JSON.stringify(snapshot.conversations)).not.toContain('secret')
})
