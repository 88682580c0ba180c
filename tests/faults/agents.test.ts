import { describe, expect, it, vi } from 'vitest'
import { startStopwatch } from '../support/stopwatch.ts'
import type { AgentTab } from './people/agent-device.ts'
import { until } from './people/until.ts'
import { useFaultTown } from './people/use-town.ts'

const here = useFaultTown()

describe('an agent whose laptop slept for half an hour', () => {
  it('I4 I8 is right within five seconds of waking, five hundred events in twenty conversations later', async () => {
    const { town } = here
    const guests = await Promise.all(Array.from({ length: 20 }, (_, i) => here.comes(`guest ${i}`)))
    await Promise.all(guests.map((tab) => tab.write()))
    await town.settle()
    const sleeper = await town.agentTab(await town.agent('omid'))
    sleeper.watchAll()
    await town.settle()
    // Asleep: nothing gets through, and the line is dead without anybody having said so.
    for (const line of sleeper.net.lines) line.set({ name: 'drop' })
    await Promise.all(guests.flatMap((tab) => Array.from({ length: 24 }, () => tab.write())))
    await town.wakeUntil(() => guests.every((tab) => tab.isAtRest()))
    for (const tab of guests.slice(0, 10)) here.agent.replyTo(tab)
    await town.wakeUntil(() => here.agent.isAtRest())
    const [closed, given] = [...here.agent.state.inbox.keys()]
    if (closed) await here.agent.desk.close(closed)
    if (given) await here.agent.desk.assign(given, here.agent.state.me.id)

    const { now } = Date
    vi.spyOn(Date, 'now').mockImplementation(() => now() + 30 * 60_000)
    const watch = startStopwatch()
    sleeper.wake()
    await until(async () => sleeper.state.connection.name === 'live' && (await town.isAtRest()), {
      within: 60_000,
      otherwise: () => `not right: ${sleeper.standing()}`,
    })
    expect(watch.read()).toBeLessThan(5_000)
    watch.stop()
    vi.restoreAllMocks()
    const fresh = await town.agentTab(await town.agent())
    expect(inboxOf(sleeper)).toEqual(inboxOf(fresh))
    await here.allIsWell()
  })
})

/** What the inbox says of each open conversation: whose, how much is unread, where it stands. */
const inboxOf = ({ state }: AgentTab) =>
  [...state.inbox.values()]
    .filter(({ conversation }) => conversation.status === 'open')
    .sort((a, b) => a.conversation.id.localeCompare(b.conversation.id))

describe('two agents', () => {
  it('C4 I2 I3 I4 answer at once: one owns it, both see the same', async () => {
    const { town } = here
    const other = await town.agentTab(await town.agent('dara'))
    const tab = await here.comes('mina')
    await tab.write()
    await town.settle()
    for (let i = 0; i < 5; i++) {
      here.agent.replyTo(tab)
      other.replyTo(tab)
    }
    await here.allIsWell()
    const [stored] = (await town.stored()).filter(({ conversation }) =>
      [...tab.timelines()].some((one) => one.conversation?.id === conversation.id),
    )
    expect(stored?.entries.filter(({ kind }) => kind === 'assigned')).toHaveLength(1)
    expect(tab.texts()).toHaveLength(11)
  })

  it('I2 I3 I7 tabs of one agent: one is closed with replies that wait, the other sends them', async () => {
    const { town } = here
    const tab = await here.comes('lena')
    await tab.write()
    const device = await town.agent('ines')
    const [one, other] = [await town.agentTab(device), await town.agentTab(device)]
    await town.settle()
    one.net.refuse()
    one.net.cut()
    await until(() => one.state.connection.name === 'lost', { otherwise: () => one.standing() })
    for (let i = 0; i < 3; i++) one.replyTo(tab)
    town.leave(one)
    other.replyTo(tab)
    await here.allIsWell()
    expect(tab.texts()).toHaveLength(5)
  })
})
