import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import type { ConversationId } from '../../shared/ids.ts'
import { attend, type SocketAgent } from '../support/agent.ts'
import { type FaultProxy, openFaultProxy } from '../support/fault-proxy.ts'
import { aToken } from '../support/random.ts'
import { startStopwatch } from '../support/stopwatch.ts'
import { pageAt, type SocketVisitor, visit } from '../support/visitor.ts'
import { noHurry, openWorld, owner, type World } from '../support/world.ts'
import { type OpenConsole, openConsole, shownBy } from './support/console.ts'

let world: World
let omid: SocketAgent
let net: FaultProxy
beforeAll(async () => {
  world = await openWorld({ live: { rateLimits: noHurry } })
  net = await openFaultProxy(world.url)
  omid = await attend(world, await world.signInAs('agent'))
})
afterAll(async () => {
  await net.close()
  await world.close()
})

interface Talk {
  guest: SocketVisitor
  id: ConversationId
}

async function talks(n: number): Promise<Talk[]> {
  const guests = await Promise.all(
    Array.from({ length: n }, () => visit(world, { token: aToken(), consent: 'granted' })),
  )
  return Promise.all(
    guests.map(async (guest) => ({ guest, id: (await guest.says('Hello')).conversation.id })),
  )
}

/** What may happen in a conversation while an agent is away. */
const happenings: ((talk: Talk, nth: number) => Promise<unknown>)[] = [
  ({ guest }, nth) => guest.says(`Question ${nth}`),
  ({ id }, nth) => omid.says(id, `Answer ${nth}`),
  ({ guest }, nth) =>
    guest.wire.get('page:view', { url: pageAt(world, `/page-${nth}`), title: `Page ${nth}`, referrer: '' }),
  ({ guest }, nth) => guest.says(`And ${nth}`),
  ({ id }) => omid.wire.get('conversation:close', { conversationId: id }),
  ({ id }) => omid.wire.get('conversation:reopen', { conversationId: id }),
  ({ id }) => omid.wire.get('conversation:assign', { conversationId: id, agentId: null }),
  ({ id }, nth) => omid.notes(id, `Note ${nth}`),
  ({ id }) => omid.wire.get('conversation:assign', { conversationId: id, agentId: omid.snapshot.me.id }),
  ({ guest }, nth) => guest.says(`Thanks ${nth}`),
  ({ id }) => omid.wire.get('receipt:send', { conversationId: id, delivered: 6, seen: 6 }),
]

/** Twenty conversations go their own ways, each a little further along than the one before. */
async function halfAnHour(all: Talk[], events: number): Promise<void> {
  for (let nth = 0; nth < events; nth += all.length)
    await Promise.all(
      all.map((talk, i) => happenings[(nth / all.length + i) % happenings.length]?.(talk, nth + i)),
    )
  await Promise.all(
    all.slice(-3).map(({ id }) => omid.wire.get('conversation:close', { conversationId: id })),
  )
  for (const { guest } of all.slice(0, 4)) guest.wire.close()
}

/** As somebody sees it who opens the console only now. */
async function seenAnew(open: ConversationId) {
  const anew = await openConsole({ url: world.url, client: await world.signIn(owner) })
  const stop = anew.desk.watch(open)
  await anew.until(({ timelines }) => timelines.has(open))
  onTestFinished(stop)
  return anew
}

/** Both see the same within this time of waking; the one who never slept is the measure. */
async function isRightWithin(ms: number, asleep: OpenConsole, open: ConversationId, wake: () => void) {
  const anew = await seenAnew(open)
  const watch = startStopwatch()
  onTestFinished(watch.stop)
  const happened: string[] = []
  asleep.desk.state.subscribe(() => {
    const { name } = asleep.state().connection
    if (!happened.at(-1)?.startsWith(name)) happened.push(`${name} at ${Math.round(watch.read())}`)
  })
  wake()
  const same = () => isDeepStrictEqual(shownBy(asleep.state(), open), shownBy(anew.state(), open))
  await expect.poll(same, { timeout: 60_000, interval: 20 }).toBe(true)
  expect(watch.read(), happened.join()).toBeLessThan(ms)
}

it('W40 is right within five seconds after a sleep of 500 events on a connection that died', async () => {
  const all = await talks(20)
  const open = all[0]?.id
  if (!open) throw new Error('Nobody talks.')
  const asleep = await openConsole({ url: net.url, client: await world.signIn(owner) })
  asleep.desk.watch(open)
  await asleep.until(({ timelines }) => timelines.has(open))
  // The way is gone, and neither end is told; who comes now gets through.
  for (const line of net.lines) line.set({ name: 'drop' })
  await halfAnHour(all, 500)
  expect(asleep.state().connection.name).toBe('live')
  await isRightWithin(5_000, asleep, open, () => asleep.desk.resync())
  expect(asleep.state().meanwhile.get(open)?.entries.length).toBeGreaterThan(0)
}, 120_000)

it('W40 is right within five seconds also where what was said is still under way to it', async () => {
  const all = await talks(20)
  const open = all[7]?.id
  if (!open) throw new Error('Nobody talks.')
  const asleep = await openConsole({ url: net.url, client: await world.signIn(owner) })
  asleep.desk.watch(open)
  await asleep.until(({ timelines }) => timelines.has(open))
  net.set({ name: 'hold' })
  await halfAnHour(all, 200)
  await isRightWithin(5_000, asleep, open, () => {
    net.set({ name: 'pass' })
    asleep.desk.resync()
  })
}, 120_000)
