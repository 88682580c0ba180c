import { isWithin } from '../../../shared/within.ts'
import type { History } from '../../history/history.ts'
import type { Clock, Log } from '../ports.ts'

interface QueueNeeds {
  history: { conversations: Pick<History['conversations'], 'count'> }
  clock: Clock
  log: Log
}

type Counted = number | undefined

const freshFor = 5_000
/** A store that is away so long has left nothing to go by. */
const knownFor = 5 * 60_000

/** How many wait to be answered, as rules ask for it: known a few seconds late, so that nobody waits for the count. */
export class QueueLength {
  private known: Counted
  private countedAt = Number.NEGATIVE_INFINITY
  private askedAt = Number.NEGATIVE_INFINITY
  private readonly listeners = new Set<(before: Counted, now: Counted) => void>()

  constructor(private readonly needs: QueueNeeds) {}

  /** Undefined until it was counted for the first time, and again once that is long ago. */
  length(): Counted {
    const now = this.needs.clock.now()
    if (!isWithin(knownFor, this.countedAt, now)) this.known = undefined
    if (!isWithin(freshFor, this.askedAt, now)) {
      this.askedAt = now
      this.count().catch((error: unknown) => this.needs.log.warn('queue:uncounted', { error: String(error) }))
    }
    return this.known
  }

  /** Called when it was counted and is another than before. */
  onMoved(listener: (before: Counted, now: Counted) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  private async count(): Promise<void> {
    const before = this.known
    this.known = (await this.needs.history.conversations.count()).waiting
    this.countedAt = this.needs.clock.now()
    if (this.known !== before) for (const listener of this.listeners) listener(before, this.known)
  }
}
