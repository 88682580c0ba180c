import { randomUUID } from 'node:crypto'
import * as v from 'valibot'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ClientId, type ConversationId, VisitorId } from '../../../shared/ids.ts'
import { type Client, textAt } from '../../support/client.ts'
import { openWorld, type World } from '../../support/world.ts'

let world: World
let sara: Client
let id: ConversationId
let visitors = 0

beforeAll(async () => {
  world = await openWorld()
  sara = await world.signIn()
})
afterAll(() => world.close())
beforeEach(async () => {
  id = await write('Is this in stock?')
})

/** A visitor nobody has met writes. */
async function write(text: string): Promise<ConversationId> {
  const [site] = world.app.domain.sites.list()
  if (!site) throw new Error('There is a first site.')
  const visitor = await world.history.visitors.ensure({
    ...{ siteId: site.id, locale: 'en', at: Date.now(), tokenHash: `hash ${++visitors}` },
    newId: v.parse(VisitorId, `v_${String(visitors).padStart(26, '0')}`),
  })
  const posted = await world.app.domain.conversations.postAsVisitor(
    {
      ...{ siteId: site.id, visitorId: visitor.id, visitId: null, conversationId: null, text },
      clientId: v.parse(ClientId, randomUUID()),
    },
    {},
  )
  if (!posted.ok) throw new Error(posted.error.message)
  return posted.value.conversation.id
}

const path = (rest = '') => `/api/v1/conversations/${id}${rest}`
const kinds = async (): Promise<string[]> => {
  const { json } = await sara.get(path('/entries'))
  return Object(json).items.map(({ kind }: { kind: string }) => kind)
}

describe('a conversation over REST', () => {
  it('C4 is answered, and belongs to who answered', async () => {
    const answer = await sara.send('POST', path('/messages'), { clientId: randomUUID(), text: 'Yes, it is' })
    expect(answer.status).toBe(201)
    expect(answer.json).toMatchObject({ duplicate: false, conversation: { waitingSince: null } })
    expect(await kinds()).toEqual(['message', 'assigned', 'message'])
  })

  it('C15 is seen by answering it', async () => {
    expect((await sara.get(path())).json).toMatchObject({ unread: 1 })
    await sara.send('POST', path('/messages'), { clientId: randomUUID(), text: 'Yes, it is' })
    const { json } = await sara.get(path())
    expect(json).toMatchObject({ unread: 0, receipts: { agents: { delivered: 3, seen: 3 } } })
  })

  it('W5 takes the same message once, and answers as the first time', async () => {
    const message = { clientId: randomUUID(), text: 'Yes, it is' }
    const first = await sara.send('POST', path('/messages'), message)
    const again = await sara.send('POST', path('/messages'), message)
    expect(again.status).toBe(200)
    expect(again.json).toMatchObject({ duplicate: true })
    expect(textAt(again, 'entries', 0, 'at')).toBe(textAt(first, 'entries', 0, 'at'))
    const other = await sara.send('POST', path('/messages'), { ...message, text: 'No' })
    expect([other.status, textAt(other, 'error', 'code')]).toEqual([409, 'conflict'])
  })

  it('C10 refuses a text that is too long, and stores nothing of it', async () => {
    const text = '🙂'.repeat(5_001)
    const answer = await sara.send('POST', path('/messages'), { clientId: randomUUID(), text })
    expect(answer.json).toMatchObject({ error: { code: 'invalid', path: 'text' } })
    expect(await kinds()).toEqual(['message'])
    const fits = await sara.send('POST', path('/messages'), {
      ...{ clientId: randomUUID(), text: '🙂'.repeat(5_000) },
    })
    expect(fits.status).toBe(201)
  })

  it('C8 holds notes for agents', async () => {
    await sara.send('POST', path('/notes'), { clientId: randomUUID(), text: 'Regular customer' })
    const { json } = await sara.get(path('/entries?after=1'))
    expect(json).toMatchObject({ items: [{ kind: 'message', visibility: 'note', seq: 2 }] })
  })

  it('C5 is closed once, and opened again as a new episode', async () => {
    await sara.send('POST', path('/close'))
    expect((await sara.send('POST', path('/close'))).json).toMatchObject({ entries: [] })
    const opened = await sara.send('POST', path('/reopen'))
    expect(opened.json).toMatchObject({ conversation: { status: 'open', episode: 2 } })
    expect(await kinds()).toEqual(['message', 'closed', 'reopened'])
  })

  it('is given to a colleague and to nobody', async () => {
    const omid = await world.addAgent('agent', `${randomUUID()}@example.com`)
    const given = await sara.send('POST', path('/assign'), { agentId: omid.id })
    expect(given.json).toMatchObject({ conversation: { assigneeId: omid.id } })
    const mine = await sara.get(`/api/v1/conversations?assignee=${omid.id}`)
    expect(Object(mine.json).items).toHaveLength(1)
    const back = await sara.send('POST', path('/assign'), { agentId: null })
    expect(back.json).toMatchObject({ conversation: { assigneeId: null } })
  })

  it('is listed a page at a time, each once, times in ISO 8601', async () => {
    for (let i = 0; i < 4; i++) await write(`Number ${i}`)
    const seen: string[] = []
    let cursor = ''
    do {
      const page = await sara.get(`/api/v1/conversations?limit=2${cursor && `&cursor=${cursor}`}`)
      for (let i = 0; i < Object(page.json).items.length; i++) seen.push(textAt(page, 'items', i, 'id'))
      cursor = Object(page.json).nextCursor
    } while (cursor)
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen.length).toBeGreaterThanOrEqual(5)
    const one = await sara.get(path())
    expect(textAt(one, 'startedAt')).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
  })

  it('C14 is listed with what its visitor wrote before, latest first', async () => {
    const visitor = textAt(await sara.get(path()), 'visitorId')
    await write('Somebody else')
    const theirs = await sara.get(`/api/v1/conversations?visitor=${visitor}`)
    expect(theirs.json).toMatchObject({ items: [{ id, visitorId: visitor }], nextCursor: null })
    const wrong = await sara.get('/api/v1/conversations?visitor=Sara')
    expect(wrong.json).toMatchObject({ error: { code: 'invalid', path: 'query.visitor' } })
  })

  it('W7 gives its entries a page at a time', async () => {
    for (const text of ['one', 'two', 'three'])
      await sara.send('POST', path('/notes'), { clientId: randomUUID(), text })
    const first = await sara.get(path('/entries?limit=2'))
    expect(first.json).toMatchObject({ items: [{ seq: 1 }, { seq: 2 }], nextCursor: '2' })
    const rest = await sara.get(path('/entries?limit=3&after=2'))
    expect(rest.json).toMatchObject({ items: [{ seq: 3 }, { seq: 4 }], nextCursor: null })
  })

  it('that does not exist is not found, in every way', async () => {
    const nowhere = `/api/v1/conversations/c_${'0'.repeat(26)}`
    const message = { clientId: randomUUID(), text: 'Hello' }
    const answers = await Promise.all([
      sara.get(nowhere),
      sara.get(`${nowhere}/entries`),
      sara.send('POST', `${nowhere}/messages`, message),
      sara.send('POST', `${nowhere}/close`),
      sara.send('POST', `${nowhere}/assign`, { agentId: null }),
    ])
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404])
  })
})

describe('a visitor over REST', () => {
  const page = 'AAAAAAAAAAAAAAAAAAAAAA'
  const beacon = (url: string) =>
    sara.send(
      'POST',
      '/v1/page-views',
      {
        ...{ site: 'demo', page, consent: 'essential', locale: 'en', device: 'desktop' },
        view: { url, title: 'A page', referrer: '' },
      },
      { 'content-type': 'text/plain' },
    )

  it('P2 is seen live with their trail, by their visit, before anything is stored', async () => {
    await beacon('https://shop.example/one')
    await beacon('https://shop.example/two')
    const live = await sara.get('/api/v1/visitors/live')
    expect(live.json).toMatchObject({
      items: [{ visitorId: null, page: { url: 'https://shop.example/two' } }],
    })
    const visit = textAt(live, 'items', 0, 'visitId')
    expect((await sara.get(`/api/v1/visitors/${visit}`)).json).toMatchObject({
      visitor: null,
      live: { visitId: visit, pageViews: 2 },
    })
    expect((await sara.get(`/api/v1/visitors/${visit}/page-views`)).json).toMatchObject({
      items: [{ url: 'https://shop.example/two' }, { url: 'https://shop.example/one' }],
    })
  })

  it('is spoken to while on the site, and not found afterwards', async () => {
    await beacon('https://shop.example/three')
    const live = await sara.get('/api/v1/visitors/live')
    const visit = textAt(live, 'items', 0, 'visitId')
    const invited = await sara.send('POST', `/api/v1/visitors/${visit}/invite`, { text: 'Can I help?' })
    expect(textAt(invited, 'inviteId')).toMatch(/^i_/)
    const nobody = `t_${'0'.repeat(26)}`
    const missed = await sara.send('POST', `/api/v1/visitors/${nobody}/invite`, { text: 'Can I help?' })
    expect(missed.status).toBe(404)
  })
})
