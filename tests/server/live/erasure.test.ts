import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { HistoryUnavailable } from '../../../server/history/history.ts'
import { protocolVersion } from '../../../shared/protocol.ts'
import { attend, type SocketAgent } from '../../support/agent.ts'
import { ask, type Client } from '../../support/client.ts'
import { aClientId, aPage, aToken } from '../../support/random.ts'
import { knock, pageAt, type SocketVisitor, siteOf, visit } from '../../support/visitor.ts'
import { openWorld, type World } from '../../support/world.ts'

let world: World
let sara: SocketAgent
let owner: Client
beforeAll(async () => {
  world = await openWorld()
  sara = await attend(world)
  owner = sara.client
})
afterAll(() => world.close())

interface Person extends SocketVisitor {
  token: NonNullable<SocketVisitor['token']>
  id: string
  conversationId: string
}

/** Somebody who has written, told their name, and looked at a page that was stored. */
async function somebody(text = 'Is it there?'): Promise<Person> {
  const token = aToken()
  const there = await visit(world, { token, consent: 'granted' })
  await there.wire.get('visitor:identify', { name: 'Mina', email: 'mina@example.com' })
  const { conversation } = await there.says(text)
  return { ...there, token, id: conversation.visitorId, conversationId: conversation.id }
}

const erase = (id: string, by = owner) => by.send('DELETE', `/api/v1/visitors/${id}`)
const handOut = (id: string, by = owner) => by.get(`/api/v1/visitors/${id}/export`)

/** A page that is told over HTTP, as a page that is left or loaded does. */
const tell = (path: string, body: object) =>
  ask(world.url + path, { method: 'POST', body: JSON.stringify(body) })
const page = (token: string) => ({
  ...{ site: siteOf(world).key, page: aPage(), token, consent: 'granted', locale: 'en', device: 'desktop' },
})

describe('handing out', () => {
  it('P20 gives everything there is of a visitor as one document, without what recognises them', async () => {
    const { id, conversationId, token, wire } = await somebody()
    await sara.notes(conversationId, 'Regular')
    const answer = await handOut(id)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="visitor-${id}.json"`)
    expect(answer.json).toMatchObject({
      visitorId: id,
      visitors: [{ id, name: 'Mina', email: 'mina@example.com' }],
      conversations: [{ id: conversationId, status: 'open' }],
      entries: [{ text: 'Is it there?' }, { text: 'Regular', visibility: 'note' }],
      visits: [{ name: 'Mina', trail: [{ url: pageAt(world, '/') }] }],
    })
    expect(answer.text).not.toContain(token)
    wire.close()
  })

  it('P20 is by a visit’s id too, while it lasts, and missing for nobody', async () => {
    const { id, wire } = await somebody()
    const visitId = world.app.domain.visits.live().find((one) => one.visitorId === id)?.visitId ?? ''
    expect((await handOut(visitId)).json).toMatchObject({ visitorId: id })
    expect((await handOut('v_00000000000000000000000000')).status).toBe(404)
    wire.close()
  })
})

describe('erasing', () => {
  it('P24 is for owners and administrators; to others, who is there and who is not look alike', async () => {
    const { id, wire } = await somebody()
    const nobody = 'v_00000000000000000000000000'
    for (const role of ['agent', 'viewer'] as const) {
      const client = await world.signInAs(role)
      const answers = [await erase(id, client), await erase(nobody, client)]
      answers.push(await handOut(id, client), await handOut(nobody, client))
      expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403])
      expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    }
    const admin = await world.signInAs('admin')
    expect((await handOut(id, admin)).status).toBe(200)
    expect((await erase(nobody, admin)).status).toBe(404)
    expect((await erase(id, admin)).status).toBe(204)
    expect((await handOut(id, admin)).status).toBe(404)
    expect((await erase(id, admin)).status).toBe(204)
    wire.close()
  })

  it('P22 turns the sockets of the visitor away with the reason, in every tab, and no other’s', async () => {
    const mina = await somebody()
    const tab = await visit(world, { token: mina.token, consent: 'granted' })
    const other = await somebody('Somebody else')
    await erase(mina.id)
    for (const { wire } of [mina, tab]) {
      expect(await wire.heard('refused')).toEqual({ reason: 'erased' })
      await wire.closed()
    }
    expect((await other.says('Still here')).entries).toHaveLength(1)
    other.wire.close()
  })

  it('P22 whoever comes back with the token is told, by socket, by a page that is left, and adds nothing', async () => {
    const { id, token } = await somebody()
    await erase(id)
    const wire = await knock(world, { token, consent: 'granted' })
    expect(await wire.failureOf('hello', { protocolVersion, resume: null })).toBe('forbidden')
    expect(await wire.heard('refused')).toEqual({ reason: 'erased' })
    await wire.closed()

    const message = { clientId: aClientId(), conversationId: null, text: 'Resurrected' }
    const left = await tell('/v1/messages', { ...page(token), messages: [message] })
    expect([left.status, left.json]).toMatchObject([403, { error: { code: 'forbidden', reason: 'erased' } }])

    const view = { url: pageAt(world, '/again'), title: 'Again', referrer: '' }
    const seen = await tell('/v1/page-views', { ...page(token), view })
    // The page then opens a socket, which is told.
    expect([seen.status, seen.json]).toMatchObject([200, { live: true }])
    expect(world.app.domain.visits.live().filter((one) => one.page.title === 'Again')).toEqual([])
    await world.app.domain.visits.flush()
    expect((await handOut(id)).status).toBe(404)
  })

  it('P22 a page that begins to keep an erased token is told as well', async () => {
    const { id, token } = await somebody()
    await erase(id)
    const stranger = await visit(world)
    await stranger.wire.ask('visitor:keep', { token, consent: 'essential' }).catch(() => null)
    expect(await stranger.wire.heard('refused')).toEqual({ reason: 'erased' })
    await stranger.wire.closed()
  })

  it('P22 a message that is under way at that moment stays away, and nothing of it is left', async () => {
    const { id, wire, token } = await somebody()
    const sending = Array.from({ length: 20 }, (_, n) =>
      wire
        .ask('message:send', { clientId: aClientId(), conversationId: null, text: `Late ${n}` })
        .catch(() => null),
    )
    expect((await erase(id)).status).toBe(204)
    await Promise.all(sending)
    expect((await handOut(id)).status).toBe(404)
    const site = siteOf(world).id
    const open = await world.history.conversations.list({ siteId: site, order: 'recent', limit: 200 })
    expect(open.items.filter(({ conversation }) => conversation.visitorId === id)).toEqual([])
    expect(token).toHaveLength(43)
  })

  it('P25 consoles hear of it at once, their counts are right, and they lose the visit', async () => {
    const { id, conversationId } = await somebody()
    await sara.watch(conversationId)
    const { open } = await world.history.conversations.count()
    const visitId = world.app.domain.visits.live().find((one) => one.visitorId === id)?.visitId
    await erase(id)
    await sara.wire.heard('conversations:erased', ({ ids }) => ids.some((one) => one === conversationId))
    await sara.wire.heard('totals:changed', (totals) => totals.open === open - 1)
    await sara.wire.heard('roster:changed', ({ gone }) => gone.some((one) => one === visitId))
    expect(await sara.wire.failureOf('conversation:watch', { conversationId, after: null })).toBe('not_found')
    expect((await owner.get(`/api/v1/conversations/${conversationId}`)).status).toBe(404)
    expect((await owner.get(`/api/v1/visitors/${id}`)).status).toBe(404)
  })

  it('P25 P22 a store that cannot be written anew keeps nobody from hearing of it, and it is asked for again', async () => {
    const { id, conversationId, wire } = await somebody()
    const { erasures } = world.history
    const { sweep } = erasures
    onTestFinished(() => void Object.assign(erasures, { sweep }))
    erasures.sweep = () => Promise.reject(new HistoryUnavailable('The disk is full.'))
    expect((await erase(id)).status).toBe(503)
    expect(await wire.heard('refused')).toEqual({ reason: 'erased' })
    await wire.closed()
    await sara.wire.heard('conversations:erased', ({ ids }) => ids.some((one) => one === conversationId))
    expect((await handOut(id)).status).toBe(404)
    expect((await erase(id)).status).toBe(503)
    erasures.sweep = sweep
    expect((await erase(id)).status).toBe(204)
  })

  it('P26 one line of the log says who did it, to whom by a hash, and how much there was', async () => {
    const { id, conversationId, token } = await somebody('A secret of mine')
    await world.app.domain.visits.flush()
    const from = world.log.length
    await erase(id)
    const lines = world.log.slice(from).filter((line) => line.includes('visitor:erased'))
    expect(lines).toHaveLength(1)
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      ...{ level: 'info', event: 'visitor:erased', by: sara.snapshot.me.id },
      visitor: expect.stringMatching(/^[\w-]{16}$/),
      rows: { visitors: 1, conversations: 1, entries: 1, pageViews: 1 },
    })
    for (const secret of [id, conversationId, token, 'Mina', 'mina@example.com', 'A secret'])
      expect(world.log.slice(from).join('\n')).not.toContain(secret)
  })

  it('P22 somebody whom only a visit knows is let go with it', async () => {
    const { wire } = await visit(world, { at: '/only-here' })
    const live = world.app.domain.visits.live().find((one) => one.page.title === '/only-here')
    expect((await erase(live?.visitId ?? '')).status).toBe(204)
    await wire.closed()
    expect(wire.untaken('refused')).toEqual([])
    expect(world.app.domain.visits.live().some((one) => one.page.title === '/only-here')).toBe(false)
  })
})
