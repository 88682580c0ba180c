import { afterAll, beforeAll, expect, it } from 'vitest'
import { times } from '../../../shared/limits.ts'
import { attend } from '../../support/agent.ts'
import { handClock } from '../../support/clock.ts'
import { must } from '../../support/domain-world.ts'
import { visit } from '../../support/visitor.ts'
import { openWorld, type World } from '../../support/world.ts'

const clock = handClock(Date.UTC(2026, 2, 21, 9))
let world: World
beforeAll(async () => {
  world = await openWorld({ clock })
})
afterAll(() => world.close())

it('K15 K20 a page is told when office hours begin, and that they have begun', async () => {
  await attend(world)
  const days = [1, 2, 3, 4, 5, 6, 7] as (1 | 2 | 3 | 4 | 5 | 6 | 7)[]
  const weekly = [{ days, from: '09:05', to: '17:00' }]
  must(await world.app.domain.calendars.create({ name: 'Office', timeZone: 'UTC', weekly }))
  const { snapshot, wire } = await visit(world)
  expect(snapshot.site).toMatchObject({ replyTime: '', opens: Date.UTC(2026, 2, 21, 9, 5) })
  clock.advance(4 * 60_000)
  clock.advance(2 * 60_000)
  const last = () => JSON.stringify(wire.untaken('site:changed').at(-1) ?? null)
  await expect
    .poll(() => {
      clock.advance(times.digestEvery)
      return last()
    })
    .toContain('usually reply within')
  expect(last()).not.toContain('opens')
})
