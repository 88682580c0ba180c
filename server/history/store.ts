import type { Batch, Outcome } from './records/batch.ts'
import type { Records } from './records/records.ts'

/** An opened store, wherever its parts run. */
export interface Store {
  records: Records
  commit(batch: Batch): Promise<Outcome>
  epoch: string
  /** Leaves no byte on the disk of what was deleted before, where that is in the engine's hands. */
  scrub(): Promise<void>
  /** Keeps nothing in the memory of reports of who was erased. */
  forget(): Promise<void>
  close(): Promise<void>
}
