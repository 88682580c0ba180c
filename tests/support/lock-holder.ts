import { writeSync } from 'node:fs'
import { lockDirectory } from '../../server/history/directory-lock.ts'

/** A process that holds the lock of a directory until it is killed, and has nothing else left of it. */
lockDirectory(process.argv[2] ?? '')
setInterval(() => undefined, 1_000_000)
// What nobody holds is found while nothing runs, and goes in the turns after.
for (let turn = 0; turn < 3; turn++) await new Promise((done) => setImmediate(() => done(globalThis.gc?.())))
writeSync(1, 'locked\n')
