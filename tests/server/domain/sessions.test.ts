import { describe, expect, it } from 'vitest'
import { Buckets } from '../../../server/domain/buckets.ts'
import { createPasswords, passwordCost } from '../../../server/domain/passwords.ts'
import { sessionHash } from '../../../server/domain/sessions.ts'
import { SignInThrottle } from '../../../server/domain/sessions-throttle.ts'
import { day, times } from '../../../shared/limits.ts'
import { handClock } from '../../support/clock.ts'
import { openWorld, owner } from '../../support/world.ts'

const cheap = { N: 2 ** 10, r: 8, p: 1 }
const dearer = { ...cheap, N: 2 ** 11 }

const hashed = async (password: string, cost = cheap): Promise<string> => {
  const hash = await createPasswords(cost).hash(password)
  if (!hash.ok) throw new Error(hash.error.message)
  return hash.value
}

describe('P4 passwords', () => {
  it('cost what the product promises', () => {
    expect(passwordCost).toEqual({ N: 131_072, r: 8, p: 1 })
  })

  it('run at the real cost', async () => {
    const hash = await hashed('correct horse', passwordCost)
    expect(hash).toMatch(/^scrypt\$131072\$8\$1\$/)
    const checked = await createPasswords().check('correct horse', hash)
    expect(checked).toMatchObject({ value: { right: true, outdated: false } })
  })

  it('are right only when they are the same, however the keyboard composes their letters', async () => {
    const passwords = createPasswords(cheap)
    const hash = await hashed('café au lait')
    expect(await passwords.check('cafe\u0301 au lait', hash)).toMatchObject({ value: { right: true } })
    expect(await passwords.check('cafe au lait', hash)).toMatchObject({ value: { right: false } })
  })

  it('are salted', async () => {
    expect(await hashed('the same')).not.toBe(await hashed('the same'))
  })

  it.each(['', 'scrypt$0$8$1$a$b', 'bcrypt$x', 'scrypt$1024$8$1$$'])(
    'never fit the hash %j',
    async (hash) => {
      const checked = await createPasswords(cheap).check('', hash)
      expect(checked).toMatchObject({ value: { right: false } })
    },
  )

  it('are turned away when too many are checked at once', async () => {
    const passwords = createPasswords(cheap)
    const answers = await Promise.all(Array.from({ length: 40 }, () => passwords.check('x', null)))
    const busy = answers.filter((one) => !one.ok)
    expect(busy).toHaveLength(40 - 2 - 20)
    expect(busy[0]).toMatchObject({ error: { code: 'rate_limited', retryAfterMs: 2_000 } })
  })

  it('are hashed anew at the next sign-in after the cost was raised', async () => {
    const world = await openWorld({ passwordCost: dearer })
    const agent = await world.addAgent('agent')
    const old = await hashed(owner.password, cheap)
    await world.workspace.change((document) => {
      const held = document.agents.find(({ id }) => id === agent.id)
      if (held) held.passwordHash = old
      return { ok: true, value: undefined }
    })
    await world.signIn({ email: agent.email, password: owner.password })
    expect(world.app.domain.agents.byId(agent.id)?.passwordHash).toMatch(/^scrypt\$2048\$/)
    await world.signIn({ email: agent.email, password: owner.password })
    await world.close()
  })
})

describe('P5 the throttle', () => {
  it('does not let strangers lock somebody out of their own office', () => {
    const throttle = new SignInThrottle(handClock())
    for (let i = 0; i < 10; i++) throttle.begin('sara@example.com', '203.0.113.1')
    expect(throttle.begin('sara@example.com', '203.0.113.1').waitMs).toBeGreaterThan(0)
    expect(throttle.begin('sara@example.com', '198.51.100.1').waitMs).toBe(0)
  })

  it.each([1, 40])('lets the owner in while %i networks guess at their account all day', (networks) => {
    const clock = handClock()
    const throttle = new SignInThrottle(clock)
    for (let minute = 0; minute < 24 * 60; minute++) {
      for (let guess = 0; guess < networks * 10; guess++)
        throttle.begin('sara@example.com', `203.0.113.${guess % networks}`)
      clock.advance(60_000)
    }
    expect(throttle.begin('sara@example.com', '198.51.100.1').waitMs).toBe(0)
  })

  it('slows more networks than that', () => {
    const throttle = new SignInThrottle(handClock())
    const guesses = Array.from(
      { length: 300 },
      (_, i) => throttle.begin('sara@example.com', `198.51.100.${i % 60}`).waitMs,
    )
    expect(guesses.filter((waitMs) => waitMs === 0)).toHaveLength(250)
  })

  it('slows one network that guesses at many accounts', () => {
    const throttle = new SignInThrottle(handClock())
    const waits = Array.from(
      { length: 31 },
      (_, i) => throttle.begin(`a${i}@example.com`, '203.0.113.1').waitMs,
    )
    expect(waits.filter((waitMs) => waitMs > 0)).toHaveLength(1)
  })

  it('does not count those who succeed', () => {
    const throttle = new SignInThrottle(handClock())
    for (let i = 0; i < 100; i++) {
      const attempt = throttle.begin('sara@example.com', '203.0.113.1')
      expect(attempt.waitMs).toBe(0)
      attempt.succeeded()
    }
  })
})

describe('P4 sessions', () => {
  it('that are over are let go of within a day', async () => {
    const clock = handClock()
    const world = await openWorld({ clock })
    const { cookie } = await world.signIn()
    const hash = sessionHash(/ahlan[^=]*=([^;]+)/.exec(cookie)?.[1] ?? '')
    const { sessions } = world.history
    expect(await sessions.find(hash, clock.now())).not.toBeNull()
    const signedInAt = clock.now()
    clock.advance(times.agentSession)
    clock.advance(day)
    await expect.poll(() => sessions.find(hash, signedInAt)).toBeNull()
    await world.close()
  })
})

describe('W11 buckets', () => {
  it('refill with time and never beyond their size', () => {
    const clock = handClock()
    const buckets = new Buckets(clock, { burst: 2, refillMs: 100 })
    expect([buckets.take('a'), buckets.take('a'), buckets.take('a')]).toEqual([0, 0, 100])
    clock.advance(60)
    expect(buckets.take('a')).toBe(40)
    clock.advance(100_000)
    expect([buckets.take('a'), buckets.take('a'), buckets.take('a')]).toEqual([0, 0, 100])
  })

  it('stay bounded under a flood of keys', () => {
    const buckets = new Buckets(handClock(), { burst: 2, refillMs: 1_000 }, 100)
    for (let i = 0; i < 1_000; i++) buckets.take(`k${i}`)
    expect(buckets.size).toBeLessThanOrEqual(100)
  })
})
