import { afterEach, beforeEach, expect, it } from 'vitest'
import { times } from '../../../shared/limits.ts'
import { type DomainWorld, granted, openDomain } from '../../support/domain-world.ts'
import { shoppers } from '../../support/shoppers.ts'

let world: DomainWorld
beforeEach(async () => {
  world = await openDomain()
})
afterEach(() => world.end())

const hour = 3_600_000
const { rule, looksAt, chats } = shoppers(() => world)

it('T122 quiet begins with the last that was said, however long the chat', async () => {
  const greet = await rule()
  const amir = granted()
  const { visit } = await looksAt('/', amir)
  await chats(visit)
  for (let n = 0; n < 6; n++) {
    world.clock.advance(50 * 60_000)
    world.visits.touched(visit, 'active')
    await world.visits.quieten(visit)
  }
  world.clock.advance(times.proactiveQuiet - hour)
  await world.visits.flush()
  expect((await looksAt('/', amir, world.anew())).ask(greet).because).toBe('quiet')
})

it('T122 who dismissed something before anybody knew them is left in peace once they are known', async () => {
  const greet = await rule()
  const { visit, ask } = await looksAt('/', { token: undefined, consent: 'essential' })
  const { invitation } = ask(greet)
  if (!invitation) throw new Error('Nothing was shown.')
  await world.proactive.dismiss(visit, invitation.inviteId, {})
  const amir = granted()
  await world.visits.keep(visit, amir)
  await world.visits.flush()
  world.clock.advance(2 * hour)
  expect((await looksAt('/', amir, world.anew())).ask(greet).because).toBe('quiet')
})
