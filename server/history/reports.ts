import type { Clock } from '../domain/ports.ts'
import type { Period, ReportHistory } from './history.ts'
import type { Piece, ReportRecords } from './records/reports.ts'

/** Conversations folded at a time; their answer is read in a few milliseconds. */
const size = 200

/** Gathers a report piece by piece: in one, a long period would hold up the thread that asks. */
export const reportHistory = (
  records: ReportRecords,
  clock: Pick<Clock, 'now'>,
): Pick<ReportHistory, 'turns' | 'episodes'> => ({
  turns: (period) => gather(records, clock, period, (piece) => records.turns(piece)),
  episodes: (period) => gather(records, clock, period, (piece) => records.episodes(piece)),
})

async function gather<Item>(
  records: ReportRecords,
  clock: Pick<Clock, 'now'>,
  period: Period,
  read: (piece: Piece) => Promise<Item[]>,
): Promise<Item[]> {
  const now = clock.now()
  const subjects = await records.subjects(period)
  const items: Item[] = []
  for (let start = 0; start < subjects.length; start += size)
    items.push(...(await read({ numbers: subjects.slice(start, start + size), period, now })))
  return items
}
