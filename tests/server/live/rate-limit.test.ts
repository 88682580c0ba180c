import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aClientId, aToken } from '../../support/random.ts'
import { visit } from '../../support/visitor.ts'
import { openWorld, type World } from '../../support/world.ts'

const roomy = { burst: 1_000, refillMs: 1 }
const tight = { burst: 3, refillMs: 60_000 }

describe('too many requests', () => {
  let world: World
  beforeAll(async () => {
    const rateLimits = {
      person: { requests: roomy, messages: tight },
      address: { requests: roomy, messages: roomy },
    }
    world = await openWorld({ live: { rateLimits } })
  })
  afterAll(() => world.close())

  it('W11 are answered with the time to wait; others at the same address are not affected', async () => {
    const token = aToken()
    const amir = await visit(world, { token })
    const secondTab = await visit(world, { token })
    const leila = await visit(world, { token: aToken() })
    for (const text of ['1', '2', '3']) await amir.says(text)
    const message = { clientId: aClientId(), conversationId: null, text: '4' }
    const refused = await secondTab.wire.ask('message:send', message)
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'rate_limited', message: expect.stringContaining('60 s') },
    })
    if (!refused.ok) expect(refused.error.retryAfterMs).toBeGreaterThan(59_000)
    expect((await leila.says('Hello')).duplicate).toBe(false)
  })
})
