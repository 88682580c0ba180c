import { setImmediate as turn } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { AgentStateRecorder } from '../../../server/domain/agent-states.ts'
import { AgentStatuses } from '../../../server/domain/agents-status.ts'
import type { AgentState } from '../../../server/history/agent-states.ts'
import { systemRandom } from '../../../server/system.ts'
import type { Agent, Role } from '../../../shared/agent.ts'
import { type AgentId, makeId } from '../../../shared/ids.ts'
import { handClock } from '../../support/clock.ts'

const idOf = (n: number): AgentId => makeId('a', n, new Uint8Array(10))
const account = (id: AgentId, role: Role): Agent => ({
  ...{ id, role, email: 'a@example.com', name: 'A', passwordHash: '', active: true, createdAt: 0 },
})

function desk() {
  const clock = handClock(1_000_000)
  const mute = () => undefined
  const log = { debug: mute, info: mute, warn: mute, error: mute }
  const statuses = new AgentStatuses(clock, log)
  const recorded: AgentState[] = []
  const signs: number[] = []
  const recorder = new AgentStateRecorder({
    ...{ clock, log, random: systemRandom },
    agents: {
      list: () => [account(idOf(1), 'agent'), account(idOf(2), 'viewer')],
      statusOf: (id) => statuses.of(id),
      onStatusChange: (listener) => statuses.onChange(listener),
    },
    states: {
      record: async (states) => void recorded.push(...states),
      sign: async (_, at) => void signs.push(at),
    },
  })
  recorder.start()
  const seen = () =>
    recorded.map(({ agentId, at, state }) => [agentId === idOf(1) ? 'sara' : 'other', at, state])
  return { clock, statuses, recorder, signs, seen }
}

it('M60 a change is recorded with its own time once it has held for two seconds', () => {
  const { clock, statuses, seen } = desk()
  statuses.connected(idOf(1))
  clock.advance(1_999)
  expect(seen()).toEqual([])
  clock.advance(1)
  expect(seen()).toEqual([['sara', 1_000_000, 'online']])
})

it('M60 who steps away and is back at once never left, and who may not answer is not there', () => {
  const { clock, statuses, seen } = desk()
  statuses.connected(idOf(1))
  statuses.connected(idOf(2))
  clock.advance(5_000)
  statuses.set(idOf(1), 'away')
  clock.advance(1_000)
  statuses.set(idOf(1), 'online')
  clock.advance(60_000)
  expect(seen()).toEqual([['sara', 1_000_000, 'online']])
})

it('M60 all have left when the server stops', async () => {
  const { clock, statuses, recorder, seen } = desk()
  statuses.connected(idOf(1))
  clock.advance(5_000)
  await recorder.stop()
  expect(seen()).toEqual([
    ['sara', 1_000_000, 'online'],
    ['sara', 1_005_000, 'offline'],
  ])
})

it('M55 gives a sign of life every minute, and says again what holds', async () => {
  const { clock, statuses, signs, seen } = desk()
  statuses.connected(idOf(1))
  await turn()
  for (let minutes = 0; minutes < 13 * 60; minutes++) {
    clock.advance(60_000)
    await turn()
  }
  expect(signs.length).toBe(13 * 60 + 1)
  expect(seen().map(([, , state]) => state)).toEqual(['online', 'online'])
})
