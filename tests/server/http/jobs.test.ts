import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeId } from '../../../shared/ids.ts'
import type { Client } from '../../support/client.ts'
import { putJobs } from '../../support/job-rows.ts'
import { openWorld, type World } from '../../support/world.ts'

let world: World
let sara: Client
beforeAll(async () => {
  world = await openWorld()
  sara = await world.signIn()
})
afterAll(() => world.close())

const conversationId = makeId('c', 1_700_000_000_000, new Uint8Array(10).fill(3))
const list = async (query = ''): Promise<{ items: { id: string }[]; counts: object }> =>
  Object((await sara.get(`/api/v1/jobs${query}`)).json)

describe('the jobs', () => {
  it('S33 are listed with their state, shown without what is in them, retried and discarded', async () => {
    const [dead = '', retrying = ''] = putJobs(world.dataDir, conversationId, ['dead', 'retrying'])
    const all = await list()
    expect(all.counts).toEqual({ waiting: 0, running: 0, retrying: 1, dead: 1 })
    expect(all.items.map(({ id }) => id)).toEqual([dead, retrying])
    expect((await list('?state=dead')).items).toEqual([
      {
        ...{ id: dead, kind: 'test:told', conversationId, state: 'dead', attempts: 3, dueAt: null },
        createdAt: '2023-11-14T22:13:20.000Z',
        lastError: 'unavailable: The other end said <b>no</b>.',
      },
    ])
    expect((await sara.send('DELETE', `/api/v1/jobs/${retrying}`)).status).toBe(204)
    expect((await sara.send('DELETE', `/api/v1/jobs/${retrying}`)).status).toBe(404)
    expect((await sara.send('POST', `/api/v1/jobs/${dead}/retry`)).status).toBe(204)
    await world.app.domain.jobs.rest()
    // It was tried, and this server knows nothing of its kind.
    expect((await list()).items).toMatchObject([{ id: dead, state: 'dead', attempts: 1 }])
  })

  it('S33 are for owners and administrators', async () => {
    const [path, agent, admin] = [
      '/api/v1/jobs',
      await world.signInAs('agent'),
      await world.signInAs('admin'),
    ]
    const id = `${conversationId}.9.9.test:told`
    expect((await agent.get(path)).status).toBe(403)
    expect((await agent.send('POST', `${path}/${id}/retry`)).status).toBe(403)
    expect((await agent.send('DELETE', `${path}/${id}`)).status).toBe(403)
    expect((await admin.get(path)).status).toBe(200)
    expect((await admin.send('POST', `${path}/${id}/retry`)).status).toBe(404)
  })
})
