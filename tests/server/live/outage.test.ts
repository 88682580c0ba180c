import { afterEach, beforeEach, expect, it } from 'vitest'
import { HistoryUnavailable } from '../../../server/history/history.ts'
import { aToken } from '../../support/random.ts'
import { type SocketVisitor, visit } from '../../support/visitor.ts'
import { openWorld, type World } from '../../support/world.ts'

let world: World
let amir: SocketVisitor
beforeEach(async () => {
  world = await openWorld()
  amir = await visit(world, { token: aToken() })
})
afterEach(() => world.close())

/** What asking for entries is answered while the store fails so, and afterwards. */
async function askedDuring(fault: Error): Promise<unknown[]> {
  const { conversation } = await amir.says('Hello')
  const { entries } = world.history.conversations
  world.history.conversations.entries = () => Promise.reject(fault)
  const ask = () => amir.wire.ask('entries:since', { conversationId: conversation.id, after: 0 })
  const during = await ask()
  world.history.conversations.entries = entries
  return [during, await ask()]
}

it('S1 a store that cannot answer is told as such, with a time to come back', async () => {
  const [during, afterwards] = await askedDuring(new HistoryUnavailable('the disk is full'))
  expect(during).toMatchObject({ ok: false, error: { code: 'unavailable', retryAfterMs: 1_000 } })
  expect(JSON.stringify(during)).not.toContain('disk')
  expect(afterwards).toMatchObject({ ok: true })
})

it('W2 a surprise is logged with its place, told without, and the connection lives on', async () => {
  const [during, afterwards] = await askedDuring(new TypeError('a secret detail'))
  expect(during).toMatchObject({ ok: false, error: { code: 'internal' } })
  expect(JSON.stringify(during)).not.toContain('detail')
  expect(world.log.join('')).toContain('a secret detail')
  expect(afterwards).toMatchObject({ ok: true })
})
