import type { VisitorId } from '../../shared/ids.ts'
import type { PageViewRecord, VisitHistory } from '../history/history.ts'
import type { Clock, Log } from './ports.ts'

const gatherFor = 100
const batchSize = 100
/** Views that wait while the store is away; beyond it the oldest are given up. */
const mostWaiting = 20_000

export interface VisitRecorder {
  record(view: PageViewRecord): void
  /** What waits of this visitor is never stored. */
  forget(visitorId: VisitorId): void
  /** Resolves when all that was recorded so far is stored or has failed. */
  flush(): Promise<void>
}

/** Stores page views in batches: one transaction for many pages. */
export function createVisitRecorder(needs: { visits: VisitHistory; clock: Clock; log: Log }): VisitRecorder {
  let waiting: PageViewRecord[] = []
  let cancel: (() => void) | null = null
  let writing: Promise<void> = Promise.resolve()

  const schedule = (): void => {
    cancel ??= needs.clock.after(gatherFor, () => {
      cancel = null
      void write()
    })
  }
  const store = async (): Promise<void> => {
    while (waiting.length) {
      const batch = waiting.splice(0, batchSize)
      try {
        await needs.visits.record(batch)
      } catch (error) {
        needs.log.warn('pageViews:delayed', { views: batch.length, error: String(error) })
        waiting = [...batch, ...waiting].slice(-mostWaiting)
        schedule()
        return
      }
    }
  }
  /** One write at a time, so that a failed batch goes back to its place. */
  const write = (): Promise<void> => {
    writing = writing.then(store)
    return writing
  }

  return {
    record(view) {
      waiting.push(view)
      if (waiting.length >= batchSize) void write()
      else schedule()
    },
    forget(visitorId) {
      waiting = waiting.filter((view) => view.visitorId !== visitorId)
    },
    flush() {
      cancel?.()
      cancel = null
      return write()
    },
  }
}
