import { describe, expect, it } from 'vitest'
import { crashPoints } from '../support/crash-points.ts'
import { startStopwatch } from '../support/stopwatch.ts'
import { useFaultTown } from './people/use-town.ts'

const here = useFaultTown()

describe('kill -9 under load', () => {
  it.each(crashPoints)(
    'I1 I2 I3 I4 I5 I6 I10 at %s: nothing is lost, doubled or reordered',
    async (point) => {
      const { town, agent } = here
      const first = await Promise.all(['mina', 'omar', 'lena'].map((name) => here.comes(`${name}, ${point}`)))
      const tabs = [...first, ...(await Promise.all(first.map((tab) => here.tabOf(tab.device))))]
      await Promise.all(tabs.map((tab) => tab.write()))
      await town.settle()
      await town.crashAt(`${point}@4`)
      const died = town.died()
      for (let round = 0; round < 5; round++) await Promise.all(tabs.map((tab) => tab.write()))
      for (const tab of first) agent.replyTo(tab)
      expect(await died).toBe('SIGKILL')
      await town.start()
      await here.allIsWell()
    },
  )

  it('I1 I2 I3 I5 again and again, wherever it happens to be', async () => {
    const { town, agent } = here
    const tabs = await Promise.all(['noor', 'vera', 'hugo', 'aziz'].map((name) => here.comes(name)))
    await Promise.all(tabs.map((tab) => tab.write()))
    await town.settle()
    for (let kill = 0; kill < 4; kill++) {
      const acknowledged = town.confirmed()
      await Promise.all(tabs.flatMap((tab) => [tab.write(), tab.write(), tab.write()]))
      agent.replyTo(tabs[kill])
      // Some of it is on its way; how much, chance decides.
      await town.wakeUntil(() => town.confirmed() > acknowledged + kill)
      await town.kill()
      await town.start()
    }
    await here.allIsWell()
  })

  it('W15 I1 I5 SIGTERM under load acknowledges what it has taken, and ends within ten seconds', async () => {
    const { town } = here
    const tabs = await Promise.all(['sami', 'rosa', 'emil'].map((name) => here.comes(name)))
    await Promise.all(tabs.flatMap((tab) => Array.from({ length: 10 }, () => tab.write())))
    const watch = startStopwatch()
    expect(await town.terminate()).toBe(0)
    watch.stop()
    expect(watch.read()).toBeLessThan(10_000)
    await town.start()
    await here.allIsWell()
  })
})
