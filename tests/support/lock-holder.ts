import { writeSync } from 'node:fs'
import { lockDirectory } from '../../server/history/directory-lock.ts'

/** A process that holds the lock of a directory until it is killed. */
lockDirectory(process.argv[2] ?? '')
writeSync(1, 'locked\n')
setInterval(() => undefined, 1_000_000)
