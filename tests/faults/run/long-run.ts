import { type CrashPoint, crashPoints } from '../../support/crash-points.ts'
import { seeded } from '../../support/random.ts'
import type { AgentTab } from '../people/agent-device.ts'
import { FaultTown, type TownOptions } from '../people/fault-town.ts'
import { faultless, type Verdict } from '../people/ledger.ts'
import type { VisitorTab } from '../people/visitor-device.ts'
import { type Mishap, mishaps, type Scene } from './mishaps.ts'
import { since, Tally } from './tally.ts'

export interface LongRun {
  runs: number
  seed: number
  /** A new database for each town; left out: the embedded store. */
  freshDatabase?: () => Promise<string>
  /** Told after each run. */
  progress(run: number, tally: Tally): void
}

const visitors = 10
/** Conversations grow with each run; new people keep the check of each as quick as that of the first. */
const runsPerTown = 25
const messagesPerTab = 6

type Kill = 'random' | CrashPoint
const kills: readonly Kill[] = ['random', ...crashPoints]

/** In each run people write while something happens to one of them, and then the server is killed. */
export async function runFaults({ runs, seed, freshDatabase, progress }: LongRun): Promise<Tally> {
  const tally = new Tally()
  const chance = seeded(seed)
  for (let run = 0; run < runs; ) {
    const town = await openPopulated(freshDatabase ? { databaseUrl: await freshDatabase() } : {})
    let known: Verdict = faultless
    for (let i = 0; i < runsPerTown && run < runs; i++, run++) {
      const [kill, mishap] = [kills[run % kills.length], mishaps[run % mishaps.length]]
      if (!kill || !mishap) throw new Error('There is nothing to try.')
      const before = town.ledger.count
      const { verdict, struck } = await oneRun({ town, chance, kill, mishap })
      const messages = town.ledger.count - before
      tally.add([`kill.${struck.replace(':', '.')}`, mishap.id], { messages, found: since(known, verdict) })
      known = verdict
      progress(run + 1, tally)
    }
    await town.close()
    tally.addKills(town.kills)
    tally.others.push(...town.complaints)
  }
  return tally
}

async function openPopulated(options: TownOptions): Promise<FaultTown> {
  const town = await FaultTown.open(options)
  for (const name of [undefined, 'omid']) await town.agentTab(await town.agent(name))
  for (let i = 1; i <= visitors; i++) {
    const device = town.visitor(`guest ${i}`)
    for (let tab = 0; tab <= i % 2; tab++) await town.visitorTab(device)
  }
  await town.settle(patience)
  return town
}

/** A machine that has other things to do takes its time to start a server. */
const patience = 180_000

interface Run {
  town: FaultTown
  chance: () => number
  kill: Kill
  mishap: Mishap
}

/** Answers also where the server really died: it may never have come to the point it was to die at. */
async function oneRun({ town, chance, kill, mishap }: Run): Promise<{ verdict: Verdict; struck: Kill }> {
  const scene: Scene = { town, chance, victim: pick<VisitorTab | AgentTab>(everyone(town), chance) }
  await mishap.happens(scene)
  await writeAll(town, messagesPerTab / 2)
  mishap.ends?.(scene)
  if (kill !== 'random') await town.crashAt(`${kill}@${1 + Math.floor(chance() * 12)}`)
  const died = town.died()
  await writeAll(town, messagesPerTab / 2)
  replyAll(town)
  const byItself = await dieInTheMiddle(town, kill === 'random' ? chance() : 1, died)
  await town.start()
  await town.settle(patience)
  return { verdict: await town.judge(), struck: byItself ? kill : 'random' }
}

const everyone = (town: FaultTown) => [...town.visitors, ...town.agents]

function pick<T>(from: readonly T[], chance: () => number): T {
  const one = from[Math.floor(chance() * from.length)]
  if (one === undefined) throw new Error('There is nobody.')
  return one
}

async function writeAll(town: FaultTown, each: number): Promise<void> {
  for (let i = 0; i < each; i++) await Promise.all(town.visitors.map((tab) => tab.write()))
}

function replyAll(town: FaultTown): void {
  for (const agent of town.agents)
    for (const tab of town.visitors.filter((one, i, all) => all[i - 1]?.device !== one.device))
      agent.replyTo(tab)
}

/** Kills once so much of what was written is confirmed, unless the server has died by itself before. */
async function dieInTheMiddle(town: FaultTown, share: number, died: Promise<unknown>): Promise<boolean> {
  const [confirmed, waiting] = [town.confirmed(), everyone(town).flatMap((tab) => tab.pending()).length]
  let over = false
  void died.finally(() => {
    over = true
  })
  const enough = () => town.confirmed() - confirmed >= waiting * share * 0.9
  await town.wakeUntil(() => over || enough(), patience)
  const byItself = over
  if (!byItself) town.house.kill('SIGKILL')
  await died
  return byItself
}
