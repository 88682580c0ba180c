import { afterAll, beforeAll, expect, it } from 'vitest'
import { times } from '../../../shared/limits.ts'
import { type HandClock, handClock } from '../../support/clock.ts'
import { aToken } from '../../support/random.ts'
import { pageAt, type SocketVisitor, visit } from '../../support/visitor.ts'
import { openWorld, type World } from '../../support/world.ts'

let world: World
let clock: HandClock
beforeAll(async () => {
  clock = handClock()
  world = await openWorld({ clock })
})
afterAll(() => world.close())

const on = (at: string) => visit(world, { token: aToken(), at })

async function tell(page: string, role: 'owner' | 'agent' = 'owner') {
  const client = role === 'owner' ? await world.signIn() : await world.signInAs(role)
  return client.send('POST', '/api/v1/visitors/live/message', { page, text: 'Free delivery today' })
}

it('T40 a message to a page reaches whoever is on it, within what each may be told', async () => {
  const [amir, lena, omid] = await Promise.all([on('/sale/tea'), on('/sale/tea'), on('/sale/tea')])
  const elsewhere = await on('/about')
  await lena.says('Hello')
  await hush(omid)
  const { status, json } = await tell('/sale/*')
  expect([status, json]).toEqual([200, { reached: 1, leftAlone: { inConversation: 1, quiet: 1 } }])
  expect(await amir.wire.heard('invite:offered')).toMatchObject({ text: 'Free delivery today', ruleId: null })
  for (const other of [lena, omid, elsewhere]) expect(other.wire.untaken('invite:offered')).toEqual([])
  clock.advance(times.proactiveSpacing - 1)
  expect((await tell('/sale/*')).json).toMatchObject({ reached: 0, leftAlone: { tooSoon: 1 } })
  clock.advance(1)
  expect((await tell('/sale/*')).json).toMatchObject({ reached: 0, leftAlone: { onceASession: 1 } })
})

/** Was invited on a page of their own, and wished it away. */
async function hush(guest: SocketVisitor): Promise<void> {
  const url = pageAt(world, '/quiet')
  await guest.wire.get('page:view', { url, title: '', referrer: '' })
  const live = world.app.domain.visits.live().find(({ page }) => page.url === url)
  const sara = await world.signIn()
  await sara.send('POST', `/api/v1/visitors/${live?.visitId}/invite`, { text: 'Hello' })
  const { inviteId } = await guest.wire.heard('invite:offered')
  await guest.wire.get('invite:dismiss', { inviteId })
  await guest.wire.get('page:view', { url: pageAt(world, '/sale/tea'), title: '', referrer: '' })
}

it('T40 only owners and administrators write to a page, and not again and again', async () => {
  expect((await tell('/sale/*', 'agent')).status).toBe(403)
  clock.advance(60 * 60_000)
  const answers = []
  for (let n = 0; n < 4; n++) answers.push((await tell('/nowhere')).status)
  expect(answers).toEqual([200, 200, 200, 429])
})
