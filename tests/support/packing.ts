import type { ReportHistory } from '../../server/history/history.ts'

/** Packs whatever was not packed yet. */
export async function packAll({ pack }: Pick<ReportHistory, 'pack'>): Promise<void> {
  for (let from: number | null = 0; from !== null; ) from = await pack(from)
}
