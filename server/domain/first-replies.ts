import type { SiteId } from '../../shared/ids.ts'
import { day, limits } from '../../shared/limits.ts'
import type { FirstReply } from '../../shared/promise/promise.ts'
import type { ReportHistory } from '../history/history.ts'
import type { Clock, Log } from './ports.ts'

interface FirstRepliesNeeds {
  reports: Pick<ReportHistory, 'firstReplies'>
  clock: Clock
  log: Log
}

/** What is older counts as it stood when all was last read. */
const settlesAfter = day
const readEvery = 5 * 60_000
const allEvery = 60 * 60_000
const kept = limits.promiseDays * day

type Known = FirstReply & { siteId: SiteId }

/** How long visitors of the last days waited for a first reply, read in the background and a few minutes late. */
export class FirstReplies {
  private known: Known[] = []
  private allReadAt = Number.NEGATIVE_INFINITY
  private cancel: () => void = () => undefined
  private stopped = true
  /** Another number each time something was read. */
  version = 0

  constructor(private readonly needs: FirstRepliesNeeds) {}

  ofSite(siteId: SiteId): FirstReply[] {
    return this.known.filter((one) => one.siteId === siteId)
  }

  start(onRead: () => void): void {
    this.stopped = false
    const read = (): void => {
      this.read().then(
        () => !this.stopped && onRead(),
        (error: unknown) => this.needs.log.warn('firstReplies:unread', { error: String(error) }),
      )
      this.cancel = this.needs.clock.after(readEvery, read)
    }
    read()
  }

  stop(): void {
    this.stopped = true
    this.cancel()
  }

  private async read(): Promise<void> {
    const now = this.needs.clock.now()
    const all = this.known.length === 0 || now - this.allReadAt >= allEvery
    const from = now - (all ? kept : settlesAfter)
    const replies = await this.needs.reports.firstReplies({ from, to: now + 1, now })
    const settled = this.known.filter(({ openedAt }) => openedAt < from && openedAt >= now - kept)
    this.known = [...settled, ...replies]
    if (all) this.allReadAt = now
    this.version++
  }
}
