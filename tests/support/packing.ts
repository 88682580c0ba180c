import type { ReportHistory } from '../../server/history/history.ts'
import { type LedgerRecords, packNext } from '../../server/history/ledger/keep.ts'

/** Packs whatever was not packed yet. */
export async function packAll({ pack }: Pick<ReportHistory, 'pack'>): Promise<void> {
  for (let from: number | null = 0; from !== null; ) from = await pack(from)
}

/** The same, of a store that nobody serves. */
export const packLedger = (ledger: LedgerRecords): Promise<void> =>
  packAll({ pack: (from) => packNext(ledger, from) })
