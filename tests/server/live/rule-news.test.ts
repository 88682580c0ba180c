import { afterAll, beforeAll, expect, it } from 'vitest'
import { times } from '../../../shared/limits.ts'
import { success } from '../../../shared/result.ts'
import { type HandClock, handClock } from '../../support/clock.ts'
import { visit } from '../../support/visitor.ts'
import { noHurry, openWorld, type World } from '../../support/world.ts'

let world: World
let clock: HandClock
beforeAll(async () => {
  clock = handClock()
  world = await openWorld({ clock, live: { rateLimits: noHurry } })
})
afterAll(() => world.close())

/** Each visit has so much to be worked out, ms. */
const work = 8
const toil = () => {
  const until = performance.now() + work
  while (performance.now() < until);
}

it('T95 settings that changed are told to a few pages at a time where each takes long, and to all of them', async () => {
  const guests = await Promise.all(Array.from({ length: 12 }, (_, n) => visit(world, { at: `/${n}` })))
  const { proactive } = world.app.domain
  const inOneGo: number[] = []
  let told = 0
  proactive.rulesFor = () => {
    if (told++ === 0)
      setImmediate(() => {
        inOneGo.push(told)
        told = 0
      })
    toil()
    return []
  }
  await world.workspace.change((document) => {
    document.teams = []
    return success(undefined)
  })
  const heard = () =>
    guests.filter(({ wire }) => JSON.stringify(wire.untaken('site:changed')).includes('"rules"'))
  await expect
    .poll(
      () => {
        clock.advance(times.digestEvery)
        return heard().length
      },
      { timeout: 15_000 },
    )
    .toBe(guests.length)
  expect(Math.max(...inOneGo)).toBeLessThan(guests.length)
})
