import { parseArgs } from 'node:util'
import { buildBreakableServer } from '../../support/breakable-build.ts'
import { startPostgres } from '../../support/postgres.ts'
import { runFaults } from './long-run.ts'
import type { Tally } from './tally.ts'

/*
 * `npm run faults -- --runs 1000`: each run has people write while something breaks, and then kills the
 * server. Prints a table, or with `--json` the same for programs. The seed repeats what chance has chosen.
 */
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '30' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    engine: { type: 'string', default: 'sqlite' },
    report: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
})
const [runs, seed] = [Number(values.runs), Number(values.seed)]
if (!(runs > 0) || !Number.isInteger(seed) || !['sqlite', 'postgres'].includes(values.engine)) {
  console.error('Use --runs N, --seed N, --engine sqlite or postgres, --report, --json.')
  process.exit(1)
}

console.error(`${runs} runs on ${values.engine}, seed ${seed}`)
await buildBreakableServer()
const database = values.engine === 'postgres' ? await startPostgres() : null
const began = performance.now()
const tally = await runFaults({
  ...{ runs, seed, progress },
  ...(database ? { freshDatabase: () => database.freshUrl() } : {}),
})
await database?.stop()

console.log(values.json ? JSON.stringify(tally.report()) : tally.table())
for (const other of tally.others) console.error(other)
process.exit(tally.isFaultless ? 0 : 1)

function progress(run: number, { isFaultless, others }: Tally): void {
  const seconds = Math.round((performance.now() - began) / 1_000)
  if (!isFaultless) console.error(`run ${run}: not faultless ${others.slice(-3).join('; ')}`)
  if (run % 10 === 0 || run === runs) console.error(`${run} of ${runs} runs, ${seconds} s`)
}
