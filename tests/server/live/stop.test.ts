import { rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { expect, it } from 'vitest'
import { handClock } from '../../support/clock.ts'
import { aToken } from '../../support/random.ts'
import { startStopwatch } from '../../support/stopwatch.ts'
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

  const watch = startStopwatch()
  const stopped = world.close()
  expect(await amir.wire.failureOf('page:leave', {})).toBe('unavailable')
  held.release()
  await expect(underway).resolves.toMatchObject({ duplicate: false })
  expect(await amir.wire.heard('refused')).toEqual({ reason: 'stopping' })
  await stopped
  watch.stop()
  expect(watch.read()).toBeLessThan(5_000)
})

it('W15 a stop lets go of the store in time, however slow the others are', async () => {
  const clock = handClock()
  const world = await openWorld({ clock })
  const held = holdAppends(world)
  const amir = await visit(world, { token: aToken() })
  const unanswered = amir.says('Never stored').catch(() => undefined)
  await held.reached
  const dribbling = connect(world.app.port(), '127.0.0.1')
  dribbling.on('error', () => undefined)
  dribbling.write('POST /v1/page-views HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{')
  await new Promise((resolve) => dribbling.once('ready', resolve))

  const stopped = world.app.stop()
  clock.advance(6_000)
  await amir.wire.closed()
  for (let i = 0; i < 4; i++) {
    clock.advance(250)
    await new Promise((resolve) => setImmediate(resolve))
  }
  await stopped
  await expect(world.history.ping()).rejects.toThrow()
  held.release()
  await unanswered
  dribbling.destroy()
  await rm(world.dataDir, { recursive: true, force: true })
})
