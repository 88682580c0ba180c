import { fileURLToPath } from 'node:url'
import { runServer } from '../../server/run-server.ts'
import { CrashPoints, readCrash } from './crash-points.ts'

/*
 * The server as `server/main.ts` starts it, for a process that tests break: it can be told where to die
 * (`AHLAN_CRASH_AT`, or later by a message) and what time it is, and it does not outlive who started it.
 */
const points = new CrashPoints()
points.watchSockets()
points.set(readCrash(process.env.AHLAN_CRASH_AT))

let skew = 0
const { now } = Date
Date.now = () => now() + skew
process.on('message', (told: { skew?: number; crashAt?: string }) => {
  if (told.skew !== undefined) skew = told.skew
  if (told.crashAt !== undefined) points.set(readCrash(told.crashAt))
  process.send?.({ heard: told })
})
process.on('disconnect', () => process.exit(1))

await runServer({
  env: process.env,
  publicDir: fileURLToPath(new URL('../public', import.meta.url)),
  say: (line) => process.stdout.write(`${line}\n`),
  writeLog: (line) => process.stderr.write(line),
  standBefore: (history) => points.around(history),
})
