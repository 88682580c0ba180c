import fc from 'fast-check'
import type { FaultTown } from '../people/fault-town.ts'
import type { Verdict } from '../people/ledger.ts'
import { happenings, type Real } from './commands.ts'

export interface ModelRun {
  seed: number
  /** How many stories of its kind are told. */
  stories: number
  /** Called when all is at rest, with what is wrong. */
  check(verdict: Verdict, real: Real): void
}

/** Tells stories of things that happen to people and their server; a failure names the seed that repeats it. */
export function runModel(town: FaultTown, { seed, stories, check }: ModelRun): Promise<void> {
  let told = 0
  const property = fc.asyncProperty(happenings, async (commands) => {
    told++
    const real = await newcomers(town, `${seed}.${told}`)
    await fc.asyncModelRun(() => ({ model: {}, real }), commands)
    await atRest(town)
    check(await town.judge(), real)
    for (const tab of [...town.visitors]) town.leave(tab)
  })
  // A shorter story of the same end would take hours to find, a seed takes none.
  return fc.assert(property, { seed, numRuns: stories, endOnFailure: true })
}

async function newcomers(town: FaultTown, name: string): Promise<Real> {
  const devices = ['mina', 'omar'].map((one) => town.visitor(`${one} ${name}`))
  for (const device of devices) await (await town.visitorTab(device)).write()
  await atRest(town)
  return { town, devices }
}

/** The server is there again and stays, every network is healed, and nobody waits for anything. */
async function atRest(town: FaultTown): Promise<void> {
  town.healAll()
  await town.wakeUntil(async () => {
    if (!town.isUp) await town.start()
    // It may die under our hands: then it was told to.
    return town.isAtRest().catch(() => false)
  })
  await town.house.instruct({ crashAt: '', skew: 0 })
}
