import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { crashPoints } from '../support/crash-points.ts'
import type { AgentTab } from './people/agent-device.ts'
import { FaultTown } from './people/fault-town.ts'
import { faultless } from './people/ledger.ts'
import { until } from './people/until.ts'
import type { VisitorTab } from './people/visitor-device.ts'

let town: FaultTown
let agent: AgentTab
let tabs: VisitorTab[]

beforeEach(async () => {
  town = await FaultTown.open()
  agent = await town.agentTab(await town.agent())
  tabs = []
  for (const name of ['mina', 'omar', 'lena']) {
    const device = town.visitor(name)
    tabs.push(await town.visitorTab(device), await town.visitorTab(device))
  }
  await town.wakeUntil(() => tabs.every((tab) => tab.isAtRest()))
})
afterEach(async () => {
  await town.close()
  expect(town.complaints).toEqual([])
})

describe('kill -9', () => {
  it.each(crashPoints)('I1 I2 I3 I4 I5 I6 I10 at %s loses, doubles and reorders nothing', async (point) => {
    await Promise.all(tabs.map((tab) => tab.write()))
    await town.settle()
    await town.restart(`${point}@4`)
    await town.wakeUntil(() => town.agents.every((one) => one.isAtRest()))
    agent.watchAll()
    const died = town.died()
    for (let round = 0; round < 5; round++) await Promise.all(tabs.map((tab) => tab.write()))
    town.wakeAll()
    for (const { conversation } of agent.timelines())
      if (conversation) agent.reply(conversation.id, whose(conversation.id))
    expect(await died).toBe('SIGKILL')
    await town.start()
    await town.settle()
    expect(await town.judge()).toEqual(faultless)
    expect(town.ledger.count).toBe(39)
  })
})

const whose = (id: string): string =>
  tabs.find((tab) => [...tab.timelines()].some((one) => one.conversation?.id === id))?.visitor ?? 'nobody'
void until
