import * as v from 'valibot'
import { type ConversationId, idBody } from './ids.ts'

/**
 * Of what follows from an entry: `conversation.seq.at.kind`. Whoever is told twice knows it by this.
 * The time is in it because a restored store gives the same number again, to another entry.
 */
export const JobId = v.pipe(
  v.string(),
  v.regex(new RegExp(`^c_${idBody}\\.\\d{1,15}\\.\\d{1,15}\\.[a-z]{1,20}:[a-z]{1,20}$`)),
  v.brand('JobId'),
)
export type JobId = v.InferOutput<typeof JobId>

/** `waiting` for its first try; `running`; `retrying` after a failure; `dead`: given up until somebody acts. */
export const JobState = v.picklist(['waiting', 'running', 'retrying', 'dead'], 'must be a state of a job')
export type JobState = v.InferOutput<typeof JobState>

/** A job as administrators see it. What is in it is not theirs to read. */
export interface JobRow {
  id: JobId
  kind: string
  conversationId: ConversationId
  state: JobState
  /** Those that have begun. */
  attempts: number
  /** When its entry was stored. */
  createdAt: number
  /** When it is tried next, or counts as broken off; null for a dead one. */
  dueAt: number | null
  lastError: string | null
}
export type JobCounts = Record<JobState, number>
