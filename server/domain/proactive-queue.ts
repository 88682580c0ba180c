import type { History } from '../history/history.ts'
import type { Clock, Log } from './ports.ts'

interface QueueNeeds {
  history: { conversations: Pick<History['conversations'], 'count'> }
  clock: Clock
  log: Log
}

const freshFor = 5_000

/** How many wait to be answered, as rules ask for it: known a few seconds late, so that nobody waits for the count. */
export class QueueLength {
  private known: number | undefined
  private askedAt = Number.NEGATIVE_INFINITY

  constructor(private readonly needs: QueueNeeds) {}

  /** Undefined until it was counted for the first time. */
  length(): number | undefined {
    const now = this.needs.clock.now()
    if (now - this.askedAt >= freshFor) {
      this.askedAt = now
      this.count().catch((error: unknown) => this.needs.log.warn('queue:uncounted', { error: String(error) }))
    }
    return this.known
  }

  private async count(): Promise<void> {
    this.known = (await this.needs.history.conversations.count()).waiting
  }
}
