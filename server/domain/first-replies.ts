import type { SiteId } from '../../shared/ids.ts'
import { day, limits } from '../../shared/limits.ts'
import type { Turn } from '../../shared/metrics/turns.ts'
import type { FirstReply } from '../../shared/promise/promise.ts'
import type { ReportHistory } from '../history/history.ts'
import type { Clock, Log } from './ports.ts'

interface FirstRepliesNeeds {
  reports: Pick<ReportHistory, 'turns'>
  clock: Clock
  log: Log
}

/** What is older counts as it stands: read once, it is not looked at again. */
const settlesAfter = day
const readEvery = 5 * 60_000
const kept = limits.promiseDays * day

type Known = FirstReply & { siteId: SiteId }

/** How long visitors of the last days waited for a first reply, read in the background and a few minutes late. */
export class FirstReplies {
  private known: Known[] = []
  private readUntil = Number.NEGATIVE_INFINITY
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
    const from = Math.max(now - kept, this.readUntil - settlesAfter)
    const turns = await this.needs.reports.turns({ from, to: now + 1 })
    const settled = this.known.filter(({ openedAt }) => openedAt < from && openedAt >= now - kept)
    this.known = [...settled, ...turns.flatMap(firstReply)]
    this.readUntil = now
    this.version++
  }
}

/** Who left or was closed without a reply says nothing of how long one takes. */
function firstReply({ siteId, first, openedAt, end }: Turn): Known[] {
  if (!first || end.by === 'close') return []
  return [{ siteId, openedAt, repliedAt: end.by === 'reply' ? end.at : null }]
}
