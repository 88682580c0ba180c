import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FollowUpReport } from '../../../shared/metrics/follow-ups.ts'
import { attend, type SocketAgent } from '../../support/agent.ts'
import { endedChat } from '../../support/chats.ts'
import { textAt } from '../../support/client.ts'
import { type HandClock, handClock } from '../../support/clock.ts'
import { aToken } from '../../support/random.ts'
import { type SocketVisitor, siteOf, visit } from '../../support/visitor.ts'
import { noHurry, openWorld, type World } from '../../support/world.ts'

const hour = 3_600_000

describe('follow-ups', () => {
  let world: World
  let sara: SocketAgent
  let clock: HandClock
  beforeAll(async () => {
    clock = handClock()
    world = await openWorld({ clock, live: { rateLimits: noHurry } })
    sara = await attend(world)
  })
  afterAll(() => world.close())

  const get = (path: string) => sara.client.get(`/api/v1${path}`)
  const send = (method: string, path: string, body?: object) =>
    sara.client.send(method, `/api/v1${path}`, body)
  const done = () => world.app.domain.jobs.rest()

  async function closed(): Promise<{ amir: SocketVisitor; conversationId: string }> {
    const amir = await visit(world, { token: aToken() })
    return { amir, conversationId: await endedChat(amir, sara) }
  }

  async function letDown(rating = 1) {
    const met = await closed()
    const { amir, conversationId } = met
    await amir.wire.get('survey:answer', { conversationId, rating, comment: '' })
    await done()
    const list = await get(`/follow-ups?conversation=${conversationId}`)
    return { ...met, list, id: rating <= 2 ? textAt(list, 'items', 0, 'id') : '' }
  }

  it('R20 are opened by a low rating, with who had it, and due after two days', async () => {
    const { list, conversationId } = await letDown(2)
    expect(list.json).toMatchObject({
      items: [
        {
          ...{ conversationId, why: 'rating', ownerId: sara.snapshot.me.id, doneAt: null, overdue: false },
          dueAt: new Date(clock.now() + 48 * hour).toISOString(),
        },
      ],
      nextCursor: null,
    })
    expect((await letDown(3)).list.json).toMatchObject({ items: [] })
  })

  it.each(['complaint', 'Complaint', 'شكوى', 'شکایت'])(
    'R20 are opened by the label %s, once',
    async (tag) => {
      const { amir, conversationId } = await closed()
      await send('POST', `/conversations/${conversationId}/tags`, { tags: [tag] })
      await send('POST', `/conversations/${conversationId}/tags`, { tags: [tag, 'order'] })
      await amir.wire.get('survey:answer', { conversationId, rating: 1, comment: '' })
      await done()
      const list = await get(`/follow-ups?conversation=${conversationId}`)
      expect(list.json).toMatchObject({ items: [{ why: 'complaint' }] })
      expect(Object(list.json).items).toHaveLength(1)
    },
  )

  it('R21 take an owner, a category, a cause and a note, and are done by whoever says so', async () => {
    const { id } = await letDown()
    const patch = (body: object) => send('PATCH', `/follow-ups/${id}`, body)
    const said = { ownerId: sara.snapshot.me.id, category: 'delivery', cause: 'slow', note: 'Called them' }
    expect((await patch({ ...said, dueAt: '2026-04-01' })).json).toMatchObject({
      ...said,
      dueAt: '2026-04-01T00:00:00.000Z',
    })
    expect((await patch({ done: true })).json).toMatchObject({ ...said, doneBy: sara.snapshot.me.id })
    expect((await patch({ done: false })).json).toMatchObject({ doneAt: null, doneBy: null })
    const viewer = (await world.addAgent('viewer', 'looks@example.com')).id
    const wrong = [
      { ownerId: viewer },
      { category: 'nothing' },
      { cause: 'nobody' },
      { ownerId: `a_${'0'.repeat(26)}` },
      { x: 1 },
    ]
    for (const body of wrong) expect((await patch(body)).status).toBe(400)
    expect((await send('PATCH', `/follow-ups/c_${'0'.repeat(26)}.1`, { done: true })).status).toBe(404)
    expect(
      (await (await world.signInAs('viewer')).send('PATCH', `/api/v1/follow-ups/${id}`, {})).status,
    ).toBe(403)
  })

  it('R21 have the house’s own lists and hours', async () => {
    const settings = {
      hours: 2,
      categories: [{ id: 'size', name: { en: 'Size', fa: 'اندازه' } }],
      causes: [{ id: 'chart', name: { en: 'Wrong chart' } }],
    }
    const before = (await get('/follow-up-settings')).json
    expect((await send('PUT', '/follow-up-settings', settings)).json).toMatchObject(settings)
    const nameless = { ...settings, causes: [{ id: 'chart', name: { en: ' ' } }] }
    expect((await send('PUT', '/follow-up-settings', nameless)).json).toMatchObject({
      error: { code: 'invalid', path: 'causes.0.name' },
    })
    const { id, list } = await letDown()
    expect(textAt(list, 'items', 0, 'dueAt')).toBe(new Date(clock.now() + 2 * hour).toISOString())
    expect((await send('PATCH', `/follow-ups/${id}`, { category: 'size', cause: 'chart' })).status).toBe(200)
    await send('PUT', '/follow-up-settings', before as object)
  })

  it('R22 R23 M128 M138 are listed as overdue once their time is over, and reported', async () => {
    const usual = (await get('/follow-up-settings')).json
    await send('PUT', '/follow-up-settings', { ...Object(usual), hours: 1 })
    const { id } = await letDown()
    const late = await letDown()
    await send('PATCH', `/follow-ups/${id}`, { done: true, cause: 'mistake' })
    clock.advance(1.1 * hour)
    const overdue = await get('/follow-ups?state=overdue&limit=200')
    expect(JSON.stringify(overdue.json)).toContain(late.id)
    expect(JSON.stringify((await get('/follow-ups?state=done')).json)).toContain(id)
    const report = await get(`/reports/satisfaction?site=${siteOf(world).key}`)
    expect(report.json).toMatchObject({
      followUps: {
        overdue: expect.any(Number),
        inTime: { low: expect.any(Number), high: expect.any(Number) },
        causes: expect.arrayContaining([{ key: 'mistake', n: 1 }]),
      },
    })
    const { followUps } = Object(report.json)
    expect(followUps.inTime.of).toBe(followUps.opened)
    expect(followUps.inTime.n).toBe(followUps.done)
    expect((await get('/reports/satisfaction?format=csv')).text).toContain('followUps.inTime.score')
    await opensAll(followUps)
  })

  /** M128 M138 Each figure of the report of follow-ups opens just those it counts, page by page and as a file. */
  async function opensAll({ opened, done: settled, overdue, inTime, causes }: FollowUpReport) {
    const idsOf = async (asked: string): Promise<string[]> => {
      const ids: string[] = []
      for (let cursor = ''; ; ) {
        const { json } = await get(`/reports/follow-ups?${asked}&limit=2${cursor && `&cursor=${cursor}`}`)
        const { items, nextCursor, total } = Object(json)
        ids.push(...items.map(({ id }: { id: string }) => id))
        if (nextCursor === null) {
          expect(ids.length).toBe(total)
          return ids
        }
        cursor = encodeURIComponent(nextCursor)
      }
    }
    const figures = { opened, done: settled, overdue, inTime: inTime.n, decided: inTime.of }
    for (const [figure, n] of Object.entries(figures))
      expect([figure, new Set(await idsOf(`figure=${figure}`)).size]).toEqual([figure, n])
    for (const { key, n } of causes) expect(await idsOf(`cause=${key ?? ''}`)).toHaveLength(n)
    const { text } = await get('/reports/follow-ups?figure=overdue&format=csv&timeZone=Asia/Tehran')
    const [head, ...lines] = text.trim().split('\r\n')
    expect(head).toMatch(/,clock,timeZone,from,to$/)
    expect(lines).toHaveLength(overdue)
    expect(lines.every((line) => line.includes(',Asia/Tehran,'))).toBe(true)
    const file = Object((await get('/reports/follow-ups?format=json-file&limit=1')).json)
    const page = Object((await get('/reports/follow-ups?limit=500')).json)
    expect(file).toEqual({ ...page, nextCursor: null })
    expect(file.items[0]).toHaveProperty('visitorName')
    expect((await get('/reports/follow-ups?figure=everything')).status).toBe(400)
    expect((await get('/reports/follow-ups?team=sales')).status).toBe(400)
  }

  it('R7 R20 the visitor can be asked once more when it is made right', async () => {
    const { amir, conversationId, id } = await letDown()
    await send('PATCH', `/follow-ups/${id}`, { done: true })
    expect((await send('POST', `/conversations/${conversationId}/ask-again`)).status).toBe(200)
    const rated = await amir.wire.get('survey:answer', { conversationId, rating: 5, comment: 'All well now' })
    expect(rated.conversation.survey).toMatchObject({ state: 'answered', rating: 5 })
  })

  it('R26 consoles hear of each that is opened or changed, with whom it is for', async () => {
    const omid = await attend(world, await world.signInAs('agent'))
    const { amir, id, conversationId } = await letDown()
    await amir.wire.get('visitor:identify', { name: 'Amir' })
    clock.advance(1_000)
    await omid.wire.heard('follow-ups:changed', ({ followUps }) => followUps.some((one) => one.id === id))
    clock.advance(1_000)
    await send('PATCH', `/follow-ups/${id}`, { note: 'Called', done: true })
    const { followUps } = await omid.wire.heard('follow-ups:changed', ({ followUps }) =>
      followUps.some((one) => one.id === id && one.doneAt !== null),
    )
    expect(followUps).toEqual([
      expect.objectContaining({
        conversationId,
        visitorName: 'Amir',
        note: 'Called',
        doneBy: sara.snapshot.me.id,
      }),
    ])
    const list = await get(`/follow-ups?conversation=${conversationId}&state=done`)
    expect(list.json).toMatchObject({ items: [{ id, visitorName: 'Amir' }] })
    omid.wire.close()
  })

  it('R24 labels filter the list of conversations, and are nothing to the visitor', async () => {
    const { amir, conversationId } = await closed()
    const labelled = await send('POST', `/conversations/${conversationId}/tags`, { tags: ['gold order'] })
    expect(labelled.json).toMatchObject({ conversation: { tags: ['gold order'] } })
    expect((await send('POST', `/conversations/${conversationId}/tags`, { tags: ['a', 'a'] })).status).toBe(
      400,
    )
    const list = await get('/conversations?tag=gold%20order')
    expect(list.json).toMatchObject({ items: [{ id: conversationId }] })
    expect((await get('/conversations?tag=gold')).json).toMatchObject({ items: [] })
    await amir.says('One more thing')
    const { entries, conversation } = await amir.wire.get('entries:since', { conversationId, after: 0 })
    const back = await visit(world, { token: amir.token ?? aToken() })
    expect(JSON.stringify([entries, conversation, back.snapshot.conversations])).not.toContain('gold')
  })
})
