import type { ConversationId } from '../../../shared/ids.ts'
import type { Result } from '../../../shared/result.ts'
import type { Receipts } from '../../../shared/timeline.ts'
import type { Append, Appended, PageViewRecord } from '../history.ts'

export interface Receive {
  id: ConversationId
  side: 'visitor' | 'agents'
  receipt: { delivered: number; seen: number }
}

/** The frequent writes, which share transactions. */
export interface Batch {
  appends: Append[]
  receives: Receive[]
  views: PageViewRecord[]
}

/** Answers in the order of the batch. */
export interface Outcome {
  appended: Result<Appended>[]
  received: (Receipts | null)[]
}
