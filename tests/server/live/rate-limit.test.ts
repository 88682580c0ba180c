import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Allowance } from '../../../server/domain/buckets.ts'
import type { RateLimits } from '../../../server/live/rate-limit.ts'
import { handClock } from '../../support/clock.ts'
import { aClientId, aToken } from '../../support/random.ts'
import { visit } from '../../support/visitor.ts'
import { openWorld, type World } from '../../support/world.ts'

const roomy = { burst: 1_000, refillMs: 1 }
const tight = { burst: 3, refillMs: 60_000 }

const limitsOf = (messages: Allowance, tokens: Allowance): RateLimits => ({
  person: { requests: roomy, messages },
  socket: { tokens },
  address: { requests: roomy, messages: roomy },
})
const message = (text: string) => ({ clientId: aClientId(), conversationId: null, text })
const another = () => ({ token: aToken(), consent: 'essential' })

describe('too many requests', () => {
  let world: World
  beforeAll(async () => {
    // It stands still: nothing is allowed again while a busy machine takes its time.
    world = await openWorld({ clock: handClock(), live: { rateLimits: limitsOf(tight, roomy) } })
  })
  afterAll(() => world.close())

  it('W11 are answered with the time to wait; others at the same address are not affected', async () => {
    const token = aToken()
    const amir = await visit(world, { token })
    const secondTab = await visit(world, { token })
    const leila = await visit(world, { token: aToken() })
    for (const text of ['1', '2', '3']) await amir.says(text)
    const refused = await secondTab.wire.ask('message:send', message('4'))
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'rate_limited', message: expect.stringContaining('60 s') },
    })
    if (!refused.ok) expect(refused.error.retryAfterMs).toBe(60_000)
    expect((await leila.says('Hello')).duplicate).toBe(false)
  })
  it('W11 W16 count by the socket too: another token is not another allowance', async () => {
    const { wire } = await visit(world, { token: aToken() })
    const outcomes: string[] = []
    for (const text of ['1', '2', '3', '4', '5']) {
      await wire.get('visitor:keep', another())
      outcomes.push(await wire.failureOf('message:send', message(text)))
    }
    expect(outcomes).toEqual(['ok', 'ok', 'ok', 'rate_limited', 'rate_limited'])
  })
})

describe('too many tokens', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld({ live: { rateLimits: limitsOf(roomy, tight) } })
  })
  afterAll(() => world.close())

  it('W11 of one socket are refused, and the last one taken still speaks', async () => {
    const { wire } = await visit(world)
    const outcomes: string[] = []
    for (let i = 0; i < 5; i++) outcomes.push(await wire.failureOf('visitor:keep', another()))
    expect(outcomes).toEqual(['ok', 'ok', 'ok', 'rate_limited', 'rate_limited'])
    expect(await wire.failureOf('message:send', message('Hello'))).toBe('ok')
  })
})
