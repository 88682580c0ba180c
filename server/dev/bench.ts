import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { measureBackTest } from './bench/back-test.ts'
import { measureBackTestBeside } from './bench/back-test-beside.ts'
import { buildSubjects } from './bench/build-subjects.ts'
import { measureBytes } from './bench/bytes.ts'
import { measureHandshakes, measureMemory } from './bench/connections.ts'
import { measureConsoleTraffic } from './bench/console-traffic.ts'
import { type Figure, table } from './bench/figures.ts'
import { measureHistory, measureMillion } from './bench/history.ts'
import { measurePage } from './bench/page.ts'
import { measurePageViews } from './bench/page-views.ts'
import { measureRelay } from './bench/relay.ts'
import { measureReports } from './bench/reports.ts'
import { measureRules } from './bench/rules.ts'
import { leaveFirstCore } from './bench/subject.ts'

/** `--history DIR` measures reports on a flooded DATA_DIR, which is otherwise made anew and takes minutes. */
const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    only: { type: 'string' },
    history: { type: 'string' },
  },
})
/** Each measurement and the figures it takes. */
const measurements: { takes: string[]; measure: () => Promise<Figure[]> }[] = [
  {
    takes: ['widget.loader.brotli', 'widget.live.brotli', 'widget.chat.brotli', 'widget.total.brotli'],
    measure: measureBytes,
  },
  { takes: ['relay.throughput', 'relay.cpu', 'relay.p50', 'relay.p99'], measure: measureRelay },
  { takes: ['visitor.memory'], measure: measureMemory },
  { takes: ['handshake.rate'], measure: measureHandshakes },
  { takes: ['pageview.rate'], measure: measurePageViews },
  {
    takes: ['page.script', 'page.blocking', 'page.heap'].flatMap((id) => [id, id.replace('.', '.quiet.')]),
    measure: measurePage,
  },
  { takes: ['rules.evaluate'], measure: measureRules },
  { takes: ['rules.backtest'], measure: measureBackTest },
  { takes: ['rules.backtestLoopDelay'], measure: measureBackTestBeside },
  { takes: ['console.traffic', 'console.frames', 'console.cpu'], measure: measureConsoleTraffic },
  { takes: ['history.inbox'], measure: measureHistory },
  { takes: ['reports.p95', 'reports.loopDelay'], measure: () => measureReports(values.history) },
  { takes: ['start.million', 'acknowledge.million'], measure: measureMillion },
]

const only = values.only?.split(',')
const known = new Set(measurements.flatMap(({ takes }) => takes))
const unknown = only?.filter((id) => !known.has(id)) ?? []
if (unknown.length > 0) {
  process.stderr.write(`There is no figure ${unknown.join(', ')}. There are: ${[...known].join(', ')}.\n`)
  process.exit(2)
}

leaveFirstCore()
await buildSubjects()
const figures: Figure[] = []
for (const { takes, measure } of measurements) {
  if (only && !takes.some((id) => only.includes(id))) continue
  process.stderr.write(`measuring ${takes.join(', ')} …\n`)
  const taken = await measure()
  figures.push(...(only ? taken.filter(({ id }) => only.includes(id)) : taken))
}

const machine = {
  node: process.version,
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  platform: process.platform,
}
process.stdout.write(
  values.json ? `${JSON.stringify({ machine, figures }, null, 2)}\n` : `${table(figures)}\n`,
)
