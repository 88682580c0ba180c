import { existsSync } from 'node:fs'
import { isMainThread } from 'node:worker_threads'

/** Loaded into a server: its threads die once there is a file `die` in its data directory. */
if (!isMainThread) setInterval(() => existsSync(`${process.env.DATA_DIR}/die`) && process.exit(1), 10)
