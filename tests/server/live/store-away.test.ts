import { expect, it } from 'vitest'
import { HistoryUnavailable } from '../../../server/history/history.ts'
import { aToken } from '../../support/random.ts'
import { visit } from '../../support/visitor.ts'
import { openWorld } from '../../support/world.ts'

it('S1 who becomes known while the store cannot write is told to try again, and succeeds then', async () => {
  const world = await openWorld()
  const { visitors } = world.history
  world.history.visitors = {
    find: (id) => visitors.find(id),
    findByToken: (siteId, hash) => visitors.findByToken(siteId, hash),
    update: (id, change) => visitors.update(id, change),
    letGo: (siteId, most) => visitors.letGo(siteId, most),
    ensure: () => Promise.reject(new HistoryUnavailable('The disk is full.')),
  }
  const amir = await visit(world, { token: aToken(), consent: 'essential' })
  const message = {
    clientId: crypto.randomUUID(),
    conversationId: null,
    text: 'Hello',
  }
  expect(await amir.wire.failureOf('message:send', message)).toBe('unavailable')
  expect(world.log.filter((line) => line.includes('"level":"error"'))).toEqual([])
  world.history.visitors = visitors
  expect(await amir.wire.ask('message:send', message)).toMatchObject({ ok: true, duplicate: false })
  await world.close()
})
