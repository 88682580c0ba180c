import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { protocolVersion } from '../../shared/wire.ts'
import type { AgentTab } from './people/agent-device.ts'
import { FaultTown } from './people/fault-town.ts'
import { faultless } from './people/ledger.ts'
import { until } from './people/until.ts'
import type { VisitorTab } from './people/visitor-device.ts'

let town: FaultTown
beforeAll(async () => {
  town = await FaultTown.open()
})
afterEach(() => {
  for (const tab of [...town.visitors, ...town.agents]) town.leave(tab)
})
afterAll(async () => {
  await town?.close()
  expect(town.complaints).toEqual([])
})

const refused = (tab: VisitorTab) =>
  until(() => tab.store.get().connection === 'refused', { otherwise: () => tab.standing() })
const turnedAway = (tab: AgentTab) =>
  until(() => tab.state.connection.name === 'refused', { otherwise: () => tab.standing() })

async function allIsWell(): Promise<void> {
  await town.settle()
  expect(await town.judge()).toEqual(faultless)
}

describe('an old widget and a new server', () => {
  it('W9 I7 is told to reload, keeps what was written, and the new page sends it', async () => {
    vi.resetModules()
    vi.doMock('../../shared/wire.ts', async (original) => ({
      ...(await original<typeof import('../../shared/wire.ts')>()),
      protocolVersion: protocolVersion - 1,
    }))
    const old = await import('./people/visitor-device.ts')
    vi.doUnmock('../../shared/wire.ts')
    vi.resetModules()
    const device = town.visitor('lena')
    const tab = new old.VisitorTab(device, await town.openNet(), 'lena.0')
    await refused(tab)
    expect(tab.store.get().refused).toBe('protocol')
    const text = await tab.write()
    expect(tab.pending()).toEqual([text])
    tab.close()
    const reloaded = await town.visitorTab(device)
    await allIsWell()
    expect(reloaded.own()).toEqual([text])
  })
})

describe('a new widget, a new console, and an old server', () => {
  it('W9 I5 I7 I8 are told, keep what is written, and the next page sends it once the server is a new one', async () => {
    const [device, desk] = [town.visitor('vera'), await town.agent('omid')]
    const [tab, agent] = [await town.visitorTab(device), await town.agentTab(desk)]
    const first = await tab.write()
    await town.settle()
    await town.kill()
    await town.start({ AHLAN_SPEAKS: String(protocolVersion - 1) })
    town.wakeAll()
    await Promise.all([refused(tab), turnedAway(agent)])
    expect(tab.store.get().refused).toBe('protocol')
    expect(agent.state.connection).toEqual({ name: 'refused', reason: 'protocol' })
    const [text, reply] = [await tab.write(), agent.replyTo(tab)]
    await until(() => agent.pending().length === 1, { otherwise: () => agent.standing() })
    expect([tab.own(), tab.pending(), agent.pending()]).toEqual([[first], [text], [reply]])
    // Reloaded while it is still so, they are told the same, and nothing is lost by it.
    town.leave(tab)
    const again = await town.visitorTab(device)
    await refused(again)
    await until(() => again.pending().length === 1, { otherwise: () => again.standing() })
    await town.kill()
    await town.start()
    expect(await town.texts()).not.toContain(text)
    expect(again.pending()).toEqual([text])
    for (const one of [again, agent]) town.leave(one)
    const next = await town.visitorTab(device)
    await town.agentTab(desk)
    await allIsWell()
    expect(next.texts().sort()).toEqual([first, text, reply].sort())
  })
})
