import type { ConversationId } from '../../shared/ids.ts'
import { failure, type Result } from '../../shared/result.ts'
import type { Receipts } from '../../shared/timeline.ts'
import { type Append, type Appended, HistoryUnavailable, type PageViewRecord } from './history.ts'
import type { Batch, Outcome, Receive } from './records/batch.ts'

/** Bounds how long one transaction takes, and with it the wait of those that come next. */
const most = 512
const retryAfterMs = 1_000

interface Waiting<Ask, Answer> {
  ask: Ask
  resolve(answer: Answer): void
  reject(error: unknown): void
}

/**
 * Frequent writes that arrive while a commit is under way share the next one: a flush costs the
 * same for one as for hundreds. Promises are settled only when the commit is durable.
 */
export class GroupCommit {
  private readonly appends: Waiting<Append, Result<Appended>>[] = []
  private readonly receives: Waiting<Receive, Receipts | null>[] = []
  private readonly views: Waiting<PageViewRecord[], void>[] = []
  private working: Promise<void> | null = null

  constructor(private readonly commit: (batch: Batch) => Promise<Outcome>) {}

  append(append: Append): Promise<Result<Appended>> {
    return this.wait(this.appends, append)
  }

  receive(id: ConversationId, side: Receive['side'], receipt: Receive['receipt']): Promise<Receipts | null> {
    return this.wait(this.receives, { id, side, receipt })
  }

  record(views: PageViewRecord[]): Promise<void> {
    return this.wait(this.views, views)
  }

  /** Resolves when nothing is waiting any more. */
  async drain(): Promise<void> {
    while (this.working) await this.working
  }

  private wait<Ask, Answer>(queue: Waiting<Ask, Answer>[], ask: Ask): Promise<Answer> {
    return new Promise((resolve, reject) => {
      queue.push({ ask, resolve, reject })
      this.working ??= this.work()
    })
  }

  private async work(): Promise<void> {
    do {
      // What the same turn of the event loop still asks for goes along.
      await new Promise(setImmediate)
      await this.commitNext()
    } while (this.appends.length + this.receives.length + this.views.length > 0)
    this.working = null
  }

  private async commitNext(): Promise<void> {
    const group: Group = {
      appends: this.appends.splice(0, most),
      receives: this.receives.splice(0, most),
      views: this.views.splice(0, most),
    }
    try {
      settle(group, await this.commit(batchOf(group)))
    } catch (error) {
      if (error instanceof HistoryUnavailable || sizeOf(group) === 1) refuse(group, error)
      else await this.commitEach(group)
    }
  }

  /** One of the group cannot be stored: alone it fails alone. */
  private async commitEach(group: Group): Promise<void> {
    for (const single of singles(group)) {
      try {
        settle(single, await this.commit(batchOf(single)))
      } catch (error) {
        refuse(single, error)
      }
    }
  }
}

interface Group {
  appends: Waiting<Append, Result<Appended>>[]
  receives: Waiting<Receive, Receipts | null>[]
  views: Waiting<PageViewRecord[], void>[]
}

const sizeOf = (group: Group): number => group.appends.length + group.receives.length + group.views.length

const batchOf = (group: Group): Batch => ({
  appends: group.appends.map(({ ask }) => ask),
  receives: group.receives.map(({ ask }) => ask),
  views: group.views.flatMap(({ ask }) => ask),
})

const nobody: Group = { appends: [], receives: [], views: [] }

const singles = (group: Group): Group[] => [
  ...group.appends.map((one) => ({ ...nobody, appends: [one] })),
  ...group.receives.map((one) => ({ ...nobody, receives: [one] })),
  ...group.views.map((one) => ({ ...nobody, views: [one] })),
]

function settle(group: Group, { appended, received }: Outcome): void {
  for (const [index, { resolve, reject }] of group.appends.entries()) {
    const answer = appended[index]
    if (answer) resolve(answer)
    else reject(new Error('An append was left unanswered.'))
  }
  for (const [index, { resolve }] of group.receives.entries()) resolve(received[index] ?? null)
  for (const { resolve } of group.views) resolve()
}

function refuse(group: Group, error: unknown): void {
  const unavailable = error instanceof HistoryUnavailable
  for (const { resolve, reject } of group.appends) {
    if (unavailable) resolve(failure('unavailable', 'The store cannot write now.', { retryAfterMs }))
    else reject(error)
  }
  for (const { reject } of [...group.receives, ...group.views]) reject(error)
}
