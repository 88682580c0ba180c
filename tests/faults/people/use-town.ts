import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import type { AgentTab } from './agent-device.ts'
import { FaultTown, type TownOptions } from './fault-town.ts'
import { faultless } from './ledger.ts'
import type { VisitorDevice, VisitorTab } from './visitor-device.ts'

export interface UsedTown {
  readonly town: FaultTown
  /** The owner's console, in touch and with every conversation open, for the whole file. */
  readonly agent: AgentTab
  /** Somebody new on the site, their widget greeted. */
  comes(name: string): Promise<VisitorTab>
  /** Another tab of the same browser. */
  tabOf(device: VisitorDevice): Promise<VisitorTab>
  /** Everything heals; afterwards nothing is lost, doubled, out of order or with the wrong person. */
  allIsWell(): Promise<void>
}

/** Call once in a file. One server for all its tests; visitors leave when their test ends. */
export function useFaultTown(options: TownOptions = {}): UsedTown {
  let opened: FaultTown | undefined
  let agent: AgentTab | undefined
  const town = (): FaultTown => opened ?? expect.fail('The town is opened before the first test.')
  beforeAll(async () => {
    opened = await FaultTown.open(options)
    agent = await opened.agentTab(await opened.agent())
  })
  afterEach(() => {
    for (const tab of [...town().visitors]) town().leave(tab)
    for (const tab of [...town().agents]) if (tab !== agent) town().leave(tab)
  })
  afterAll(async () => {
    await opened?.close()
    expect(opened?.complaints).toEqual([])
  })
  const tabOf = async (device: VisitorDevice): Promise<VisitorTab> => {
    const tab = await town().visitorTab(device)
    await town().wakeUntil(() => tab.isAtRest())
    return tab
  }
  return {
    get town() {
      return town()
    },
    get agent() {
      return agent ?? expect.fail('Nobody is there.')
    },
    tabOf,
    comes: (name) => tabOf(town().visitor(name)),
    async allIsWell() {
      await town().settle()
      expect(await town().judge()).toEqual(faultless)
    },
  }
}
