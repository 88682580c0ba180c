import { may } from '../../shared/agent.ts'
import { calendarOf } from '../../shared/calendar/calendar-of.ts'
import type { OfficeHours } from '../../shared/calendar/hours.ts'
import type { SiteId } from '../../shared/ids.ts'
import { type Pace, paceOf, type Told, toldNow } from '../../shared/promise/promise.ts'
import type { Workspace } from '../workspace/workspace.ts'
import type { Agents } from './domain.ts'
import type { FirstReplies } from './first-replies.ts'
import type { Clock, Log } from './ports.ts'
import type { QueueLength } from './proactive/proactive-queue.ts'

interface ReplyPromiseNeeds {
  workspace: Pick<Workspace, 'read'>
  agents: Pick<Agents, 'colleagues' | 'somebodyCanAnswer'>
  queue: Pick<QueueLength, 'length'>
  replies: FirstReplies
  clock: Clock
  log: Log
}

const freshFor = 60_000

interface Standing {
  hours: OfficeHours
  /** Of which reading of the replies. */
  version: number
  pace: Pace
  at: number
  told: Told
}

/** What each site tells its visitors of when they will be answered. Worked out at most once a minute, from memory. */
export class ReplyPromise {
  private readonly standings = new Map<SiteId, Standing>()
  private readonly lastTold = new Map<SiteId, Told>()
  private readonly listeners = new Set<() => void>()
  private cancel: () => void = () => undefined

  constructor(private readonly needs: ReplyPromiseNeeds) {}

  /** Who is there is known at once; all else as of the last minute. */
  told(siteId: SiteId): Told {
    const told = this.standsNow(siteId)
    this.lastTold.set(siteId, told)
    return told
  }

  /** The reply time this site's visitors were last told, ms; undefined where they were told none. Costs a look-up. */
  promisedMs(siteId: SiteId): number | undefined {
    const told = this.lastTold.get(siteId)
    return told?.is === 'within' ? told.ms : undefined
  }

  private standsNow(siteId: SiteId): Told {
    const { clock, agents } = this.needs
    const held = this.standings.get(siteId)
    const isFresh = held && clock.now() - held.at < freshFor && hoursOf(this.needs, siteId) === held.hours
    const { told } = isFresh ? held : this.workOut(siteId)
    if (told.is === 'closed') return clock.now() < told.opens ? told : this.workOut(siteId).told
    const somebody = agents.somebodyCanAnswer()
    if ((told.is === 'nobody') === !somebody) return told
    return somebody ? this.workOut(siteId).told : { is: 'nobody' }
  }

  /** Called when something else is to be told than a minute ago. */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  start(): void {
    const turn = (): void => {
      this.lookAgain()
      this.cancel = this.needs.clock.after(freshFor, turn)
    }
    this.cancel = this.needs.clock.after(freshFor, turn)
    this.needs.replies.start(() => this.lookAgain())
  }

  stop(): void {
    this.cancel()
    this.needs.replies.stop()
  }

  private lookAgain(): void {
    const sites = this.needs.workspace.read().sites.map(({ id }) => id)
    for (const id of this.standings.keys()) if (!sites.includes(id)) this.standings.delete(id)
    const moved = sites.filter((id) => {
      const before = this.standings.get(id)?.told
      return !isSame(before, this.workOut(id).told)
    })
    if (moved.length > 0) for (const listener of this.listeners) listener()
  }

  private workOut(siteId: SiteId): Standing {
    const { clock, replies, queue, agents } = this.needs
    const now = clock.now()
    const hours = hoursOf(this.needs, siteId)
    const held = this.standings.get(siteId)
    const known = held?.hours === hours && held.version === replies.version
    const pace = known ? held.pace : paceOf(replies.ofSite(siteId), hours, now)
    const online = agents
      .colleagues()
      .filter(({ role, status }) => status === 'online' && may(role, 'conversations:write')).length
    const told = toldNow(pace, { hours, now, online, waiting: queue.length() ?? 0 })
    const standing = { hours, version: replies.version, pace, at: now, told }
    this.standings.set(siteId, standing)
    return standing
  }
}

const hoursOf = ({ workspace }: ReplyPromiseNeeds, siteId: SiteId): OfficeHours =>
  calendarOf(workspace.read(), { siteId })

const isSame = (before: Told | undefined, now: Told): boolean =>
  before !== undefined && JSON.stringify(before) === JSON.stringify(now)
