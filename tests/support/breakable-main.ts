import { fileURLToPath } from 'node:url'
import { runServer } from '../../server/run-server.ts'
import { crashAround, crashOnTheWire, readCrash } from './crash-points.ts'

/*
 * The server as `server/main.ts` starts it, for a process that tests break: it can be told where to die
 * (`AHLAN_CRASH_AT`) and what time it is, and it does not outlive the test that started it.
 */
const crash = readCrash(process.env.AHLAN_CRASH_AT)
if (crash) crashOnTheWire(crash)

let skew = 0
const { now } = Date
Date.now = () => now() + skew
process.on('message', (message) => {
  if (typeof message === 'object' && message !== null && 'skew' in message) skew = Number(message.skew)
  process.send?.({ heard: message })
})
process.on('disconnect', () => process.exit(1))

await runServer({
  env: process.env,
  publicDir: fileURLToPath(new URL('../public', import.meta.url)),
  say: (line) => process.stdout.write(`${line}\n`),
  writeLog: (line) => process.stderr.write(line),
  ...(crash ? { standBefore: (history) => crashAround(history, crash) } : {}),
})
