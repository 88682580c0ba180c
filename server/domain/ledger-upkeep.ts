import type { ReportHistory } from '../history/history.ts'
import type { Clock, Log } from './ports.ts'

const pause = 10
/** Packing and messages may share one processor: for every ms of it, messages have so many for themselves while they come. */
const restWhileBusy = 50
const every = 10_000

interface LedgerNeeds {
  reports: Pick<ReportHistory, 'pack'>
  /** Whether the server has had much to do since this was last asked. */
  isBusy(): boolean
  clock: Clock
  log: Log
  /** What is logged where a packing failed. */
  unpacked?: string
}

/** Keeps what reports read close to what is said. The returned function stops it, once what is under way is done. */
export function keepLedger(needs: LedgerNeeds): () => Promise<void> {
  const { reports, isBusy, clock, log, unpacked = 'ledger:unpacked' } = needs
  let cancel: () => void = () => undefined
  let stopped = false
  let working: Promise<void> = Promise.resolve()
  const later = (ms: number, run: () => void): void => {
    if (!stopped) cancel = clock.after(ms, run)
  }
  const round = (): void => work(0)
  const work = (from: number): void => {
    const began = clock.now()
    const pauseNow = (): number => Math.max(pause, (clock.now() - began) * (isBusy() ? restWhileBusy : 1))
    working = reports.pack(from).then(
      (next) => (next === null ? later(every, round) : later(pauseNow(), () => work(next))),
      (error: unknown) => {
        log.warn(unpacked, { error: String(error) })
        later(every, round)
      },
    )
  }
  later(every, round)
  return async () => {
    stopped = true
    cancel()
    await working
  }
}
