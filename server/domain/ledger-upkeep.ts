import type { ReportHistory } from '../history/history.ts'
import type { Clock, Log } from './ports.ts'

/** Conversations packed at a time: what is asked of the store meanwhile waits no longer than that takes. */
const some = 32
const pause = 10
const every = 10_000

/** Keeps what reports read close to what is said. The returned function stops it, once what is under way is done. */
export function keepLedger({
  reports,
  clock,
  log,
}: {
  reports: Pick<ReportHistory, 'pack'>
  clock: Clock
  log: Log
}): () => Promise<void> {
  let cancel: () => void = () => undefined
  let stopped = false
  let working: Promise<void> = Promise.resolve()
  const later = (ms: number): void => {
    if (!stopped) cancel = clock.after(ms, work)
  }
  const work = (): void => {
    working = reports.pack(some).then(
      (packed) => later(packed < some ? every : pause),
      (error: unknown) => {
        log.warn('ledger:unpacked', { error: String(error) })
        later(every)
      },
    )
  }
  later(every)
  return async () => {
    stopped = true
    cancel()
    await working
  }
}
