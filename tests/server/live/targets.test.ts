import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { LateWatch } from '../../../server/domain/late-watch.ts'
import { createLog } from '../../../server/log.ts'
import type { ConversationId } from '../../../shared/ids.ts'
import type { Target } from '../../../shared/targets.ts'
import { attend, type SocketAgent } from '../../support/agent.ts'
import { type HandClock, handClock } from '../../support/clock.ts'
import { aToken } from '../../support/random.ts'
import { visit } from '../../support/visitor.ts'
import { noHurry, openWorld, type World } from '../../support/world.ts'

const minute = 60_000
const silent = createLog({ level: 'error', clock: handClock(), write: () => undefined })
const hour = 60 * minute

let world: World
let sara: SocketAgent
let clock: HandClock
const begun: ConversationId[] = []
beforeAll(async () => {
  clock = handClock()
  world = await openWorld({ clock, live: { rateLimits: noHurry } })
  sara = await attend(world)
})
afterAll(() => world.close())
afterEach(async () => {
  await aimAt()
  for (const conversationId of begun.splice(0)) await sara.wire.ask('conversation:close', { conversationId })
})

const get = (path: string) => sara.client.get(`/api/v1${path}`)
const send = (method: string, path: string, body?: object) => sara.client.send(method, `/api/v1${path}`, body)
const aimAt = (...targets: Target[]) => send('PUT', '/targets', { targets })

const begin = async (text = 'Hello') => {
  const guest = await visit(world, { token: aToken() })
  const { conversation } = await guest.says(text)
  begun.push(conversation.id)
  return { guest, id: conversation.id }
}

const entriesOf = (id: ConversationId) => world.app.domain.conversations.entries(id, 0, 100)
const overdueOf = async (id: ConversationId) =>
  (await entriesOf(id)).flatMap((entry) => (entry.kind === 'overdue' ? [entry] : []))

/** Time passes, and what falls due in it is done. */
async function pass(ms: number): Promise<void> {
  await world.app.domain.late.rest()
  for (let left = ms; left > 0; left -= minute) {
    clock.advance(Math.min(left, minute))
    await world.app.domain.late.rest()
  }
}

describe('priority', () => {
  it('M95 is set on the wire and by the interface, stands in the record, and colleagues see it', async () => {
    const { id } = await begin()
    const omid = await attend(world, await world.signInAs('agent'))
    const done = await sara.wire.get('conversation:prioritise', { conversationId: id, priority: 'urgent' })
    expect(done.conversation.priority).toBe('urgent')
    clock.advance(1_000)
    const heard = await omid.wire.heard('inbox:changed', ({ rows }) =>
      rows.some(({ conversation }) => conversation.priority === 'urgent'),
    )
    expect(heard.rows).toMatchObject([{ conversation: { id, priority: 'urgent' } }])
    const lowered = await send('POST', `/conversations/${id}/priority`, { priority: 'low' })
    expect(lowered.json).toMatchObject({ conversation: { priority: 'low' } })
    const again = await send('POST', `/conversations/${id}/priority`, { priority: 'low' })
    expect(again.json).toMatchObject({ entries: [] })
    expect((await entriesOf(id)).map(({ kind }) => kind)).toEqual(['message', 'prioritised', 'prioritised'])
    expect((await send('POST', `/conversations/${id}/priority`, { priority: 'huge' })).status).toBe(400)
  })

  it('M95 never reaches the visitor, and neither does what is late', async () => {
    await aimAt({ firstResponse: minute })
    const { guest, id } = await begin()
    await send('POST', `/conversations/${id}/priority`, { priority: 'urgent' })
    await pass(2 * minute)
    expect(await overdueOf(id)).toHaveLength(1)
    await guest.says('Still there?')
    const { entries, conversation } = await guest.wire.get('entries:since', { conversationId: id, after: 0 })
    expect(entries.map(({ kind }) => kind)).toEqual(['message', 'hidden', 'hidden', 'message'])
    expect(conversation).not.toHaveProperty('priority')
    expect(conversation).not.toHaveProperty('overdue')
    const heard = JSON.stringify(guest.wire.untaken('entries:added', 'conversation:started'))
    expect(heard).not.toMatch(/urgent|overdue/)
  })
})

describe('targets', () => {
  it('K29 are set as a whole, and what names no team or says the same twice is refused where it stands', async () => {
    await send('POST', '/teams', { name: 'Sales', agents: [] })
    const targets = [{ team: 'Sales', firstResponse: minute }, { resolution: hour }]
    expect((await send('PUT', '/targets', { targets })).json).toEqual({ targets })
    expect((await get('/targets')).json).toEqual({ targets })
    const fault = async (...wrong: object[]) => (await send('PUT', '/targets', { targets: wrong })).json
    expect(await fault({ team: 'Nobody', response: hour })).toMatchObject({
      error: { code: 'invalid', path: 'targets.0.team', refusal: { is: 'unknown', name: 'Nobody' } },
    })
    expect(await fault({ response: hour }, { resolution: hour })).toMatchObject({
      error: { code: 'invalid', path: 'targets.1', refusal: { is: 'twice' } },
    })
    expect(await fault({ team: 'Sales' })).toMatchObject({ error: { code: 'invalid' } })
    expect((await get('/targets')).json).toEqual({ targets })
  })

  it('K29 keep their team, and only administrators set them', async () => {
    await send('POST', '/teams', { name: 'Support', agents: [] })
    await aimAt({ team: 'Support', firstResponse: minute })
    expect((await send('DELETE', '/teams/Support')).json).toMatchObject({
      error: { code: 'conflict', refusal: { is: 'inUse', by: [{ what: 'target', name: 'Support' }] } },
    })
    const viewer = await world.signInAs('viewer')
    expect((await viewer.send('PUT', '/api/v1/targets', { targets: [] })).status).toBe(403)
  })
})

describe('what is late', () => {
  it('K28 is told at the moment at which it breaks, once, to all who look at the inbox', async () => {
    await aimAt({ firstResponse: 2 * minute })
    const { id } = await begin()
    const since = clock.now()
    await pass(2 * minute)
    expect(await overdueOf(id)).toEqual([])
    await pass(1)
    const told = { kind: 'overdue', aim: 'firstResponse', since, dueAt: since + 2 * minute, at: clock.now() }
    expect(await overdueOf(id)).toMatchObject([told])
    clock.advance(1_000)
    await sara.wire.heard('inbox:changed', ({ rows }) =>
      rows.some(({ conversation }) => conversation.overdue?.firstResponse === since),
    )
    await pass(20 * minute)
    expect(await overdueOf(id)).toHaveLength(1)
  })

  it('K28 is nothing where the answer came in time; each further wait counts anew', async () => {
    await aimAt({ firstResponse: 5 * minute, response: 2 * minute })
    const { guest, id } = await begin()
    await pass(4 * minute)
    await sara.says(id, 'Welcome')
    await pass(10 * minute)
    expect(await overdueOf(id)).toEqual([])
    await guest.says('And the other one?')
    await pass(2 * minute + 1)
    expect(await overdueOf(id)).toMatchObject([{ aim: 'response' }])
    await sara.says(id, 'That too')
    await guest.says('And that?')
    await pass(2 * minute + 1)
    expect(await overdueOf(id)).toMatchObject([{ aim: 'response' }, { aim: 'response' }])
  })

  it('K28 is told once by whoever finds it first, also after a restart, with what broke meanwhile', async () => {
    await aimAt({ firstResponse: minute, resolution: hour })
    const { id } = await begin()
    await pass(2 * minute)
    await world.app.domain.late.stop()
    clock.advance(2 * hour)
    const { workspace, history, app } = world
    const parts = { workspace, clock, log: silent, conversations: history.conversations }
    const mark = app.domain.conversations.mark.bind(app.domain.conversations)
    const again = [new LateWatch({ ...parts, mark }), new LateWatch({ ...parts, mark })]
    for (const watch of again) watch.start()
    for (const watch of again) await watch.rest()
    clock.advance(1_000)
    for (const watch of again) await watch.rest()
    expect((await overdueOf(id)).map(({ aim }) => aim)).toEqual(['firstResponse', 'resolution'])
    for (const watch of again) await watch.stop()
    world.app.domain.late.start()
  })

  it('K28 follows the targets as they are changed, and is told to nobody where none are set', async () => {
    const { id } = await begin()
    await pass(10 * minute)
    expect(await overdueOf(id)).toEqual([])
    await aimAt({ firstResponse: 15 * minute })
    await pass(4 * minute)
    expect(await overdueOf(id)).toEqual([])
    await aimAt({ firstResponse: 14 * minute })
    await pass(1_000)
    expect(await overdueOf(id)).toHaveLength(1)
  })
})

describe('the order by time at risk', () => {
  const listed = async (query = '') => {
    const { json } = await get(`/conversations?order=risk${query}`)
    const { items, nextCursor }: { items: { id: string }[]; nextCursor: string | null } = Object(json)
    return { ids: items.map(({ id }) => id), nextCursor }
  }

  it('K27 has first what is due first, page by page, and stays as time passes', async () => {
    await aimAt({ priority: 'urgent', firstResponse: minute }, { priority: 'low', firstResponse: hour })
    const ids: ConversationId[] = []
    for (const priority of ['low', 'normal', 'urgent', 'normal'] as const) {
      const { id } = await begin()
      await sara.wire.get('conversation:prioritise', { conversationId: id, priority })
      ids.push(id)
      await pass(1_000)
    }
    const [low, first, urgent, second] = ids
    const order = [urgent, first, second, low]
    expect((await listed()).ids).toEqual(order)
    await pass(20 * minute)
    expect((await listed()).ids).toEqual(order)
    const page = await listed('&limit=3')
    expect(page.ids).toEqual(order.slice(0, 3))
    expect((await listed(`&limit=3&cursor=${page.nextCursor}`)).ids).toEqual([low])
    if (urgent) await sara.says(urgent, 'Here')
    expect((await listed()).ids).toEqual([first, second, low, urgent])
    expect((await listed('&assignee=me')).ids).toEqual([urgent])
  })

  it('K27 is of what is open', async () => {
    const { id } = await begin()
    expect((await listed()).ids).toEqual([id])
    await sara.wire.get('conversation:close', { conversationId: id })
    expect((await listed()).ids).toEqual([])
    expect((await get('/conversations?order=risk&status=closed')).status).toBe(400)
    expect((await listed('&cursor=nonsense')).ids).toEqual([])
  })
})

it('K25 what is due is reckoned by the hours and the targets of the team that has the conversation', async () => {
  const office = { timeZone: 'UTC', weekly: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '10:00', to: '18:00' }] }
  await send('POST', '/calendars', { name: 'Office', ...office })
  const me = sara.snapshot.me.id
  await send('POST', '/teams', { name: 'Orders', agents: [me], calendar: 'Office' })
  await aimAt({ team: 'Orders', firstResponse: 10 * minute }, { firstResponse: 30 * hour })
  const day = 24 * hour
  await pass(day - ((clock.now() - 9 * hour) % day))
  const nine = clock.now()
  const { id } = await begin()
  await sara.wire.get('conversation:assign', { conversationId: id, agentId: me })
  await pass(69 * minute)
  expect(await overdueOf(id)).toEqual([])
  await pass(minute + 1)
  expect(await overdueOf(id)).toMatchObject([{ dueAt: nine + 70 * minute }])
})
