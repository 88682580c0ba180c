import { afterAll, beforeAll, expect, it } from 'vitest'
import { until } from '../../faults/people/until.ts'
import { aClientId, aToken } from '../../support/random.ts'
import { visit } from '../../support/visitor.ts'
import { openWorld, type World } from '../../support/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

it('W2 W4 W19 keeps the message of somebody who leaves in the moment of sending it, and fails at nothing', async () => {
  const texts = Array.from({ length: 10 }, (_, i) => `On my way out, ${i}`)
  for (const text of texts) {
    const guest = await visit(world, { token: aToken() })
    guest.wire.socket.emit('message:send', { clientId: aClientId(), conversationId: null, text }, () => null)
    guest.wire.close()
  }
  const client = await world.signIn()
  const list = async () => (await client.get('/api/v1/conversations?limit=50')).text
  const areKept = async () => {
    const kept = await list()
    return texts.every((text) => kept.includes(text))
  }
  await until(areKept, { otherwise: () => 'not all of them are kept' })
  expect(world.log.filter((line) => line.includes('live:failed'))).toEqual([])
})
