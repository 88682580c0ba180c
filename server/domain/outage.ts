import { failure, type Result } from '../../shared/result.ts'
import { HistoryUnavailable } from '../history/history.ts'

const retryAfterMs = 1_000

/** What to answer when the store could not; null for any other fault. */
export const outage = (fault: unknown): Result<never> | null =>
  fault instanceof HistoryUnavailable
    ? failure('unavailable', 'The store cannot answer now. Try again.', { retryAfterMs })
    : null
