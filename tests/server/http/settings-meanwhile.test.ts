import * as v from 'valibot'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Client, textAt } from '../../support/client.ts'
import { openWorld, type World } from '../../support/world.ts'

const anyRecord = v.record(v.string(), v.unknown())
let world: World
let sara: Client
beforeAll(async () => {
  world = await openWorld()
  sara = await world.signIn()
})
afterAll(() => world.close())

it('K40 a site that somebody else has changed meanwhile is not overwritten unseen', async () => {
  const read = textAt(await sara.get('/api/v1/sites'), 'items', 0, 'id')
  const path = `/api/v1/sites/${read}`
  const { id: _id, key: _key, createdAt: _at, ...held } = v.parse(anyRecord, (await sara.get(path)).json)
  expect(held.revision).toBe(textAt(await sara.get('/api/v1/sites'), 'items', 0, 'revision'))
  const put = (more: object, query = '') => sara.send('PUT', path + query, { ...held, ...more })
  const theirs = await put({ origins: ['https://new.example'] }, `?ifRevision=${held.revision}`)
  expect(theirs.status).toBe(200)
  const late = await put({ name: 'Ours' }, `?ifRevision=${held.revision}`)
  expect([late.status, textAt(late, 'error', 'code'), textAt(late, 'error', 'path')]).toEqual([
    ...[409, 'conflict', 'ifRevision'],
  ])
  expect((await sara.get(path)).json).toEqual(theirs.json)
  const meant = await put({ name: 'Ours' }, `?ifRevision=${textAt(theirs, 'revision')}`)
  expect(meant.json).toMatchObject({ name: 'Ours' })
  // A program that asks for nothing may send what it has read, as it is.
  expect((await put({ name: 'A program’s' })).status).toBe(200)
  expect((await sara.send('POST', '/api/v1/sites', held)).status).toBe(201)
})

it('K40 nor are the settings of follow-ups', async () => {
  const path = '/api/v1/follow-up-settings'
  const held = v.parse(anyRecord, (await sara.get(path)).json)
  const put = (hours: number, query = '') => sara.send('PUT', path + query, { ...held, hours })
  const theirs = await put(5, `?ifRevision=${held.revision}`)
  expect(theirs.status).toBe(200)
  const late = await put(6, `?ifRevision=${held.revision}`)
  expect([late.status, textAt(late, 'error', 'path')]).toEqual([409, 'ifRevision'])
  expect((await sara.get(path)).json).toEqual(theirs.json)
  expect((await put(6, `?ifRevision=${textAt(theirs, 'revision')}`)).status).toBe(200)
  expect((await put(7)).json).toMatchObject({ hours: 7 })
})
