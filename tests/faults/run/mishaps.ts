import type { FaultProxy } from '../../support/fault-proxy.ts'
import type { AgentTab } from '../people/agent-device.ts'
import type { FaultTown } from '../people/fault-town.ts'
import type { VisitorTab } from '../people/visitor-device.ts'

/** What may happen to somebody's connection, or to the server without its death. */
export interface Mishap {
  id: string
  /** Begins, while people write. What it changes about a network, healing takes back. */
  happens(scene: Scene): Promise<void> | void
  /** Once they have written; for what no healing of a network ends. */
  ends?(scene: Scene): void
}

export interface Scene {
  town: FaultTown
  /** Whom it happens to. */
  victim: VisitorTab | AgentTab
  /** Between 0 and 1. */
  chance(): number
}

const acknowledgement = /3\/(visitor|agent),\d+\[\{"ok":true.*"duplicate":/s
const byNet = (id: string, act: (net: FaultProxy, scene: Scene) => void): Mishap => ({
  id,
  happens: (scene) => act(scene.victim.net, scene),
})

/** One after the other, so that each is tried as often. */
export const mishaps: readonly Mishap[] = [
  byNet('cut.beforeAcknowledge', (net) => net.set({ name: 'cut', after: 0, at: acknowledgement }, 'down')),
  byNet('cut.insideAcknowledge', (net) => net.set({ name: 'cut', after: 40, at: acknowledgement }, 'down')),
  byNet('cut.midFrameUp', (net, { chance }) => net.set({ name: 'cut', after: amount(chance) }, 'up')),
  byNet('cut.midFrameDown', (net, { chance }) => net.set({ name: 'cut', after: amount(chance) }, 'down')),
  byNet('reset', (net) => net.cut()),
  byNet('halfOpen', (net) => net.set({ name: 'drop' })),
  byNet('halfOpen.down', (net) => net.set({ name: 'drop' }, 'down')),
  byNet('hold.response', (net) => net.set({ name: 'hold' }, 'down')),
  byNet('delay', (net) => net.set({ name: 'delay', ms: 60 })),
  byNet('throttle', (net) => net.set({ name: 'throttle', bytesPerSecond: 8_000 })),
  byNet('refuse', (net) => {
    net.refuse()
    net.cut()
  }),
  {
    id: 'replay',
    happens: ({ victim }) =>
      Promise.all(victim.net.lines.slice(0, 1).map((line) => line.replay())).then(done),
  },
  { id: 'reload', happens: ({ town, victim }) => reload(town, victim) },
  {
    id: 'freeze',
    happens: ({ town }) => town.house.tell('SIGSTOP'),
    ends: ({ town }) => town.house.tell('SIGCONT'),
  },
  {
    id: 'terminate',
    async happens({ town }) {
      await town.terminate()
      await town.start()
    },
  },
]

const done = (): void => undefined
const amount = (chance: () => number): number => Math.floor(chance() * 2_000)

/** The same browser opens the page anew; what it had not confirmed lies on its disk. */
async function reload(town: FaultTown, tab: VisitorTab | AgentTab): Promise<void> {
  town.leave(tab)
  if ('store' in tab) await town.visitorTab(tab.device)
  else await town.agentTab(tab.device)
}
