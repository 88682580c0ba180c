import { expect, it } from 'vitest'
import { QueueLength } from '../../../server/domain/proactive/proactive-queue.ts'
import { day, times } from '../../../shared/limits.ts'
import { handClock } from '../../support/clock.ts'
import { granted, openDomain } from '../../support/domain-world.ts'

const mute = () => undefined
const log = { debug: mute, info: mute, warn: mute, error: mute }

it('T96 the queue is counted again after the clock was put back', async () => {
  let now = 400 * day
  const waiting = [3, 5]
  const history = { conversations: { count: async () => ({ open: 9, waiting: waiting.shift() ?? 0 }) } }
  const queue = new QueueLength({ history, clock: { ...handClock(), now: () => now }, log })
  queue.length()
  await expect.poll(() => queue.length()).toBe(3)
  now = day
  expect(queue.length()).toBeUndefined()
  await expect.poll(() => queue.length()).toBe(5)
})

it('T96 V5 who left, and an agent who went, are gone in time after the clock was put back', async () => {
  const world = await openDomain()
  const { clock, agents, visits, sara } = world
  let back = 0
  const now = clock.now
  clock.now = () => now() - back
  const visit = await world.opens('/hats', granted())
  visits.entered(visit)
  agents.connected(sara.id)
  visits.exited(visit)
  agents.disconnected(sara.id)
  back = 300 * day
  expect(agents.somebodyCanAnswer()).toBe(false)
  clock.advance(times.visitorGoneDesktop + 10_000)
  expect(visits.find(visit.id)?.state).toBe('gone')
  await world.end()
})
