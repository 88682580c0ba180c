import type { ReportHistory } from '../history/history.ts'
import { keepLedger } from './ledger-upkeep.ts'
import type { Clock, Log } from './ports.ts'

/** After an hour, what its pages have yet to tell of it. */
const settled = 10 * 60_000

interface JourneyNeeds {
  reports: Pick<ReportHistory, 'packJourneys'>
  isBusy(): boolean
  clock: Clock
  log: Log
}

/** Packs the visits of hours that are over, in the ledger's way: an hour at a time, with the same rests. */
export const keepJourneys = ({ reports, ...needs }: JourneyNeeds): (() => Promise<void>) =>
  keepLedger({
    ...needs,
    unpacked: 'journeys:unpacked',
    reports: {
      pack: async (done) =>
        (await reports.packJourneys(needs.clock.now() - settled)) === 0 ? null : done + 1,
    },
  })
