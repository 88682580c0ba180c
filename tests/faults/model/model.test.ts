import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startPostgres, type TestPostgres } from '../../support/postgres.ts'
import { FaultTown } from '../people/fault-town.ts'
import { faultless } from '../people/ledger.ts'
import { runModel } from './model.ts'

/** Sockets that linger are closed by their own time-outs; more than this would be piling up. */
const fewConnections = 6

/** Seeds stay: those that once failed under the name of what they found. */
const seeds = [
  { name: 'a first', seed: 1 },
  { name: 'another', seed: 20_261_122 },
]

describe.each(['the embedded store', 'PostgreSQL'])('whatever happens, on %s', (engine) => {
  let postgres: TestPostgres | undefined
  let town: FaultTown
  beforeAll(async () => {
    postgres = engine === 'PostgreSQL' ? await startPostgres() : undefined
    town = await FaultTown.open(postgres ? { databaseUrl: await postgres.freshUrl() } : {})
    await town.agentTab(await town.agent())
  })
  afterAll(async () => {
    await town?.close()
    await postgres?.stop()
    expect(town.complaints).toEqual([])
  })

  it.each(seeds)('I1 I2 I3 I4 I5 I6 I7 I8 I9 I10 hold at rest: $name, seed $seed', async ({ seed }) => {
    await runModel(town, {
      ...{ seed, stories: 2 },
      check(verdict, { town: { visitors, agents } }) {
        expect(verdict).toEqual(faultless)
        for (const { net } of [...visitors, ...agents])
          expect(net.lines.length).toBeLessThanOrEqual(fewConnections)
      },
    })
  })
})
