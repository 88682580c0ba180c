import { expect, it } from 'vitest'
import { aToken } from '../../support/random.ts'
import { visit } from '../../support/visitor.ts'
import { openWorld, type World } from '../../support/world.ts'

/** Holds every append back until released; `reached` resolves when one has arrived. */
function holdAppends({ history: { conversations } }: World) {
  const append = conversations.append
  let release: () => void = () => undefined
  const gate = new Promise<void>((resolve) => {
    release = resolve
  })
  const reached = new Promise<void>((resolve) => {
    conversations.append = async (...args) => {
      resolve()
      await gate
      return append.apply(conversations, args)
    }
  })
  return { reached, release }
}

it('W15 a stop acknowledges what is under way, refuses what follows, says so, and ends in time', async () => {
  const world = await openWorld()
  const held = holdAppends(world)
  const amir = await visit(world, { token: aToken() })
  const underway = amir.says('Before you go')
  await held.reached

  const began = performance.now()
  const stopped = world.close()
  expect(await amir.wire.failureOf('page:leave', {})).toBe('unavailable')
  held.release()
  await expect(underway).resolves.toMatchObject({ duplicate: false })
  expect(await amir.wire.heard('refused')).toEqual({ reason: 'stopping' })
  await stopped
  expect(performance.now() - began).toBeLessThan(5_000)
})
