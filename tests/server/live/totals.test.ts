import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { times } from '../../../shared/limits.ts'
import { attend } from '../../support/agent.ts'
import { handClock } from '../../support/clock.ts'
import { aToken } from '../../support/random.ts'
import { visit } from '../../support/visitor.ts'
import { openWorld, type World } from '../../support/world.ts'

const clock = handClock()
let world: World
beforeAll(async () => {
  world = await openWorld({ clock })
})
afterAll(() => world.close())

const turn = () => new Promise((resolve) => setTimeout(resolve))

it('V8 counts that were read earlier are not told later, whichever answer comes first', async () => {
  const sara = await attend(world)
  clock.advance(times.digestEvery)
  await turn()
  const { conversations } = world.history
  const answers: (() => void)[] = []
  let asked = 0
  conversations.count = () => {
    const open = ++asked * 1_000
    return new Promise((resolve) => answers.push(() => resolve({ open, waiting: 0 })))
  }
  for (const text of ['One', 'Two']) {
    const guest = await visit(world, { token: aToken() })
    await guest.says(text)
    clock.advance(times.digestEvery)
    await turn()
    clock.advance(times.digestEvery)
    await turn()
  }
  await vi.waitFor(() => {
    answers.pop()?.()
    expect([asked >= 2, answers, openTold(sara).at(-1)]).toEqual([true, [], asked * 1_000])
  })
  expect(openTold(sara)).toEqual(openTold(sara).toSorted((one, other) => one - other))
})

const openTold = (sara: Awaited<ReturnType<typeof attend>>): number[] =>
  sara.wire.untaken('totals:changed').map((totals) => Object(totals).open)
