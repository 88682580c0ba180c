import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { firstSite } from '../../../server/domain/sites-first.ts'
import { type Client, textAt } from '../../support/client.ts'
import { aToken } from '../../support/random.ts'
import { knock, visit } from '../../support/visitor.ts'
import { openWorld, type World } from '../../support/world.ts'

let world: World
let sara: Client
beforeAll(async () => {
  world = await openWorld()
  sara = await world.signIn()
})
afterAll(() => world.close())

async function addSite(): Promise<{ id: string; key: string }> {
  const made = await sara.send('POST', '/api/v1/sites', firstSite('https://blog.example'))
  return { id: textAt(made, 'id'), key: textAt(made, 'key') }
}

describe('a site that is removed', () => {
  it('S10 turns its visitors away, and leaves those of others', async () => {
    const { id, key } = await addSite()
    const origin = 'https://blog.example'
    const reader = await visit(world, { site: key, origin, token: aToken() })
    const shopper = await visit(world)
    expect((await sara.send('DELETE', `/api/v1/sites/${id}`)).status).toBe(204)
    expect(await reader.wire.heard('refused')).toEqual({ reason: 'site' })
    await reader.wire.closed()
    await expect(knock(world, { site: key, origin })).rejects.toThrow()
    expect(await shopper.wire.failureOf('page:leave', {})).toBe('ok')
  })

  it('S10 takes no message from the moment it is gone', async () => {
    const { id, key } = await addSite()
    const reader = await visit(world, { site: key, origin: 'https://blog.example', token: aToken() })
    await sara.send('DELETE', `/api/v1/sites/${id}`)
    await expect(reader.says('Hello')).rejects.toThrow(/not_found|closed/)
    const { json } = await sara.get('/api/v1/conversations')
    expect(json).toMatchObject({ items: [] })
  })

  it('S10 is not one with conversations', async () => {
    const { id, key } = await addSite()
    const reader = await visit(world, { site: key, origin: 'https://blog.example', token: aToken() })
    await reader.says('Hello')
    const refused = await sara.send('DELETE', `/api/v1/sites/${id}`)
    expect([refused.status, textAt(refused, 'error', 'code')]).toEqual([409, 'conflict'])
    expect((await sara.get(`/api/v1/sites/${id}`)).status).toBe(200)
  })
})
