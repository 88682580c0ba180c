import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { makeId } from '../../../shared/ids.ts'
import { hour, minute, noon } from '../history-cast.ts'
import { question } from '../question.ts'
import { history } from './held.ts'

const newServer = () => randomBytes(6).toString('base64url')

describe('agent states', () => {
  it('M55 a server that was killed leaves nobody online', async () => {
    const from = noon - 900 * hour
    const agentId = makeId('a', noon, randomBytes(10))
    const [killed, next] = [newServer(), newServer()]
    const { agentStates, reports } = history()
    await agentStates.sign(killed, from)
    await agentStates.record([{ agentId, server: killed, at: from, state: 'online' }])
    await agentStates.sign(killed, from + 30 * minute)
    await agentStates.sign(next, from + hour)
    const { hours } = await reports.staffing(
      question(from, from + 2 * hour, { agentIds: [agentId] }, { now: from + 2 * hour }),
    )
    expect(hours.map(({ online }) => online)).toEqual([
      { mean: 0.5, max: 1 },
      { mean: 0, max: 0 },
    ])
  })

  it('M56 an hour has the mean and the most of who waited and who was there', async () => {
    const from = noon - 600 * hour
    const [sara, omid] = [makeId('a', noon, randomBytes(10)), makeId('a', noon, randomBytes(10))]
    const server = newServer()
    const { agentStates, reports } = history()
    await agentStates.sign(server, from)
    await agentStates.record([
      { agentId: sara, server, at: from, state: 'online' },
      { agentId: omid, server, at: from + 15 * minute, state: 'online' },
      { agentId: omid, server, at: from + 30 * minute, state: 'away' },
      { agentId: sara, server, at: from + hour, state: 'offline' },
    ])
    const asked = question(from, from + 2 * hour, { agentIds: [sara, omid] })
    expect((await reports.staffing(asked)).hours.map(({ at, online }) => ({ at, ...online }))).toEqual([
      { at: from, mean: 1.25, max: 2 },
      { at: from + hour, mean: 0, max: 0 },
    ])
  })

  it('M108 who was there until after a day that is past was there to its end, whatever server runs since', async () => {
    const from = noon - 400 * hour
    const [sara, omid] = [makeId('a', noon, randomBytes(10)), makeId('a', noon, randomBytes(10))]
    const [old, next] = [newServer(), newServer()]
    const { agentStates, reports } = history()
    await agentStates.sign(old, from)
    await agentStates.record([{ agentId: sara, server: old, at: from + hour, state: 'online' }])
    await agentStates.sign(old, from + 10 * hour)
    await agentStates.sign(next, from + 11 * hour)
    const asked = question(from, from + 3 * hour, { agentIds: [sara, omid] }, { now: from + 96 * hour })
    const online = async () => (await reports.staffing(asked)).hours.map((one) => one.online.mean)
    expect(await online()).toEqual([0, 1, 1])
    expect(await online()).toEqual([0, 1, 1])
    // Told late, as by a node whose clock or store was away.
    await agentStates.record([
      { agentId: omid, server: next, at: from, state: 'online' },
      { agentId: omid, server: next, at: from + 2 * hour, state: 'offline' },
    ])
    expect(await online()).toEqual([1, 2, 1])
  })
})
