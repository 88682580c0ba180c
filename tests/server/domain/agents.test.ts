import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Agent } from '../../../shared/agent.ts'
import { times } from '../../../shared/limits.ts'
import { handClock } from '../../support/clock.ts'
import { openWorld, type World } from '../../support/world.ts'

const clock = handClock()
let world: World
let omid: Agent
let changes: number

beforeEach(async () => {
  world = await openWorld({ clock })
  omid = await world.addAgent('agent', 'omid@example.com')
  changes = 0
  world.app.domain.agents.onStatusChange(() => changes++)
})
afterEach(() => world.close())

const agents = () => world.app.domain.agents
const status = () => agents().statusOf(omid.id)

describe('T5 the status of an agent', () => {
  it('is online with a socket and for a minute after the last one', () => {
    expect(status()).toBe('offline')
    agents().connected(omid.id)
    agents().connected(omid.id)
    agents().disconnected(omid.id)
    expect(status()).toBe('online')
    agents().disconnected(omid.id)
    clock.advance(times.agentOffline - 1)
    expect(agents().somebodyCanAnswer()).toBe(true)
    clock.advance(1)
    expect(status()).toBe('offline')
    expect(agents().somebodyCanAnswer()).toBe(false)
  })

  it('is told when it changes, also when time changes it', () => {
    agents().connected(omid.id)
    agents().connected(omid.id)
    expect(changes).toBe(1)
    agents().disconnected(omid.id)
    agents().disconnected(omid.id)
    expect(changes).toBe(1)
    clock.advance(times.agentOffline)
    expect(changes).toBe(2)
  })

  it('is not told twice when a page was only reloaded', () => {
    agents().connected(omid.id)
    agents().disconnected(omid.id)
    clock.advance(1_000)
    agents().connected(omid.id)
    clock.advance(times.agentOffline)
    expect([status(), changes]).toEqual(['online', 1])
  })

  it('follows what the agent chose, until they choose online', () => {
    agents().connected(omid.id)
    agents().setStatus(omid.id, 'away')
    expect([status(), agents().somebodyCanAnswer()]).toEqual(['away', false])
    agents().setStatus(omid.id, 'online')
    expect(status()).toBe('online')
  })

  it('of a viewer or of a closed account lets nobody be invited', async () => {
    const viewer = await world.addAgent('viewer')
    agents().connected(viewer.id)
    expect(agents().somebodyCanAnswer()).toBe(false)
    agents().connected(omid.id)
    expect(agents().somebodyCanAnswer()).toBe(true)
    await agents().change(omid.id, { active: false })
    expect(agents().somebodyCanAnswer()).toBe(false)
    expect(
      agents()
        .colleagues()
        .map(({ id }) => id),
    ).not.toContain(omid.id)
  })
})

it('two accounts never share an e-mail, whatever its case', async () => {
  const person = { name: 'Omid', role: 'agent', password: 'long enough for it' } as const
  const made = await agents().create({ ...person, email: 'OMID@example.com' })
  expect(made).toMatchObject({ error: { code: 'conflict', path: 'email' } })
})
