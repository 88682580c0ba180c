import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { HistoryUnavailable } from '../../../server/history/history.ts'
import { ask, type Client } from '../../support/client.ts'
import { startStopwatch } from '../../support/stopwatch.ts'
import { openWorld, type World } from '../../support/world.ts'

let world: World
let sara: Client
beforeEach(async () => {
  world = await openWorld()
  sara = await world.signIn()
})
afterEach(() => world.close())

const failing = (fault: Error) => {
  world.history.ping = () => Promise.reject(fault)
  world.history.reports.turns = () => Promise.reject(fault)
}

describe('when something breaks inside', () => {
  it('a store that cannot answer is told as such, with a time to come back', async () => {
    failing(new HistoryUnavailable('the disk is full'))
    const answer = await sara.get('/api/v1/reports/turns')
    expect(answer.status).toBe(503)
    expect(answer.json).toMatchObject({ error: { code: 'unavailable', retryAfterMs: 1_000 } })
    expect(answer.text).not.toContain('disk')
    expect((await ask(`${world.url}/readyz`)).status).toBe(503)
    expect((await ask(`${world.url}/healthz`)).status).toBe(200)
  })

  it('a surprise is logged with its place, told without, and harms nobody else', async () => {
    failing(new TypeError('a secret detail'))
    const answer = await sara.get('/api/v1/reports/turns')
    expect([answer.status, Object(answer.json).error.code]).toEqual([500, 'internal'])
    expect(answer.text).not.toContain('detail')
    expect(world.log.join('')).toContain('a secret detail')
    expect((await sara.get('/api/v1/session')).status).toBe(200)
  })
})

it('W15 a stop lets requests finish that are under way, and waits for no others', async () => {
  const slow = await openWorld()
  const client = await slow.signIn()
  let release = (): void => undefined
  let entered = (): void => undefined
  const under = new Promise<void>((resolve) => {
    entered = resolve
  })
  slow.history.reports.turns = () =>
    new Promise((resolve) => {
      release = () => resolve({ items: [], nextCursor: null, total: 0 })
      entered()
    })
  const answer = client.get('/api/v1/reports/turns')
  await under
  const stopped = slow.close()
  const watch = startStopwatch()
  onTestFinished(watch.stop)
  release()
  expect((await answer).status).toBe(200)
  await stopped
  // Their connections are kept for more requests, for seconds: nobody has to wait for that.
  expect(watch.read()).toBeLessThan(2_000)
  await expect(ask(`${slow.url}/healthz`)).rejects.toThrow()
})
