import { afterAll, beforeAll, expect, it } from 'vitest'
import { limits } from '../../../shared/limits.ts'
import { success } from '../../../shared/result.ts'
import type { Client } from '../../support/client.ts'
import { openWorld, type World } from '../../support/world.ts'

let world: World
let sara: Client
let siteId: string

beforeAll(async () => {
  world = await openWorld({ requestAllowance: { burst: 100_000, refillMs: 1 } })
  sara = await world.signIn()
  siteId = world.app.domain.sites.list()[0]?.id ?? ''
})
afterAll(() => world.close())

const draft = (name: string, text = name) => ({
  ...{ version: 2, siteId, name, enabled: true, priority: 0, when: [], say: { en: text } },
})
const create = async (name: string) => Object((await sara.send('POST', '/api/v1/rules', draft(name))).json)

it('T112 an answer says what was seen, and with something else in its place a change is refused', async () => {
  const made = await create('A')
  const path = `/api/v1/rules/${made.id}?ifRevision=${made.revision}`
  const changed = await sara.send('PUT', path, draft('B'))
  expect(changed.status).toBe(200)
  const late = await sara.send('PUT', path, draft('C'))
  expect(late.status).toBe(409)
  expect(late.json).toMatchObject({ error: { code: 'conflict', path: 'ifRevision' } })
  expect((await sara.send('DELETE', path)).status).toBe(409)
  const { items } = Object((await sara.get('/api/v1/rules')).json)
  expect(items).toMatchObject([{ name: 'B', revision: Object(changed.json).revision }])
})

it('T111 T113 versions, the order and what was removed are there for programs too', async () => {
  const made = await create('Kept')
  const ids = world.app.domain.rules.list().map(({ id }) => id)
  expect((await sara.send('PUT', '/api/v1/rules/order', { siteId, ids: ids.toReversed() })).status).toBe(204)
  await sara.send('PUT', `/api/v1/rules/${made.id}`, draft('Changed'))
  const versions = Object((await sara.get(`/api/v1/rules/${made.id}/versions`)).json).items
  expect(versions).toMatchObject([
    { version: 2, by: 'Sara', rule: { name: 'Changed' } },
    { version: 1, by: 'Sara', at: expect.stringMatching(/Z$/) },
  ])
  await sara.send('DELETE', `/api/v1/rules/${made.id}`)
  expect((await sara.get('/api/v1/rules/removed')).json).toMatchObject({
    items: [{ id: made.id, name: 'Changed' }],
  })
  const back = await sara.send('POST', `/api/v1/rules/${made.id}/versions/1/restore`)
  expect(back.json).toMatchObject({ id: made.id, name: 'Kept' })
})

it('T114 the list is told a page at a time, bounded in bytes, and loses none', async () => {
  const long = 'x'.repeat(limits.messageCharacters)
  await world.workspace.change((document) => {
    const [first] = document.rules
    if (!first) throw new Error('There is a rule by now.')
    document.rules = Array.from({ length: 150 }, (_, n) => ({
      ...first,
      id: `${first.id.slice(0, -3)}${String(n).padStart(3, '0')}` as typeof first.id,
      say: { en: long },
    }))
    document.rules.push({ ...first, moods: Array.from({ length: 50 }, () => long) })
    return success(undefined)
  })
  const seen: string[] = []
  let cursor: string | null = ''
  for (let page = 0; cursor !== null; page++) {
    const answer = await sara.get(`/api/v1/rules${cursor && `?cursor=${cursor}`}`)
    expect(answer.text.length).toBeLessThan(limits.answerBytes * 1.05)
    const told: { items: { id: string }[]; nextCursor: string | null; unreadable: object[] } = Object(
      answer.json,
    )
    expect(told.unreadable).toHaveLength(page === 0 ? 1 : 0)
    seen.push(...told.items.map(({ id }) => id))
    cursor = told.nextCursor
  }
  expect(new Set(seen).size).toBe(150)
  expect(seen).toHaveLength(150)
})
