import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { useFaultTown } from './people/use-town.ts'

const here = useFaultTown()
const handshake = { name: 'cut', after: 0, at: /upgrade: *websocket/i } as const

describe('a network that lets no WebSocket through', () => {
  it('I1 I2 I3 I4 a visitor talks by polling', async () => {
    const tab = await here.town.visitorTab(here.town.visitor('mina'))
    tab.net.set(handshake, 'up')
    tab.net.cut()
    await tab.write()
    await here.town.wakeUntil(() => tab.own().length === 1)
    here.agent.replyTo(tab)
    await here.town.wakeUntil(() => tab.texts().length === 2)
    await Promise.all([tab.write(), tab.write()])
    await here.town.wakeUntil(() => tab.own().length === 3)
    await here.allIsWell()
  })

  it('I1 I2 I3 I4 so does an agent', async () => {
    const { town } = here
    const net = await town.openNet()
    net.set(handshake, 'up')
    const device = await town.agent('omid')
    const agent = device.openTab(net)
    town.agents.push(agent)
    await town.wakeUntil(() => agent.state.connection.name === 'live')
    const tab = await here.comes('noor')
    await tab.write()
    await town.wakeUntil(() => tab.own().length === 1)
    agent.replyTo(tab)
    await town.wakeUntil(() => tab.texts().length === 2)
    await here.allIsWell()
  })
})

describe('a disk that is full', () => {
  it('S1 I1 I5 I7 says so to nobody’s harm, and goes on by itself once there is room', async () => {
    const { town, agent } = here
    const tab = await here.comes('omar')
    await tab.write()
    await town.settle()
    limitFiles(town.house.pid, 1)
    let refused = 0
    tab.store.subscribe((now, before) => {
      const sending = [before, now].map((state) => JSON.stringify([...state.timelines]).includes('"sending"'))
      if (sending[0] && !sending[1]) refused++
    })
    const kept = await Promise.all([tab.write(), tab.write()])
    agent.replyTo(tab)
    await town.wakeUntil(() => refused > 2)
    expect(tab.own()).toHaveLength(1)
    expect(tab.pending()).toEqual(kept)
    expect((await fetch(`${town.house.url}/healthz`)).status).toBe(200)
    limitFiles(town.house.pid, 'unlimited')
    await here.allIsWell()
    expect(tab.texts()).toHaveLength(4)
  })
})

/** No file of the process may grow beyond so many bytes: writing to it fails as on a full disk. */
function limitFiles(pid: number, bytes: number | 'unlimited'): void {
  execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:unlimited`])
}
