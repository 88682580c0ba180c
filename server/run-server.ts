import type { Served, Surroundings } from './serve.ts'
import { CannotStart, serve } from './serve.ts'

/** Serves until told to stop, or until something happens that nobody expected. */
export async function runServer(around: Surroundings): Promise<void> {
  outliveReaders()
  const served = await startOrExit(around)
  let ending = false
  const end = (code: number): void => {
    if (ending) return
    ending = true
    finish(served, code)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      served.log.info('server:stopping', { signal })
      end(0)
    })
  for (const surprise of ['uncaughtException', 'unhandledRejection'] as const)
    process.on(surprise, (fault: unknown) => {
      served.log.error('server:surprised', { surprise, error: fault })
      end(1)
    })
  served.announce()
}

/** Whoever collected our lines may go away before us: no reason for visitors to lose their chat. */
function outliveReaders(): void {
  for (const lines of [process.stdout, process.stderr]) lines.on('error', () => undefined)
}

async function startOrExit(around: Surroundings): Promise<Served> {
  try {
    return await serve(around)
  } catch (fault) {
    process.stderr.write(`Ahlan cannot start. ${explain(fault)}\n`)
    process.exit(1)
  }
}

/** What an administrator can mend is said in a line; anything else shows where it happened. */
export function explain(fault: unknown): string {
  if (!(fault instanceof Error)) return String(fault)
  if (fault instanceof CannotStart) return fault.message
  const code = 'code' in fault ? fault.code : null
  if (code === 'EADDRINUSE') return 'Something else listens on this port: set PORT.'
  if (code === 'EACCES') return `Permission denied: ${fault.message}`
  return fault.message
}

/** A stop takes at most ten seconds, whatever hangs. */
const patience = 9_000

function finish({ stop, log }: Served, code: number): void {
  // Unlike the clock's it keeps the process alive: nothing else may be left that does, and a stop would end half-way.
  setTimeout(() => {
    log.error('stop:timedOut')
    process.exit(1)
  }, patience)
  stop().then(
    () => {
      log.info('server:stopped')
      process.exit(code)
    },
    (fault: unknown) => {
      log.error('stop:failed', { error: fault })
      process.exit(1)
    },
  )
}
