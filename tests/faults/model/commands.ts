import fc from 'fast-check'
import { type CrashPoint, crashPoints } from '../../support/crash-points.ts'
import type { AgentTab } from '../people/agent-device.ts'
import type { FaultTown } from '../people/fault-town.ts'
import type { VisitorDevice, VisitorTab } from '../people/visitor-device.ts'

/** The real thing: a server, two visitors with some tabs, an agent. */
export interface Real {
  town: FaultTown
  devices: readonly VisitorDevice[]
}
/** What should be is no more than what people wrote, which the ledger of the town keeps. */
type Model = object
type Command = fc.AsyncCommand<Model, Real>

const mostTabs = 3

/** Anything that may happen, in any order. What makes no sense at a moment does nothing. */
class Happening implements Command {
  constructor(
    readonly words: string,
    readonly happen: (real: Real) => Promise<unknown> | unknown,
  ) {}
  check(): boolean {
    return true
  }
  async run(_: Model, real: Real): Promise<void> {
    await this.happen(real)
  }
  toString(): string {
    return this.words
  }
}

const one = <T>(from: readonly T[], n: number): T | undefined => from[n % Math.max(1, from.length)]
const someone = ({ town }: Real, n: number): VisitorTab | AgentTab | undefined =>
  one<VisitorTab | AgentTab>([...town.visitors, ...town.agents], n)

const happening = (
  name: string,
  happen: (real: Real, n: number) => Promise<unknown> | unknown,
): fc.Arbitrary<Command> =>
  fc.nat({ max: 11 }).map((n) => new Happening(`${name}(${n})`, (real) => happen(real, n)))

const writing = [
  happening('says', ({ town }, n) => one(town.visitors, n)?.write()),
  happening('says three things', async ({ town }, n) => {
    const tab = one(town.visitors, n)
    for (let i = 0; i < 3; i++) await tab?.write()
  }),
  happening('replies', ({ town }, n) => one(town.agents, n)?.replyTo(one(town.visitors, n))),
  happening('notes', ({ town }, n) => one(town.agents, n)?.replyTo(one(town.visitors, n), true)),
]

const network = [
  happening('cut', (real, n) => someone(real, n)?.net.cut()),
  happening('cut soon', (real, n) => someone(real, n)?.net.set({ name: 'cut', after: n * 60 }, 'down')),
  happening('swallow', (real, n) => someone(real, n)?.net.set({ name: 'drop' })),
  happening('hold back', (real, n) => someone(real, n)?.net.set({ name: 'hold' }, 'down')),
  happening('refuse', (real, n) => someone(real, n)?.net.refuse()),
  happening('say again', (real, n) =>
    Promise.all((someone(real, n)?.net.lines ?? []).map((line) => line.replay().catch(nobodyIsThere))),
  ),
  happening('heal', (real, n) => someone(real, n)?.net.heal()),
  happening('wake', (real, n) => someone(real, n)?.wake()),
]

/** What is said again to a server that is gone is not heard. */
const nobodyIsThere = (): null => null

const tabs = [
  happening('reload', async ({ town }, n) => {
    const tab = one(town.visitors, n)
    if (!tab) return
    town.leave(tab)
    await town.visitorTab(tab.device)
  }),
  happening('new tab', async ({ town, devices }, n) => {
    const device = one(devices, n)
    if (device && town.visitors.filter((tab) => tab.device === device).length < mostTabs)
      await town.visitorTab(device)
  }),
  happening('close tab', ({ town }, n) => {
    const tab = one(town.visitors, n)
    if (tab && town.visitors.filter((other) => other.device === tab.device).length > 1) town.leave(tab)
  }),
]

const server = [
  happening('kill', ({ town }) => town.kill()),
  happening('start', ({ town }) => (town.isUp ? null : town.start())),
  happening('stop and start', async ({ town }) => {
    if (town.isUp) await town.terminate()
    await town.start()
  }),
  happening('clock jumps', ({ town }, n) =>
    town.isUp ? town.house.instruct({ skew: (n - 5) * 3_600_000 }) : null,
  ),
  fc
    .tuple(fc.constantFrom<CrashPoint>(...crashPoints), fc.nat({ max: 4 }))
    .map(
      ([point, n]) =>
        new Happening(`die at ${point}, ${n + 1}`, ({ town }) =>
          town.isUp ? town.crashAt(`${point}@${n + 1}`) : null,
        ),
    ),
]

/** People write more often than things break. */
export const happenings = fc.commands([...writing, ...writing, ...writing, ...network, ...tabs, ...server], {
  maxCommands: 30,
  size: 'max',
})
