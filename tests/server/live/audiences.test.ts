import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { InboxRow } from '../../../shared/inbox.ts'
import { times } from '../../../shared/limits.ts'
import { attend, type SocketAgent } from '../../support/agent.ts'
import { handClock } from '../../support/clock.ts'
import { aToken } from '../../support/random.ts'
import { type SocketVisitor, siteOf, visit } from '../../support/visitor.ts'
import { openWorld, type World } from '../../support/world.ts'

let world: World
let sara: SocketAgent
beforeAll(async () => {
  world = await openWorld()
  sara = await attend(world)
})
afterAll(() => world.close())

const someone = (): Promise<SocketVisitor> => visit(world, { token: aToken(), at: '/shoes' })
const rowOf = (agent: SocketAgent, id: string) =>
  agent.wire.heard('inbox:changed', ({ rows }) => rows.some((row) => row.conversation.id === id))

describe('entries', () => {
  it('C8 that are notes reach the agents, and the visitor only as a hidden place', async () => {
    const amir = await someone()
    const { conversation } = await amir.says('Hello')
    await sara.watch(conversation.id)
    await sara.notes(conversation.id, 'He is a good customer')
    const { entries } = await amir.wire.heard('entries:added')
    expect(entries).toEqual([{ kind: 'hidden', seq: 2, at: expect.any(Number) }])
    const fetched = await amir.wire.get('entries:since', { conversationId: conversation.id, after: 0 })
    expect(fetched.entries.map((entry) => entry.kind)).toEqual(['message', 'hidden'])
    expect((await sara.watch(conversation.id)).entries.at(-1)).toMatchObject({
      text: 'He is a good customer',
    })
  })

  it('W4 reach those who watch and who own it at once, everybody else as a digest', async () => {
    const omid = await attend(world, await world.signInAs('agent'))
    const amir = await someone()
    const { conversation } = await amir.says('Hello')
    await sara.says(conversation.id, 'Welcome')
    await amir.says('Thank you')
    expect((await sara.wire.heard('entries:added')).entries).toMatchObject([{ text: 'Thank you' }])
    await rowOf(omid, conversation.id)
    expect(omid.wire.untaken('entries:added')).toEqual([])
  })

  it('W4 come whole to the visitor’s other tab when the conversation begins there', async () => {
    const token = aToken()
    const first = await visit(world, { token })
    const second = await visit(world, { token })
    const { conversation } = await first.says('Hello')
    const started = await second.wire.heard('conversation:started')
    expect(started).toMatchObject({ mode: 'whole', conversation: { id: conversation.id, seq: 1 } })
    expect(started.entries).toMatchObject([{ text: 'Hello' }])
    await first.says('Hello again')
    expect((await second.wire.heard('entries:added')).entries).toMatchObject([{ seq: 2 }])
    expect(first.wire.untaken('entries:added')).toEqual([])
  })

  it('W6 have numbers without gaps, whoever writes at once', async () => {
    const amir = await someone()
    const { conversation } = await amir.says('0')
    await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        i % 2 ? amir.says(String(i)) : sara.says(conversation.id, String(i)),
      ),
    )
    const { entries } = await amir.wire.get('entries:since', { conversationId: conversation.id, after: 0 })
    expect(entries.map((entry) => entry.seq)).toEqual(Array.from({ length: 22 }, (_, i) => i + 1))
  })
})

describe('the totals', () => {
  it('V8 are of all there are, and follow arrivals, messages, answers and departures', async () => {
    const omid = await attend(world, await world.signIn())
    const { totals: before } = omid.snapshot
    const amir = await someone()
    const { conversation } = await amir.says('Hello')
    const there = { visitors: before.visitors + 1, open: before.open + 1, waiting: before.waiting + 1 }
    await omid.wire.heard(
      'totals:changed',
      ({ visitors, open, waiting }) =>
        visitors === there.visitors && open === there.open && waiting === there.waiting,
    )
    await sara.says(conversation.id, 'Welcome')
    await omid.wire.heard(
      'totals:changed',
      ({ waiting, open }) => waiting === before.waiting && open === there.open,
    )
    expect((await attend(world, await world.signIn())).snapshot.totals).toEqual({
      ...there,
      waiting: before.waiting,
    })
  })
})

describe('typing and receipts', () => {
  it('C9 go to the other side', async () => {
    const amir = await someone()
    const { conversation } = await amir.says('Hello')
    const about = { conversationId: conversation.id }
    await sara.watch(conversation.id)
    await amir.wire.get('typing:set', { ...about, typing: true })
    expect(await sara.wire.heard('typing:changed')).toMatchObject({ who: { side: 'visitor' }, typing: true })
    await sara.wire.get('typing:set', { ...about, typing: true })
    expect(await amir.wire.heard('typing:changed')).toMatchObject({
      who: { side: 'agents', name: sara.snapshot.me.name },
    })
    await sara.wire.get('receipt:send', { ...about, delivered: 1, seen: 1 })
    expect((await amir.wire.heard('receipts:changed')).receipts.agents).toEqual({ delivered: 1, seen: 1 })
    await amir.wire.get('receipt:send', { ...about, delivered: 50, seen: 0 })
    expect((await sara.wire.heard('receipts:changed')).receipts.visitor).toEqual({ delivered: 1, seen: 0 })
  })

  it('C15 tell the visitor that their message was seen once it is answered', async () => {
    const omid = await attend(world, await world.signInAs('admin'))
    const amir = await someone()
    const { conversation } = await amir.says('Hello')
    await sara.says(conversation.id, 'Welcome')
    const { receipts } = await amir.wire.heard('receipts:changed')
    expect(receipts.agents).toEqual({ delivered: 3, seen: 3 })
    const answered = ({ rows }: { rows: InboxRow[] }) =>
      rows.some((row) => row.conversation.id === conversation.id && row.unread === 0)
    await omid.wire.heard('inbox:changed', answered)
  })
})

describe('the live list', () => {
  it('V6 follows arrivals, moves and departures without being asked', async () => {
    const amir = await someone()
    const about = (path: string) =>
      sara.wire.heard('roster:changed', ({ upserts }) => upserts.some((one) => one.page.title === path))
    const { upserts } = await about('/shoes')
    const mine = upserts.find((one) => one.page.title === '/shoes')
    const url = `${siteOf(world).origins[0]}/hats`
    await amir.wire.get('page:view', { url, title: '/hats', referrer: '' })
    const moved = (await about('/hats')).upserts.find((one) => one.page.title === '/hats')
    expect(moved?.pageViews).toBe((mine?.pageViews ?? 0) + 1)
  })

  it('V9 tells what a page says has happened, the latest of it without being asked', async () => {
    const amir = await someone()
    for (const name of ['size chosen', 'added to cart', 'size chosen'])
      await amir.wire.get('event:track', { name, properties: { size: 43 } })
    const { upserts } = await sara.wire.heard('roster:changed', ({ upserts }) =>
      upserts.some(({ events }) => events?.[0]?.count === 2),
    )
    const mine = upserts.find(({ events }) => events?.[0]?.count === 2)
    expect(mine?.events?.map(({ name }) => name)).toEqual(['size chosen', 'added to cart'])
    const { json } = await sara.client.get(`/api/v1/visitors/${mine?.visitId}`)
    expect(json).toMatchObject({ events: [{ name: 'size chosen', count: 2 }, { name: 'added to cart' }] })
  })

  it('V6 follows who goes, once they have been silent for a while', async () => {
    const clock = handClock()
    const house = await openWorld({ clock })
    const omid = await attend(house)
    const amir = await visit(house, { at: '/shoes' })
    const { upserts } = await omid.wire.heard('roster:changed')
    const mine = upserts.map(({ visitId }) => visitId)
    expect(mine).toHaveLength(1)
    amir.wire.close()
    const [visitId] = mine
    await expect.poll(() => visitId && house.app.domain.visits.byId(visitId)?.sockets).toBe(0)
    clock.advance(times.visitorGoneDesktop + 10_000)
    await omid.wire.heard('roster:changed', ({ gone }) => gone.join() === mine.join())
    await omid.wire.heard('totals:changed', ({ visitors }) => visitors === 0)
    await house.close()
  })

  it('P3 does not show who denied consent, though they can chat', async () => {
    const amir = await visit(world, { token: aToken(), consent: 'denied' })
    const page = { url: 'https://shop.example/secret', title: 'Secret' }
    await amir.wire.get('page:view', { ...page, referrer: '' })
    const { conversation } = await amir.says('Hello', { page })
    expect(world.app.domain.visits.live().map((one) => one.page.url)).not.toContain(page.url)
    expect(JSON.stringify(await world.history.conversations.entries(conversation.id, 0, 5))).not.toContain(
      'Secret',
    )
  })
})

describe('an invitation', () => {
  it('T6 T50 T92 is asked for by the page, on record when it is given, and shown in no other tab', async () => {
    const { domain } = world.app
    const say = { en: 'Can I help?' }
    const draft = { siteId: siteOf(world).id, name: 'Greet', enabled: true, priority: 1, say }
    const rule = await domain.rules.create({ ...draft, when: [{ kind: 'url', glob: '/sale*' }] })
    if (!rule.ok) throw new Error(rule.error.message)
    const asked = { ruleId: rule.value.id, secondsOnPage: 0 }
    const token = aToken()
    const elsewhere = await visit(world, { token, at: '/shoes' })
    expect(await elsewhere.wire.get('invite:ask', asked)).toMatchObject({
      invitation: null,
      because: 'conditions',
    })
    const amir = await visit(world, { token, at: '/sale', consent: 'granted' })
    expect(amir.snapshot.rules).toEqual([{ id: rule.value.id, priority: 1, when: [] }])
    expect(elsewhere.snapshot.rules).toEqual([])
    const { invitation } = await amir.wire.get('invite:ask', asked)
    const { rules } = await domain.reporting.proactive({ from: 0, to: 4_102_444_800_000 })
    expect(rules).toMatchObject([{ rule: { id: rule.value.id }, shown: 1 }])
    expect((await visit(world, { token, at: '/sale/2' })).snapshot.invitation).toBeNull()
    await amir.wire.get('invite:dismiss', { inviteId: invitation?.inviteId })
    expect(await elsewhere.wire.heard('invite:withdrawn')).toEqual({ inviteId: invitation?.inviteId })
    await domain.rules.remove(rule.value.id)
    expect((await elsewhere.wire.heard('site:changed', ({ rules }) => rules?.length === 0)).rules).toEqual([])
  })

  it('T10 is due once something has happened that its rule waits for: the page is told', async () => {
    const { rules } = world.app.domain
    const draft = {
      siteId: siteOf(world).id,
      name: 'Thank',
      enabled: true,
      priority: 2,
      say: { en: 'Thank you' },
    }
    const rule = await rules.create({ ...draft, when: [{ kind: 'event', name: 'ordered', atLeast: 2 }] })
    if (!rule.ok) throw new Error(rule.error.message)
    const amir = await visit(world, { token: aToken(), at: '/checkout' })
    const elsewhere = await visit(world, { token: aToken(), at: '/checkout' })
    expect(amir.snapshot.rules).toEqual([])
    await amir.wire.get('event:track', { name: 'ordered', properties: {} })
    await amir.wire.get('event:track', { name: 'ordered', properties: {} })
    const told = await amir.wire.heard('site:changed', (news) => (news.rules ?? []).length > 0)
    expect(told.rules).toEqual([{ id: rule.value.id, priority: 2, when: [] }])
    expect((await amir.wire.get('invite:ask', { ruleId: rule.value.id, secondsOnPage: 0 })).because).toBe(
      'shown',
    )
    expect(JSON.stringify(elsewhere.wire.untaken('site:changed'))).not.toContain(rule.value.id)
    await rules.remove(rule.value.id)
  })

  it('T10 is due once so many are online as its rule waits for: the page is told', async () => {
    const { rules, agents } = world.app.domain
    const online = agents.colleagues().filter(({ status }) => status === 'online').length
    const say = { en: 'We are all here' }
    const draft = { siteId: siteOf(world).id, name: 'All', enabled: true, priority: 3, say }
    const rule = await rules.create({ ...draft, when: [{ kind: 'agentsOnline', atLeast: online + 1 }] })
    if (!rule.ok) throw new Error(rule.error.message)
    const amir = await someone()
    expect(amir.snapshot.rules).toEqual([])
    const leyla = await attend(world, await world.signInAs('viewer'))
    const told = await amir.wire.heard('site:changed', (news) => (news.rules ?? []).length > 0)
    expect(told.rules).toMatchObject([{ id: rule.value.id, priority: 3 }])
    leyla.wire.close()
    await rules.remove(rule.value.id)
  })

  it('T23 is due once a segment comes to hold its visitor, or a team is there: the page is told', async () => {
    const { rules, segments, teams, visits } = world.app.domain
    const { id: siteId } = siteOf(world)
    const when = [{ kind: 'tag' as const, tag: 'keen' }]
    const segment = await segments.create({ siteId, name: 'Keen', when })
    const leyla = await world.addAgent('agent', 'team@example.com')
    const team = await teams.create({ name: 'Sales', agents: [leyla.id] })
    const draft = { siteId, name: 'Keen', enabled: true, priority: 4, say: { en: 'Hello' } }
    const asks = [
      { kind: 'segment' as const, segment: 'Keen' },
      { kind: 'teamOnline' as const, team: 'Sales' },
    ]
    const made = await rules.create({ ...draft, when: asks })
    if (!segment.ok || !team.ok || !made.ok) throw new Error('not set up')
    const amir = await visit(world, { token: aToken(), at: '/keen' })
    const hears = (n: number) => amir.wire.heard('site:changed', ({ rules }) => rules?.length === n)
    await amir.wire.get('visitor:tag', { names: ['keen'] })
    await hears(0)
    expect(visits.live().find(({ page }) => page.title === '/keen')?.segments).toEqual(['Keen'])
    world.app.domain.agents.connected(leyla.id)
    await hears(1)
    world.app.domain.agents.disconnected(leyla.id)
    await rules.remove(made.value.id)
    await teams.remove('Sales')
    await segments.remove('Keen')
  })

  it('C11 of an agent appears at once, and its answer begins with it', async () => {
    const amir = await visit(world, { token: aToken(), at: '/basket' })
    const there = world.app.domain.visits.live().find((one) => one.page.title === '/basket')
    if (!there) throw new Error('Amir is not on the list.')
    await world.app.domain.proactive.invite(there.visitId, 'May I?', sara.snapshot.me)
    const { inviteId } = await amir.wire.heard('invite:offered')
    const { entries } = await amir.says('Please', { inviteId })
    expect(entries).toMatchObject([{ text: 'May I?', auto: true }, { text: 'Please' }])
  })
})
